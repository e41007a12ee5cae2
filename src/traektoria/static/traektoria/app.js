/* Every page works without this file. */
(() => {
  "use strict";
  const body = document.body, words = body.dataset, $ = (s, r = document) => r.querySelector(s);
  const cookie = name => (document.cookie.match("(?:^|; )" + name + "=([^;]*)") || [])[1] || "";
  const on = (type, act, from = document) => from.addEventListener(type, act);
  const csrf = () => cookie("csrftoken") || ($("[name=csrfmiddlewaretoken]") || {}).value || "";

  const say = text => {
    const box = document.createElement("div");
    box.className = "notice notice--danger";
    box.setAttribute("role", "alert");
    box.textContent = text;
    $("#notices").replaceChildren(box);
  };

  /* a press has its key (core/submissions.py); the same sent again after «Back» has the old one */
  const random = () => "" + crypto.getRandomValues(new Uint32Array(4));
  const formOf = el => el.form || el.closest("form") || {};
  const claim = (form, press) => {
    const key = form.elements.once, was = (history.state || {}).sent || [];
    let sum = 0;
    for (const c of JSON.stringify([...new FormData(form, press)].slice(2))) sum = Math.imul(sum, 31) + c.codePointAt() | 0;
    if (was[0] === sum) key.value = was[1]; else if (was[1] === key.value) key.value = random();
    history.replaceState({ ...history.state, sent: [sum, key.value] }, "");
  };

  /* htmx: CSRF header; an answer not ours is said, not swapped in; what must wait is sent again */
  on("htmx:configRequest", e => { e.detail.headers["X-CSRFToken"] = csrf(); });
  on("htmx:confirm", e => { const form = formOf(e.target); if (form.counted) form.elements.once.value = random(); });
  on("htmx:beforeSwap", e => {
    const status = e.detail.xhr.status;
    if (status >= 400 && status !== 422 && !e.detail.xhr.getResponseHeader("HX-Retarget")) { e.detail.shouldSwap = false; say(words.wordBroken); }
  });
  on("htmx:sendError", () => say(words.wordBroken));
  on("htmx:afterRequest", e => {
    const { elt, verb, path, target } = e.detail.requestConfig, wait = e.detail.xhr.getResponseHeader("Retry-After");
    formOf(elt).counted = e.detail.successful && verb === "post";
    if (!wait && elt.again) $("#notices").replaceChildren();
    elt.again = wait ? -~elt.again : 0;
    if (wait && elt.again < 9) setTimeout(() => htmx.ajax(verb, path, { source: elt, target }), 1000 * wait);
  });

  /* drafts: what is typed into data-autosave and data-draft forms outlives a reload and a dead line; only the first are sent */
  const drafts = "form[data-autosave], form[data-draft]", sent = "sent:" + words.account;
  const keyOf = form => "draft:" + words.account + ":" + (form.dataset.autosave || form.dataset.draft || form.getAttribute("hx-post") || form.getAttribute("action") || location.pathname);
  const texts = form => [...form.elements].filter(el => el.name && (el.tagName === "TEXTAREA" || (el.type === "text" && el.tagName === "INPUT")));
  const state = (form, word, time) => {
    const place = $("[data-autosave-state]", form) || (form.id && $('[data-autosave-state="' + form.id + '"]'));
    if (!place) return;
    place.dataset.state = word;
    place.textContent = (place.dataset[word] || "").replace("{time}", time || "");
  };
  const keep = form => { try { localStorage.setItem(keyOf(form), JSON.stringify(Object.fromEntries(texts(form).map(el => [el.name, el.value])))); } catch (e) { /* private mode */ } };
  const forget = form => { try { localStorage.removeItem(keyOf(form)); } catch (e) { /* private mode */ } };
  const restore = form => {
    if (form.looked) return;
    form.looked = true;
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(keyOf(form))); } catch (e) { return; }
    if (!kept) return;
    let changed = false;
    for (const el of texts(form)) if (el.name in kept && kept[el.name] !== el.value) { el.value = kept[el.name]; changed = true; }
    if (changed) state(form, "restored"); else forget(form);
  };
  const send = async form => {
    if (form.sending) { form.again = true; return; }
    form.sending = true; form.again = false;
    state(form, "saving");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-CSRFToken": csrf(), "X-Autosave": "1" } });
      if (answer.ok && !answer.url.includes("login")) { const seen = answer.headers.get("X-Seen");
        if (seen) form.elements.seen.value = seen;
        if (!form.again) forget(form);
        state(form, "saved", new Date().toTimeString().slice(0, 5));
      } else {
        state(form, answer.status < 500 && answer.status >= 400 ? "refused" : "offline");
        if (answer.status >= 500) setTimeout(send, 9000, form);
      }
    } catch (e) { state(form, "offline"); }
    form.sending = false;
    if (form.again) send(form);
  };
  const timers = new WeakMap();
  on("input", e => {
    const form = e.target.closest && e.target.closest(drafts);
    if (!form) return;
    keep(form);
    if (!("autosave" in form.dataset)) { state(form, "kept"); return; }
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => send(form), 1200));
  });
  on("online", () => document.querySelectorAll("form[data-autosave]").forEach(form => { try { if (localStorage.getItem(keyOf(form))) send(form); } catch (e) { /* private mode */ } }), window);
  const start = root => root.querySelectorAll(drafts).forEach(restore);
  /* a sent form is forgotten once a page of ours comes without it, not when the line was dead */
  const settle = () => { try {
    const key = localStorage.getItem(sent);
    if (!key || [...document.querySelectorAll(drafts)].some(form => keyOf(form) === key)) return;
    localStorage.removeItem(key); localStorage.removeItem(sent);
  } catch (e) { /* private mode */ } };
  on("htmx:afterRequest", e => { const form = e.detail.requestConfig.elt; if (e.detail.successful && form.matches(drafts)) forget(form); });
  on("htmx:load", e => start(e.target.parentNode || document));
  on("pageshow", () => { settle(); start(document); document.querySelectorAll("[data-busy]").forEach(free); }, window);

  on("click", e => {
    const link = e.target.closest("a[data-carries]");
    if (link) link.href += "&chosen=" + link.closest("form").elements[link.dataset.carries].value;
  });

  /* no second press; drafts go with sign-out and success */
  const free = el => { delete el.dataset.busy; el.removeAttribute("aria-disabled"); };
  on("submit", e => {
    const form = e.target, press = e.submitter;
    if ("signOut" in form.dataset) try { const left = localStorage.getItem("outbox:" + words.account);
      if (left && !confirm(form.dataset.unsent.replace("{n}", left))) { e.preventDefault(); return; }
      Object.keys(localStorage).filter(k => k.startsWith("draft:")).forEach(k => localStorage.removeItem(k)); } catch (x) { /* private mode */ }
    if ("upload" in form.dataset) return;  // uploads.js
    if ("busy" in form.dataset) { e.preventDefault(); return; }
    clearTimeout(timers.get(form));
    if (form.matches(drafts)) { keep(form); try { localStorage.setItem(sent, keyOf(form)); } catch (x) { /* private mode */ } }
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      claim(form, press);
      form.dataset.busy = "";
      if (press) press.dataset.busy = "";
      setTimeout(() => { free(form); if (press) free(press); }, 8000);
    }
  });

  /* / searches, c creates, Escape and a click outside fold menus away */
  const menus = () => document.querySelectorAll(".user[open], .make[open], .bottom details[open]");
  on("keydown", e => {
    if (e.key === "Escape") menus().forEach(d => { d.open = false; $("summary", d).focus(); });
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    const find = e.key === "/" || e.key === "." && e.code === "Slash", target = find ? $("[data-search]") : "cс".includes(e.key) && $("[data-create]");
    if (target) { e.preventDefault(); target.focus(); if (!find) target.click(); }
  });
  on("click", e => menus().forEach(d => { if (!d.contains(e.target)) d.open = false; }));
  document.addEventListener("toggle", e => { if (e.target.matches(".confirm[open]")) e.target.scrollIntoView({ block: "nearest" }); }, true);
  /* files dropped on the area */
  ["dragover", "drop"].forEach(type => on(type, e => {
    const area = e.target.closest && e.target.closest(".file-area");
    if (!area || e.target.type === "file") return;
    e.preventDefault();
    if (type === "drop") { const input = $("input", area); input.files = e.dataTransfer.files; input.dispatchEvent(new Event("change", { bubbles: true })); }
  }));
  /* what scrolls sideways, by keyboard */
  const reach = () => document.querySelectorAll(".table-wrap").forEach(box => {
    if (box.scrollWidth > box.clientWidth && !$("a[href], button, input, select, summary", box)) {
      box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", ($("caption", box) || $("h1")).textContent.trim());
    }
  });
  const here = $(".tabs [aria-current]");
  if (here) here.parentNode.scrollLeft = here.offsetLeft - here.parentNode.offsetLeft - 40;
  reach();
  on("resize", reach, window);
  on("htmx:load", reach);
  /* a page that prints itself */
  document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; on("click", () => print(), button); });
  /* a page that opens without a line (offline.js): kept for this account, gone with it */
  const account = document.body.dataset.account || "", offline = $("meta[name=offline]");
  const others = () => { try { return localStorage.getItem("offline-account") || ""; } catch (e) { return ""; } };
  if (others() && others() !== account && !("offline" in document.body.dataset)) {
    try { Object.keys(localStorage).filter(key => key.startsWith("offline-")).forEach(key => localStorage.removeItem(key)); } catch (e) { /* private mode */ }
    if (window.caches) caches.keys().then(names => names.filter(name => name.startsWith("offline-")).forEach(name => caches.delete(name)));
    if (navigator.serviceWorker) navigator.serviceWorker.getRegistrations().then(all => all.forEach(one => one.unregister()));
  }
  if (offline && account && navigator.serviceWorker && !("offline" in document.body.dataset)) {
    try { localStorage.setItem("offline-account", account); } catch (e) { /* private mode */ }
    const assets = () => performance.getEntriesByType("resource").map(one => one.name).filter(name => name.startsWith(location.origin) && /\/static\/|\/picture\//.test(name));
    navigator.serviceWorker.register(offline.dataset.worker, { scope: offline.content }).then(() => navigator.serviceWorker.ready)
      .then(one => one.active.postMessage({ keep: location.origin + offline.content, assets: assets() })).catch(() => 0);
    navigator.serviceWorker.addEventListener("message", e => { if (e.data === "kept") document.body.dataset.kept = ""; });
  }
  const wrong = $("#error-summary:not([data-gallery] *)");
  if (wrong) wrong.focus();
})();
