// Small comforts, and what a frame without cookies cannot do without: forms that post themselves, and links that say who asks.
(() => {
  const secret = document.body.dataset.browser;
  if (secret) {
    const sign = (form) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "browser";
      field.value = secret;
      form.append(field);
      return form;
    };
    const ours = (path) => path.startsWith("/in/");
    document.querySelectorAll("form").forEach((form) => {
      const path = new URL(form.action, location.href).pathname;
      if (!ours(path)) return;
      if (form.method === "get") {
        // What was typed goes into the address, and the rest into the form.
        form.addEventListener("submit", (event) => {
          event.preventDefault();
          open(path + "?" + new URLSearchParams(new FormData(form)));
        });
      } else sign(form);
    });
    const open = (address) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = address;
      document.body.append(sign(form));
      form.submit();
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.target || link.origin !== location.origin || !ours(link.pathname)) return;
      event.preventDefault();
      open(link.pathname + link.search);
    });
  }
  document.querySelectorAll("form[data-post]").forEach((form) => form.submit());
})();

// Tells the LMS how tall the page is, so that its frame needs no second scroll bar (lti.frameResize).
(() => {
  const origins = document.currentScript ? document.currentScript.dataset.frameOrigins.split(" ").filter(Boolean) : [];
  if (window.parent === window || origins.length === 0) return;
  let last = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    // Only the LMS's own origins are told; a browser drops what is meant for another.
    for (const origin of origins) window.parent.postMessage({ subject: "lti.frameResize", height }, origin);
  };
  new ResizeObserver(tell).observe(document.documentElement);
})();
