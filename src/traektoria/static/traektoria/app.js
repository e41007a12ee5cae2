/* Enhancements only: every page works without this file. No eval, no inline code, nothing from elsewhere. */
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

  /* htmx: CSRF header; an answer that is not ours is said, not swapped in */
  on("htmx:configRequest", e => { e.detail.headers["X-CSRFToken"] = csrf(); });
  on("htmx:beforeSwap", e => {
    const status = e.detail.xhr.status;
    if (status >= 400 && status !== 422 && !e.detail.xhr.getResponseHeader("HX-Retarget")) { e.detail.shouldSwap = false; say(words.wordBroken); }
  });
  on("htmx:sendError", () => say(words.wordBroken));

  /* drafts: text typed into data-autosave and data-draft forms outlives a reload and a dead line; only the first are sent */
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
      if (answer.ok && !answer.redirected || answer.ok && answer.url.indexOf("login") < 0) { const seen = answer.headers.get("X-Seen");
        if (seen) form.elements.seen.value = seen;
        if (!form.again) forget(form);
        state(form, "saved", new Date().toTimeString().slice(0, 5));
      } else state(form, answer.status < 500 && answer.status >= 400 ? "refused" : "offline");
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
  /* a form that was sent is forgotten once a page of ours comes without it: not when the line was dead */
  const settle = () => { try {
    const key = localStorage.getItem(sent);
    if (!key || [...document.querySelectorAll(drafts)].some(form => keyOf(form) === key)) return;
    localStorage.removeItem(key); localStorage.removeItem(sent);
  } catch (e) { /* private mode */ } };
  on("htmx:afterRequest", e => { const form = e.detail.requestConfig.elt; if (e.detail.successful && form.matches(drafts)) forget(form); });
  on("htmx:load", e => start(e.target.parentNode || document));
  on("pageshow", () => { settle(); start(document); document.querySelectorAll("[data-busy]").forEach(free); }, window);

  /* sending: no second press; drafts go with sign-out and with success */
  const free = el => { delete el.dataset.busy; el.removeAttribute("aria-disabled"); };
  on("submit", e => {
    const form = e.target, press = e.submitter;
    if ("signOut" in form.dataset) try { Object.keys(localStorage).filter(k => k.startsWith("draft:")).forEach(k => localStorage.removeItem(k)); } catch (x) { /* private mode */ }
    if ("upload" in form.dataset) { upload(e, form); return; }
    if ("busy" in form.dataset) { e.preventDefault(); return; }
    clearTimeout(timers.get(form));
    if (form.matches(drafts)) { keep(form); try { localStorage.setItem(sent, keyOf(form)); } catch (x) { /* private mode */ } }
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      form.dataset.busy = "";
      if (press) press.dataset.busy = "";
      setTimeout(() => { free(form); if (press) free(press); }, 8000);
    }
  });

  /* uploads: file after file, each with its own progress; the last answer says where to go */
  const one = (form, input, file, bar) => new Promise(done => {
    const data = new FormData(form), xhr = new XMLHttpRequest();
    data.delete(input.name); data.append(input.name, file); data.append("part", "1");
    xhr.upload.onprogress = p => { if (p.lengthComputable) { bar.max = p.total; bar.value = p.loaded; } };
    xhr.onload = xhr.onerror = () => done(xhr);
    xhr.open("POST", form.action);
    xhr.setRequestHeader("X-CSRFToken", csrf());
    xhr.send(data);
  });
  const upload = async (e, form) => {
    const input = $("input[type=file]", form);
    if (!input || input.files.length < 2 || form.dataset.upload === "whole") return;
    e.preventDefault();
    if ("busy" in form.dataset) return;
    form.dataset.busy = "";
    const list = form.appendChild(document.createElement("ul"));
    list.className = "uploads"; list.setAttribute("aria-live", "polite");
    let last = "", bad = 0;
    for (const file of input.files) {
      const line = list.appendChild(document.createElement("li")), bar = document.createElement("progress"), word = document.createElement("span");
      line.append(file.name, bar, word);
      bar.setAttribute("aria-label", file.name);
      word.textContent = words.wordSending;
      const answer = await one(form, input, file, bar), good = answer.status >= 200 && answer.status < 400;
      const text = !good && $("#notices, .error-page p", new DOMParser().parseFromString(answer.responseText, "text/html"));
      bar.value = bar.max;
      word.textContent = good ? words.wordSent : (text && text.textContent.trim()) || words.wordFailed;
      if (good) last = answer.responseURL; else bad++;
    }
    free(form);
    if (!bad && last) location.assign(last);
  };

  /* keyboard: / to search, c to create; Escape and a click outside fold menus away */
  on("keydown", e => {
    if (e.key === "Escape") document.querySelectorAll(".user[open], .bottom details[open]").forEach(d => { d.open = false; $("summary", d).focus(); });
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    const target = e.key === "/" ? $("[data-search], main input[type=search], .filters input, .filters select") : e.key === "c" || e.key === "с" ? $("[data-create], .page-actions .button--primary") : null;
    if (target) { e.preventDefault(); if (e.key === "/") target.focus(); else target.click(); }
  });
  on("click", e => document.querySelectorAll(".user[open], .bottom details[open]").forEach(d => { if (!d.contains(e.target)) d.open = false; }));
  /* drop files anywhere on the area */
  ["dragover", "drop"].forEach(type => on(type, e => {
    const area = e.target.closest && e.target.closest(".file-area");
    if (!area || e.target.type === "file") return;
    e.preventDefault();
    if (type === "drop") { const input = $("input", area); input.files = e.dataTransfer.files; input.dispatchEvent(new Event("change", { bubbles: true })); }
  }));
  /* what scrolls sideways and holds nothing to focus is reached by keyboard itself */
  const reach = () => document.querySelectorAll(".table-wrap").forEach(box => {
    if (box.scrollWidth > box.clientWidth && !$("a[href], button, input, select, summary", box)) {
      box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", ($("caption", box) || $("h1")).textContent.trim());
    }
  });
  reach();
  on("resize", reach, window);
  on("htmx:load", reach);
  /* a page that prints itself */
  document.querySelectorAll("[data-print]").forEach(button => { button.hidden = false; on("click", () => print(), button); });
  const wrong = $("#error-summary:not([data-gallery] *)");
  if (wrong) wrong.focus();
})();
