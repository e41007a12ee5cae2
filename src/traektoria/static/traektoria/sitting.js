/* A sitting as one page: every answer waits on the device until the server says that it is kept. Without this file the
   same page is a plain form, an item at a time. */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s), all = (s, r = document) => [...r.querySelectorAll(s)];
  const cookie = name => (document.cookie.match("(?:^|; )" + name + "=([^;]*)") || [])[1] || "";
  const EPOCH = 1e6, BATCH = 50, clock = () => new Date().toTimeString().slice(0, 5);

  /* What is not acknowledged, item by item: in memory and in localStorage, where there is one. */
  const queue = token => {
    const head = "sitting:" + token + ":", memory = new Map();
    const box = { works: true, size: () => memory.size, all: () => [...memory], has: item => memory.has(item) };
    const kept = item => { try { return JSON.parse(localStorage.getItem(head + item)); } catch (e) { return null; } };
    box.load = () => { try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(head)) {
        const item = key.slice(head.length), one = kept(item);
        if (one && (!memory.has(item) || memory.get(item).sequence < one.sequence)) memory.set(item, one);
      }
    } catch (e) { box.works = false; } };
    /* What was given on this device, acknowledged or not: a page kept from before knows less (offline.js). */
    const given = () => { try { return JSON.parse(localStorage.getItem("offline-given:" + token)) || {}; } catch (e) { return {}; } };
    box.given = item => given()[item];
    box.put = (item, one) => { memory.set(item, one); try { localStorage.setItem("offline-given:" + token, JSON.stringify({ ...given(), [item]: one })); } catch (e) { /* the queue has it */ } try { localStorage.setItem(head + item, JSON.stringify(one)); } catch (e) { box.works = false; } };
    box.drop = (item, upTo = Infinity) => {
      if (memory.has(item) && memory.get(item).sequence <= upTo) memory.delete(item);
      const one = kept(item);
      if (one && one.sequence <= upTo) try { localStorage.removeItem(head + item); } catch (e) { /* private mode */ }
    };
    box.clear = () => { memory.clear(); try { Object.keys(localStorage).filter(k => k.startsWith(head)).forEach(k => localStorage.removeItem(k)); localStorage.removeItem("sitting-flags:" + token); localStorage.removeItem("offline-given:" + token); } catch (e) { /* private mode */ } };
    box.load();
    return box;
  };

  /* Sends the queue: one request at a time, again and again with growing pauses. ``told(kind, body)`` hears what came. */
  const sender = (url, box, tab, told) => {
    let busy = null, timer = 0, fails = 0;
    const body = () => JSON.stringify({ tab: tab(), now: Date.now(), answers: box.all().slice(0, BATCH).map(([item, one]) => ({ item: +item, ...one })) });
    const post = more => fetch(url, { method: "POST", credentials: "same-origin", redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") }, body: body(), ...more });
    const heard = async response => {
      if (response.type === "opaqueredirect" || response.status === 401) return ["signin"];
      if (response.status >= 500) return ["waiting"];
      if (!(response.headers.get("Content-Type") || "").includes("json")) return [response.status === 404 ? "stranger" : "signin"];
      return [response.ok ? "kept" : "closed", await response.json()];
    };
    const once = async () => {
      const stop = new AbortController(), late = setTimeout(() => stop.abort(), 20000);
      try { return await heard(await post({ signal: stop.signal })); } catch (e) { return ["waiting"]; } finally { clearTimeout(late); }
    };
    const send = async claim => {
      while (busy) await busy;
      clearTimeout(timer);
      if (!box.size() && !claim) return;
      let done; busy = new Promise(r => { done = r; });
      told("saving");
      const [kind, body] = await once();
      if (kind === "kept") {
        fails = 0;
        for (const [item, upTo] of Object.entries(body.kept)) box.drop(item, upTo);
        for (const item of Object.keys(body.refused)) box.drop(item);
      } else fails++;
      busy = null; done();
      told(kind, body);
      if (kind === "kept" ? box.size() : kind !== "closed") later(kind === "kept" ? 50 : Math.min(30000, 1000 * 2 ** Math.min(fails, 5)) * (0.6 + Math.random() * 0.6), claim && kind !== "kept");
    };
    const later = (wait, claim) => { clearTimeout(timer); timer = setTimeout(() => send(claim), wait); };
    const last = () => { if (box.size()) try { post({ keepalive: true }).catch(() => 0); } catch (e) { /* the queue is kept */ } };
    addEventListener("online", () => later(50, true));
    addEventListener("pagehide", last);
    document.addEventListener("visibilitychange", () => document.hidden ? last() : later(50, true));
    return { send, later, empty: async () => { await send(false); return !box.size(); } };
  };

  /* Answers as the page has them, in the shapes of diagnostics/items/answers.py; what is not finished is an answer too. */
  const fields = part => { const own = $("[data-prefix]:not([data-kind=description])", part); return { kind: own.dataset.kind, own, named: name => all('[name="' + own.dataset.prefix + "-" + name + '"]', own), one: name => $('[name="' + own.dataset.prefix + "-" + name + '"]', own) }; };
  const ticked = inputs => inputs.filter(i => i.checked && i.value !== "other").map(i => +i.value).sort((a, b) => a - b);
  const numbered = (own, name) => all("select", own).filter(s => s.name.includes("-" + name + "-")).sort((a, b) => a.name.split("-").pop() - b.name.split("-").pop());
  const worded = {
    read: ({ one }) => { const text = one("text").value; return text.trim() ? { text } : {}; },
    write: ({ one }, value) => { one("text").value = value.text || ""; },
  };
  const stepped = {
    read: ({ named }) => { const [step] = ticked(named("step")); return step === undefined ? {} : { step }; },
    write: ({ named }, value) => named("step").forEach(i => { i.checked = +i.value === value.step; }),
  };
  const silent = { read: () => ({}), write: () => {} };
  /* Each kind of items, as diagnostics/items/kinds has it: how its fields are read and filled. */
  const kinds = {
    single: {
      read: ({ named }) => { const [place] = ticked(named("choice")); return place === undefined ? {} : { choice: place }; },
      write: ({ named }, value) => named("choice").forEach(i => { i.checked = +i.value === value.choice; }),
    },
    multiple: {
      read: ({ named }) => { const choices = ticked(named("choices")); return choices.length ? { choices } : {}; },
      write: ({ named }, value) => named("choices").forEach(i => { i.checked = (value.choices || []).includes(+i.value); }),
    },
    short: worded, numeric: worded, extended: worded, open: worded,
    matching: {
      read: ({ own }) => { const pairs = numbered(own, "pair").map(s => s.value === "" ? null : +s.value); return pairs.some(p => p !== null) ? { pairs } : {}; },
      write: ({ own }, value) => numbered(own, "pair").forEach((s, place) => { const right = (value.pairs || [])[place]; s.value = right === null || right === undefined ? "" : right; }),
    },
    ordering: {
      read: ({ own }) => {
        const ranks = numbered(own, "rank").map(s => +s.value || null);
        if (ranks.every(r => !r)) return {};
        if (new Set(ranks).size < ranks.length || ranks.includes(null)) return { ranks };
        return { order: ranks.map((rank, place) => [rank, place]).sort((a, b) => a[0] - b[0]).map(p => p[1]) };
      },
      write: ({ own }, value) => {
        const selects = numbered(own, "rank");
        selects.forEach((s, place) => { s.value = value.order ? value.order.indexOf(place) + 1 : (value.ranks || [])[place] || ""; });
        if (value.order) value.order.forEach(place => $(".ask-steps", own).append(selects[place].closest("li")));
      },
    },
    likert: stepped, level: stepped,
    choice: {
      read: ({ named, one }) => {
        const choices = ticked(named("choices")), line = one("other"), single = named("choices").some(i => i.type === "radio");
        const other = line && !(single && choices.length) ? line.value.trim() : "";
        return { ...(choices.length ? { choices } : {}), ...(other ? { other } : {}) };
      },
      write: ({ named, one }, value) => {
        named("choices").forEach(i => { i.checked = i.value === "other" ? !!value.other : (value.choices || []).includes(+i.value); });
        if (one("other")) one("other").value = value.other || "";
      },
    },
    description: silent, unreadable: silent,
  };
  const read = part => { const own = fields(part); return kinds[own.kind].read(own); };
  const partly = value => "ranks" in value || (value.pairs || []).includes(null);
  const write = (part, value) => { const own = fields(part); kinds[own.kind].write(own, value); };

  /* Lines to put in order get buttons; the numbers stay. */
  const movable = (part, words, say, touched) => {
    const list = $(".ask-steps", part);
    if (!list) return;
    const number = () => all("li", list).forEach((row, at) => { $("select", row).value = at + 1; });
    const ends = () => all("li", list).forEach((row, at, rows) => { $("[data-up]", row).disabled = at === 0; $("[data-down]", row).disabled = at === rows.length - 1; });
    const keep = document.createElement("button");
    keep.type = "button"; keep.className = "button button--quiet"; keep.textContent = words.keep;
    keep.addEventListener("click", () => { number(); touched(part); });
    list.classList.add("ask-steps--moving"); list.after(keep);
    for (const row of all("li", list)) {
      const box = document.createElement("div"), name = $("label", row).textContent.trim().slice(0, 80);
      box.className = "ask-move";
      for (const [way, sign, word] of [["up", "↑", words.up], ["down", "↓", words.down]]) {
        const button = document.createElement("button");
        button.type = "button"; button.dataset[way] = ""; button.textContent = sign; button.setAttribute("aria-label", word + ": " + name);
        button.addEventListener("click", () => {
          const near = way === "up" ? row.previousElementSibling : row.nextElementSibling;
          if (near) way === "up" ? near.before(row) : near.after(row);
          number(); ends(); touched(part);
          (button.disabled ? $("[data-" + (way === "up" ? "down" : "up") + "]", row) : button).focus();
          say(words.moved.replace("{n}", all("li", list).indexOf(row) + 1));
        });
        box.append(button);
      }
      row.append(box);
    }
    part.settle = () => { ends(); keep.hidden = JSON.stringify(read(part)) !== "{}"; };
  };

  /* The clock: minutes, quietly; said at ten and three minutes; the server's word corrects it. */
  const watch = (face, words, notice, finish) => {
    const hide = $("[data-clock-hide]", face), place = $("[data-clock-text]", face);
    let ends = 0, steady = 0, said = Infinity;
    /* A device's clock can be set back, the other one can't but may stand still in sleep: what is less counts. */
    const rest = () => Math.min(ends - Date.now(), steady - performance.now());
    const tick = () => {
      const left = Math.round(rest() / 1000), text = left >= 60 ? face.dataset.minutes.replace("{n}", Math.ceil(left / 60)) : face.dataset.moment;
      if (place.textContent !== text) place.textContent = text;
      for (const [limit, word] of [[180, words.three], [600, words.ten]]) if (left <= limit && said > limit) { if (said !== Infinity) { notice(word); setTimeout(() => notice(""), 20000); } said = limit; break; }
      if (said === Infinity) said = 1e9;
      if (left <= 0) finish();
    };
    const turn = hidden => { place.hidden = hidden; hide.textContent = hidden ? hide.dataset.show : hide.dataset.hide; try { localStorage.setItem("sitting-clock", hidden ? "hidden" : ""); } catch (e) { /* private mode */ } };
    hide.hidden = false; hide.addEventListener("click", () => turn(!place.hidden));
    turn((() => { try { return localStorage.getItem("sitting-clock") === "hidden"; } catch (e) { return false; } })());
    const time = left => { if (Math.abs(rest() - left * 1000) > 2000) { ends = Date.now() + left * 1000; steady = performance.now() + left * 1000; } tick(); };
    time(+face.dataset.left - (+document.body.dataset.offline || 0));
    setInterval(tick, 1000);
    return time;
  };

  const run = root => {
    const words = root.dataset, form = $("#sit-form"), items = $("#sit-items"), line = $("[data-state]", root), box = queue(words.token);
    let epoch = +words.epoch, count = 0, current = $(".sit-item", items), loading = true, closed = false, over = false;
    const mint = () => epoch + "-" + Math.random().toString(36).slice(2, 10);
    let tab = mint();
    items.append($("#sit-rest").content);
    const parts = all(".sit-item", items).sort((a, b) => a.dataset.number - b.dataset.number);
    parts.forEach(part => { items.append(part); part.tabIndex = -1; });
    const linkOf = part => $('[data-to="' + part.dataset.item + '"]', root), known = new Map();
    const announce = text => { $("[data-announce]", root).textContent = text; };
    const flags = new Set((() => { try { return JSON.parse(localStorage.getItem("sitting-flags:" + words.token)) || []; } catch (e) { return []; } })());

    const tell = (kind, time) => {
      const text = (kind === "waiting" && !box.works ? words.memory : words[kind] || "").replace("{n}", box.size()).replace("{time}", time || "");
      if (line.textContent !== text) line.textContent = text;
      line.dataset.kind = kind === "saved" || kind === "saving" ? kind : "waiting";
    };
    const notice = (text, go) => {
      const place = $("[data-notice]", root), link = $("[data-notice-go]", root);
      $("[data-notice-text]", root).textContent = text; place.hidden = !text;
      link.hidden = !go; link.href = location.pathname + location.search;
      announce(text);
    };
    const lock = () => { closed = true; all("fieldset", items).forEach(f => { f.disabled = true; }); all("[name=clear], [data-flag], .ask-move button", form).forEach(b => { b.disabled = true; }); };
    const mark = part => {
      const link = linkOf(part), value = read(part), answered = JSON.stringify(value) !== "{}", half = partly(value), flagged = flags.has(part.dataset.item);
      link.classList.toggle("is-answered", answered); link.classList.toggle("is-partly", half); link.classList.toggle("is-flagged", flagged);
      $("span", link).textContent = " " + [half ? words.partly : answered && words.answered, flagged && words.flagged].filter(Boolean).join(", ");
      if (part.settle) part.settle();
    };
    const flag = $("[data-flag]", form);
    const show = (part, focus) => {
      linkOf(current).removeAttribute("aria-current");
      current = part;
      parts.forEach(one => { one.hidden = one !== part; });
      linkOf(part).setAttribute("aria-current", "step");
      if (innerWidth < 641) linkOf(part).scrollIntoView({ block: "nearest", inline: "center" });
      form.elements.item.value = part.dataset.item;
      const back = $("[value=back]", form);
      if (back) back.disabled = part === parts[0];
      flag.setAttribute("aria-pressed", flags.has(part.dataset.item));
      history.replaceState(null, "", location.pathname + "?item=" + part.dataset.number);
      if (!focus) return;
      (matchMedia("(pointer: coarse)").matches ? part : $("input:checked, input, select, textarea", part) || part).focus({ preventScroll: true });
      if (items.getBoundingClientRect().top < 0) scrollTo({ top: 0 });
    };

    const heard = (kind, body) => {
      if (kind === "saving") { if (box.size() && line.dataset.kind !== "waiting") tell("saving"); return; }
      if (kind !== "kept" && kind !== "closed") { if (box.size() || kind !== "waiting") tell(kind); return; }
      if (kind === "closed") { box.clear(); lock(); notice(body.sentence); line.textContent = ""; return; }
      for (const [item, why] of Object.entries(body.refused)) { const part = parts.find(p => p.dataset.item === item); notice((part ? part.dataset.number + ": " : "") + why); }
      if (!body.owner && loading && body.epoch >= epoch) { epoch = body.epoch + 1; tab = mint(); post.later(0, true); return; }
      loading = false;
      if (!body.owner) taken();
      if (body.left !== null && time) time(body.left);
      if (body.state === "expired") finish();
      if (!box.size() && (Object.keys(body.kept).length || line.dataset.kind === "waiting")) tell("saved", clock());
      else if (box.size()) tell("waiting");
    };
    const post = sender(words.save, box, () => tab, heard);
    const taken = () => { if (!closed) { lock(); notice(words.other, true); } };
    const finish = () => { if (over) return; over = true; lock(); notice(words.over); setTimeout(async () => { if (await post.empty()) location.reload(); }, 1500); };

    const changed = (part, wait) => {
      mark(part);
      if (closed) return;
      const value = read(part), text = JSON.stringify(value);
      if (known.get(part) === text) return;
      known.set(part, text);
      box.put(part.dataset.item, { value, sequence: epoch * EPOCH + ++count, at: Date.now() });
      if (navigator.onLine === false) tell("waiting");
      post.later(wait);
    };
    /* What waited on this device is newer than what the server gave, or is dropped. */
    const restore = part => {
      const waiting = box.all().find(([item]) => item === part.dataset.item);
      if (waiting && waiting[1].sequence > +part.dataset.sequence) write(part, waiting[1].value);
      else if (waiting) box.drop(part.dataset.item, +part.dataset.sequence);
      const given = "offline" in document.body.dataset && box.given(part.dataset.item);
      if (given && !waiting && given.sequence > +part.dataset.sequence) write(part, given.value);
      known.set(part, JSON.stringify(read(part)));
      mark(part);
    };
    for (const part of parts) { movable(part, words, announce, one => changed(one, 300)); restore(part); }
    items.addEventListener("input", e => { const part = e.target.closest(".sit-item"); changed(part, e.target.matches("textarea, [type=text]") ? 900 : 200); });
    items.addEventListener("change", e => changed(e.target.closest(".sit-item"), 200));

    const leave = async go => {
      changed(current, 0);
      if (!box.size() || await post.empty() || await post.empty()) go();
      else notice(words.stay);
    };
    const step = by => {
      changed(current, 50);
      const next = parts[parts.indexOf(current) + by];
      if (next) show(next, true); else if (by > 0) leave(() => location.assign(words.handIn));
    };
    form.addEventListener("submit", e => {
      e.preventDefault(); e.stopPropagation();
      const press = e.submitter;
      if (press && press.name === "clear") { if (!closed) { write(current, {}); changed(current, 200); } } else step(press && press.value === "back" ? -1 : 1);
    });
    root.addEventListener("click", e => {
      const link = e.target.closest("[data-to]");
      if (!link) return;
      e.preventDefault(); changed(current, 50);
      show(parts.find(p => p.dataset.item === link.dataset.to), true);
    });
    flag.hidden = false;
    flag.addEventListener("click", () => {
      const item = current.dataset.item;
      flags.has(item) ? flags.delete(item) : flags.add(item);
      try { localStorage.setItem("sitting-flags:" + words.token, JSON.stringify([...flags])); } catch (e) { /* private mode */ }
      flag.setAttribute("aria-pressed", flags.has(item)); mark(current);
    });
    document.addEventListener("keydown", e => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); step(e.shiftKey ? -1 : 1); } });
    all("a[data-sitting-leave]").forEach(a => a.addEventListener("click", e => { e.preventDefault(); leave(() => location.assign(a.href)); }));
    all("form[data-sitting-leave]").forEach(f => f.addEventListener("submit", e => { e.preventDefault(); e.stopPropagation(); leave(() => f.submit()); }));
    addEventListener("offline", () => tell("waiting"));
    addEventListener("beforeunload", e => { if (box.size() && !box.works) e.preventDefault(); });
    addEventListener("pageshow", e => { if (e.persisted) location.reload(); });

    /* Other tabs of this browser hear at once that this one was opened. */
    if ("BroadcastChannel" in window) {
      const air = new BroadcastChannel("sitting:" + words.token);
      air.onmessage = e => { if (e.data === "open") { post.send(); taken(); air.postMessage("gave"); } else if (!closed) { notice(words.here); box.load(); parts.forEach(restore); } };
      air.postMessage("open");
    }

    const face = $("[data-clock]"), time = face && watch(face, words, notice, finish);
    show(current, false);
    post.send();
  };

  /* Pages around it: what still waits is sent before the last press; a finished sitting leaves nothing on the device. */
  const settle = (place, url, token) => {
    const box = queue(token), words = place.dataset, line = $("[data-state]", place);
    if (!url) { if (line && box.size()) line.textContent = words.lateRefused.replace("{n}", box.size()); box.clear(); return null; }
    let refused = 0, late = 0, why = "";
    const post = sender(url, box, () => "0-late", (kind, body) => {
      if (kind === "closed") { refused += box.size(); why = body.sentence; box.clear(); }
      if (kind === "kept") { late += Object.keys(body.kept).length; refused += Object.keys(body.refused).length; why = Object.values(body.refused)[0] || why; }
      if (line) line.textContent = box.size() ? words.late.replace("{n}", box.size()) : refused ? [words.lateRefused.replace("{n}", refused), why].join(" ") : late ? words.lateDone : "";
    });
    post.send();
    return post;
  };
  const root = $("#sitting"), end = $("[data-sitting-over]"), around = $("[data-sitting-flush]");
  if (root) run(root);
  else if ($("[data-clock]")) watch($("[data-clock]"), {}, () => 0, () => location.reload());
  if (end) settle(end, end.dataset.save, end.dataset.sittingOver);
  if (around) {
    const post = settle(around, around.dataset.sittingFlush, around.dataset.token);
    all("main form").forEach(f => f.addEventListener("submit", async e => { e.preventDefault(); e.stopPropagation(); if (await post.empty() || await post.empty()) f.submit(); }));
  }
})();
