// Asks the LMS's own page to keep a secret until the launch, or to give it back (LTI platform storage). Only where a frame keeps no cookie.
(() => {
  const page = document.querySelector("[data-binding]");
  const { binding, target, origin, key, value, next } = page.dataset;
  const failed = page.querySelector("[data-failed]");
  const waiting = page.querySelector("[data-waiting]");
  failed.hidden = true;
  const fail = (stage) => {
    page.querySelector("[data-stage]").textContent = stage;
    waiting.hidden = true;
    failed.hidden = false;
  };
  // In a window that the LMS opened, its page is the opener.
  const lms = window.parent !== window ? window.parent : window.opener;
  if (!lms) return fail("this page has no LMS around it.");
  const frame = (name) => {
    try {
      return name === "_parent" || !name ? lms : lms.frames[name] || lms;
    } catch {
      return lms;
    }
  };
  let number = 0;
  const ask = (message, to, at) =>
    new Promise((resolve, reject) => {
      const id = `cairn-${Date.now()}-${number++}`;
      const timer = setTimeout(() => finish(reject, "its page did not answer within three seconds."), 3000);
      const hear = ({ data, origin: from }) => {
        if (!data || typeof data !== "object" || data.message_id !== id || data.subject !== message.subject + ".response") return;
        if (at !== "*" && from !== at) return;
        if (data.error) finish(reject, "its page refused (" + String(data.error.code).slice(0, 60) + ").");
        else finish(resolve, data);
      };
      const finish = (end, with_) => {
        clearTimeout(timer);
        window.removeEventListener("message", hear);
        end(with_);
      };
      window.addEventListener("message", hear);
      to.postMessage({ ...message, message_id: id }, at);
    });
  const run = async () => {
    // What it can do is no secret, and only its answer says which frame keeps things.
    let named = target;
    try {
      const can = await ask({ subject: "lti.capabilities" }, lms, "*");
      const put = (can.supported_messages || []).find((one) => one.subject === "lti.put_data");
      if (put && put.frame) named = put.frame;
    } catch {
      // Older pages know put and get, and not this question.
    }
    const keeper = frame(named);
    if (binding === "put") {
      await ask({ subject: "lti.put_data", key, value }, keeper, origin);
      const back = await ask({ subject: "lti.get_data", key }, keeper, origin);
      if (back.value !== value) throw "its page lost it at once.";
      window.location.replace(next);
    } else {
      const back = await ask({ subject: "lti.get_data", key }, keeper, origin);
      const form = page.querySelector("[data-proof]");
      form.elements.proof.value = back.value || "";
      keeper.postMessage({ subject: "lti.put_data", key, value: null, message_id: `cairn-end-${number}` }, origin);
      form.submit();
    }
  };
  run().catch((stage) => fail(typeof stage === "string" ? stage : "its page could not be reached."));
})();
