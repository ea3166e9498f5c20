// Tells the LMS that its frame, or its window, can be closed (Dynamic Registration 1.0 §3.6). Only the LMS's own origins are told.
(() => {
  const lms = window.opener || (window.parent !== window ? window.parent : null);
  const closing = document.querySelector("[data-closing]");
  const origins = document.querySelector("script[data-frame-origins]").dataset.frameOrigins.split(" ").filter(Boolean);
  if (!lms || origins.length === 0) return;
  closing.hidden = false;
  closing.querySelector("button").addEventListener("click", () => {
    for (const origin of origins) lms.postMessage({ subject: "org.imsglobal.lti.close" }, origin);
  });
})();
