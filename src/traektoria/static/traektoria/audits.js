/* A checklist on a phone: each answer waits on the device until the server says that it is kept (offline.js keeps the
   page). Without this file every criterion is a plain form. docs/adr/0061-audits.md */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s), all = (s, r = document) => [...r.querySelectorAll(s)];
  const root = $("[data-audit]"), words = root.dataset, line = $("[data-state]"), who = document.body.dataset.account || "";
  const key = "audit-unsent:" + words.audit, names = ["why", "note", "concerns", "address"];
  const cookie = name => (document.cookie.match("(?:^|; )" + name + "=([^;]*)") || [])[1] || "";
  const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch (e) { return null; } };
  const write = (name, what) => { try { localStorage.setItem(name, JSON.stringify(what)); return true; } catch (e) { return false; } };
  const device = read("audit-device") || "d" + Math.random().toString(36).slice(2, 14);
  write("audit-device", device);

  /* {account, answers: {criterion: answer, with "sent" once it is acknowledged}}; another account's are left alone. */
  const box = read(key) || { account: who, answers: {} }, mine = box.account === who;
  const unsent = () => mine ? Object.entries(box.answers).filter(([, one]) => !one.sent) : [];
  const keep = () => mine && write(key, box);
  const part = number => $('[data-criterion="' + number + '"]');
  const field = (form, name) => form.elements[name];

  const fill = (form, said) => {
    all("[name=verdict]", form).forEach(one => { one.checked = one.value === said.verdict; });
    names.forEach(name => { if (field(form, name)) field(form, name).value = said[name] || ""; });
  };
  const answer = form => {
    const chosen = $("[name=verdict]:checked", form), said = { verdict: chosen ? chosen.value : "" };
    names.forEach(name => { if (field(form, name)) said[name] = field(form, name).value; });
    return said;
  };
  const time = at => new Date(at).toLocaleString("ru", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  const tell = (kind, why) => {
    const left = unsent(), since = left.length ? time(Math.min(...left.map(([, one]) => one.sequence))) : "";
    line.dataset.kind = kind; line.hidden = false;
    $("[data-words]", line).textContent = why || (words[kind] || "").replace("{n}", left.length).replace("{since}", since).replace("{time}", time(Date.now()));
    $("[data-file]", line).hidden = !left.length;
  };
  const mark = () => all("[data-criterion]").forEach(one => { one.toggleAttribute("data-seen", !!$("[name=verdict]:checked", one)); });

  let busy = false, timer = 0, fails = 0;
  const later = wait => { clearTimeout(timer); timer = setTimeout(send, wait); };
  const send = async () => {
    const rows = unsent().slice(0, 50);
    if (busy || !rows.length) return;
    busy = true; tell("saving");
    try {
      const body = JSON.stringify({ device, answers: rows.map(([number, one]) => ({ ...one, criterion: +number })) });
      const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") };
      const reply = await fetch(words.save, { method: "POST", credentials: "same-origin", redirect: "manual", headers, body });
      if (reply.type === "opaqueredirect" || !(reply.headers.get("Content-Type") || "").includes("json")) throw reply.status < 500 ? "signin" : "waiting";
      const said = await reply.json();
      if (!reply.ok) { fails = 9; tell("waiting", said.sentence); return; }
      fails = 0;
      for (const [number, upTo] of Object.entries(said.kept)) if (box.answers[number].sequence <= upTo) box.answers[number].sent = true;
      for (const number of Object.keys(said.refused)) { box.answers[number].wait = true; }
      keep();
      const refused = Object.values(said.refused)[0];
      if (refused) tell("waiting", refused); else if (unsent().length) later(50); else tell("saved");
    } catch (e) {
      fails++; tell(e === "signin" ? "signin" : "waiting");
      later(Math.min(60000, 1000 * 2 ** fails));
    } finally { busy = false; }
  };

  const touched = form => {
    const said = answer(form), number = form.closest("[data-criterion]").dataset.criterion;
    if (!said.verdict || !mine || said.verdict === "na" && !said.why.trim()) return;
    const before = box.answers[number], sequence = Math.max(Date.now(), before ? before.sequence + 1 : 0);
    box.answers[number] = { ...said, sequence };
    if (!keep()) tell("memory");
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => 0);
    mark(); later(600);
  };

  document.addEventListener("change", e => { const form = e.target.closest(".audit-ask form"); if (form && e.target.type !== "file") touched(form); });
  document.addEventListener("submit", e => {
    const form = e.target, ask = form.closest(".audit-ask");
    if ("signOut" in form.dataset && unsent().length && !confirm(words.leave)) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    if (!ask) return;
    const photo = field(form, "file").value, chosen = answer(form).verdict;
    if (!chosen || chosen === "na" && !answer(form).why.trim() || photo && navigator.onLine) return;  // the server says what is missing, or takes the file
    e.preventDefault(); e.stopImmediatePropagation();
    touched(form);
    if (photo) { tell("waiting", words.photo); return; }
    const rows = all(".audit-ask"), next = rows[rows.indexOf(ask) + 1] || $("[data-end]");
    next.scrollIntoView({ block: "start" });
  }, true);
  addEventListener("online", () => later(50));
  addEventListener("beforeunload", e => { if (unsent().length && !read(key)) e.preventDefault(); });
  $("[data-file]", line).addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify({ audit: words.audit, device, answers: box.answers })], { type: "application/json" }));
    link.download = "audit.json"; link.click();
  });

  /* A copy kept from before knows less than the device. */
  const old = "offline" in document.body.dataset;
  for (const [number, one] of mine ? Object.entries(box.answers) : []) {
    if (one.sent && !old) { delete box.answers[number]; continue; }
    if (part(number)) fill($("form", part(number)), one);
  }
  keep(); mark();
  if (unsent().length) { tell("waiting"); later(50); }
})();
