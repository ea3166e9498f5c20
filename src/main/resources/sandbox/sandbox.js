// Forms of a launch post themselves, and what came of a frame's work leaves it.
document.querySelector("form[data-post]")?.submit();

// What a tool in a frame may say to the page around it (LTI Client Side postMessages 0.1). Only the tool's own origin is heard.
(() => {
  const place = document.querySelector("[data-origin]");
  if (!place) return;
  const { origin, storage, keeper, closed } = place.dataset;
  const LARGEST = 4096;
  const MOST = 500;
  const kept = new Map();

  const refuse = (code, message) => ({ error: { code, message } });
  const size = () => [...kept].reduce((sum, pair) => sum + new Blob(pair).size, 0);

  const put = ({ key, value }) => {
    if (typeof key !== "string" || !key || (typeof value !== "string" && value !== null)) {
      return refuse("bad_request", "A key is text, and a value is text or null.");
    }
    const before = kept.get(key);
    if (value === null) kept.delete(key);
    else kept.set(key, value);
    if (kept.size <= MOST && size() <= LARGEST) return { key, value };
    if (before === undefined) kept.delete(key);
    else kept.set(key, before);
    return refuse("storage_exhausted", `More than ${LARGEST} bytes or ${MOST} keys.`);
  };
  const get = ({ key }) =>
    typeof key === "string" && key ? { key, value: kept.get(key) ?? null } : refuse("bad_request", "A key is text.");

  const answers = { "lti.capabilities": () => ({ supported_messages: supported() }) };
  if (storage === "answers" && !keeper) Object.assign(answers, { "lti.put_data": put, "lti.get_data": get });
  const supported = () => {
    const own = Object.keys(answers).map((subject) => ({ subject }));
    const kept = keeper ? ["lti.put_data", "lti.get_data"].map((subject) => ({ subject, frame: keeper })) : [];
    return [...own, ...kept, { subject: "lti.frameResize" }];
  };

  const resize = ({ height }) => {
    place.height = Math.min(Math.max(Number(height) || 0, 300), 20000) + 8;
  };
  window.addEventListener("message", ({ data, origin: from, source }) => {
    if (from !== origin || !data || typeof data.subject !== "string") return;
    if (data.subject === "lti.frameResize" && source === place.contentWindow) return resize(data);
    if (data.subject === "org.imsglobal.lti.close" && closed) return window.location.assign(closed);
    // Some apps say that they keep things, and never answer.
    if (storage !== "answers" || !data.subject.startsWith("lti.")) return;
    const { subject, message_id } = data;
    const answer = answers[subject] || (() => refuse("unsupported_subject", "This page does not know that."));
    const said = typeof message_id === "string" ? answer(data) : refuse("bad_request", "message_id is missing.");
    source.postMessage({ subject: subject + ".response", message_id, ...said }, from);
  });
})();
