/* What a page sends waits on the device (IndexedDB) until the server has answered that it is kept, so a line that dies
   ten times loses nothing and doubles nothing: each item has an id made here, and the server knows what has come before.
   An item is {id, group, order, url, at, json} or {…, blob, name, fields}; of one id the newest stays. What the server
   refuses is parked with its reason and sent no more until somebody changes it or asks. docs/adr/0061-audits.md */
window.Outbox = (() => {
  "use strict";
  const line = document.querySelector("[data-outbox]"), words = line ? line.dataset : {}, account = document.body.dataset.account || "";
  const $ = (s, r = line) => r.querySelector(s), cookie = name => (document.cookie.match("(?:^|; )" + name + "=([^;]*)") || [])[1] || "";
  const random = () => { const b = crypto.getRandomValues(new Uint8Array(16)); b[6] = b[6] & 15 | 64; b[8] = b[8] & 63 | 128; return [...b].map(one => one.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"); };
  let device = "d" + random().slice(0, 12);
  try { device = localStorage.getItem("audit-device") || device; localStorage.setItem("audit-device", device); } catch (e) { /* private mode */ }
  const heard = [];
  let base = null, busy = false, again = false, timer = 0, fails = 0, kind = "";

  const open = () => base || (base = new Promise((yes, no) => {
    const asked = indexedDB.open("traektoria-outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("items", { keyPath: "id" });
    asked.onsuccess = () => yes(asked.result); asked.onerror = () => no(asked.error);
  }));
  const act = async (mode, what) => {
    const work = (await open()).transaction("items", mode), asked = what(work.objectStore("items"));
    return new Promise((yes, no) => { work.oncomplete = () => yes(asked.result); work.onerror = work.onabort = () => no(work.error); });
  };
  const all = async () => (await act("readonly", box => box.getAll())).filter(one => one.account === account).sort((a, b) => a.order - b.order || a.at - b.at);

  const age = at => {
    const gone = Math.max(0, Date.now() - at), [unit, length] = gone >= 864e5 ? ["day", 864e5] : gone > 36e5 ? ["hour", 36e5] : ["minute", 6e4];
    return new Intl.RelativeTimeFormat("ru", { numeric: "always" }).format(-Math.max(1, Math.floor(gone / length)), unit).replace(/ назад$/, "");
  };
  const tell = async next => {
    kind = next || kind;
    let rows = [];
    try { rows = await all(); } catch (e) { kind = "memory"; }
    try { localStorage.setItem("outbox:" + account, rows.length || ""); } catch (e) { /* private mode */ }
    const parked = rows.filter(one => one.why), left = parked.length ? "parked" : "saving", shown = kind === "saved" && rows.length ? left : kind;
    if (line) {
      line.hidden = !shown; line.dataset.kind = shown;
      const since = rows.length ? Math.min(...rows.map(one => one.at)) : Date.now();
      $("[data-words]").textContent = (words[shown] || "").replace("{n}", rows.length).replace("{age}", age(since)).replace("{time}", new Date().toTimeString().slice(0, 5));
      $("[data-parked]").replaceChildren(...parked.map(one => { const li = document.createElement("li"); li.textContent = (one.label ? one.label + ": " : "") + one.why; return li; }));
      $("[data-again]").hidden = !parked.length; $("[data-to-file]").hidden = !rows.length;
      $("[data-fragile]").hidden = !rows.length || !navigator.storage || !navigator.storage.persisted || await navigator.storage.persisted();
    }
    heard.forEach(one => one(rows, shown));
  };

  /* One item; true: it is kept there; a sentence: refused; what is thrown is tried again later. */
  const post = async (item, isAsked) => {
    const headers = { "X-CSRFToken": cookie("csrftoken") };
    let body = JSON.stringify(item.json);
    if (item.blob) {
      body = new FormData();
      Object.entries(item.fields).forEach(([name, value]) => body.append(name, value));
      if (!isAsked) body.append("file", item.blob, item.name);
    } else headers["Content-Type"] = "application/json";
    const reply = await fetch(item.url, { method: "POST", credentials: "same-origin", redirect: "manual", headers, body });
    if (reply.type !== "opaqueredirect" && reply.status === 413) return words.large;
    if (reply.type === "opaqueredirect" || !(reply.headers.get("Content-Type") || "").includes("json")) throw reply.type === "opaqueredirect" || [401, 403].includes(reply.status) ? "signin" : "waiting";
    const said = await reply.json();
    if (reply.status >= 500 || reply.status === 429) throw "waiting";
    if (!reply.ok) return said.sentence || words.refused;
    if (said.missing) return post(item, false);
    const refused = Object.values(said.refused || {})[0];
    if (refused) return refused;
    item.said = said;
    return true;
  };
  const sent = async ({ id, at }) => { const now = await act("readonly", box => box.get(id)); if (now && now.at === at) await act("readwrite", box => box.delete(id)); };
  const send = async () => {
    if (busy) { again = true; return; }
    busy = true; again = false;
    let now = null;
    try {
      const held = new Set();
      for (const item of await all()) {
        if (item.why) { if (!item.order) held.add(item.group); continue; }
        if (held.has(item.group)) continue;
        if (kind === "saved") await tell("saving");
        now = item;
        const outcome = await post(item, item.blob && item.tries > 0);
        now = null; fails = 0;
        if (outcome === true) { await sent(item); heard.forEach(one => one.kept && one.kept(item)); }
        else { if (!item.order) held.add(item.group); await act("readwrite", box => box.put({ ...item, why: outcome })); }
      }
      await tell("saved");
    } catch (e) {
      fails++;
      if (now) await act("readwrite", box => box.put({ ...now, tries: (now.tries || 0) + 1 })).catch(() => 0);
      await tell(e === "signin" ? "signin" : "waiting");
      later(Math.min(60000, 1000 * 2 ** fails));
    } finally { busy = false; if (again) later(50); }
  };
  const later = wait => { clearTimeout(timer); timer = setTimeout(send, wait); };
  const put = async item => {
    try { await act("readwrite", box => box.put({ tries: 0, order: 1, ...item, account, why: "" })); } catch (e) { await tell("memory"); return; }
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => 0);
    await tell(navigator.onLine && !fails ? "saving" : "waiting"); later(400);
  };

  /* A file as the last resort, and back: only what goes to the addresses of this page is read. */
  const asText = blob => new Promise(done => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(blob); });
  const bytes = text => { const [head, body] = text.split(","), raw = atob(body); return new Blob([Uint8Array.from(raw, sign => sign.charCodeAt(0))], { type: (head.match(/:(.*?);/) || [])[1] || "" }); };
  const save = async () => {
    const rows = await Promise.all((await all()).map(async one => one.blob ? { ...one, blob: await asText(one.blob) } : one));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify({ outbox: 1, items: rows })], { type: "application/json" }));
    link.download = words.name || "outbox.json"; link.click();
  };
  const read = async file => {
    let rows = [];
    try { rows = JSON.parse(await file.text()).items.filter(one => one.url.startsWith(words.prefix) && typeof one.id === "string"); } catch (e) { /* no file of ours */ }
    for (const one of rows) await put({ ...one, blob: one.blob ? bytes(one.blob) : undefined, tries: 1 });
    await tell(rows.length ? "saving" : "unreadable"); if (rows.length) later(50);
  };
  if (line) {
    $("[data-again]").addEventListener("click", async () => { for (const one of await all()) if (one.why) await put(one); });
    $("[data-to-file]").addEventListener("click", save);
    document.querySelectorAll("[data-read]").forEach(one => { one.closest("[hidden]").hidden = false; one.addEventListener("change", () => one.files[0] && read(one.files[0])); });
  }
  addEventListener("online", () => { fails = 0; later(50); });
  tell("").then(async () => { if ((await all()).length) { if (!navigator.onLine) await tell("waiting"); later(50); } }).catch(() => tell("memory"));
  return { put, all, random, device, hear: one => heard.push(one) };
})();
