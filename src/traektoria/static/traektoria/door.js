/* The door of an event on a phone: a press is a mark with an id made here, which waits in the outbox (outbox.js) until
   the server has it; offline.js keeps the page. What other phones marked comes with each answer and every 20 seconds. */
(() => {
  "use strict";
  const door = document.querySelector("[data-door]");
  if (!door || !window.Outbox) return;
  const words = door.dataset, group = "door-" + words.date, people = document.querySelector("[data-people]");
  const $ = (s, r = document) => r.querySelector(s), rows = () => [...people.children], find = $("[data-find]");
  const key = text => text.toLocaleLowerCase("ru").replace(/ё/g, "е").replace(/\s+/g, " ").trim();
  const say = (sentence, name) => { $("[data-told]").textContent = (sentence || "").replace("{name}", name || ""); };
  const ids = (name, work) => "g" + key(name) + "|" + key(work);
  const nameOf = row => $("[data-name]", row).textContent, idOf = row => row.dataset.person || ids(nameOf(row), $("[data-work]", row).textContent);
  const idsOf = list => new Set(list.map(String)), early = () => Date.now() - ahead < +words.opens;

  /* What the server said last, and over it what has not been sent yet: the newest press of each. */
  let state = null, pending = new Map();
  const draw = () => {
    const came = state && idsOf(state.came), seats = state && idsOf(state.seats), known = new Map(rows().map(row => [idOf(row), row]));
    const add = (name, work, person) => {
      const id = person || ids(name, work), row = !known.has(id) && $("[data-pattern]").content.firstElementChild.cloneNode(true);
      if (!row) return id;
      $("[data-name]", row).textContent = name; $("[data-work]", row).textContent = work;
      if (person) row.dataset.person = person; else row.dataset.guest = "";
      people.append(row); known.set(id, row); return id;
    };
    const more = state && new Set([...state.others.map(one => add(one[1], one[2], String(one[0]))), ...state.guests.map(one => add(one[0], one[1]))]);
    pending.forEach(one => { if (one.guest) add(one.guest.name, one.guest.work); });
    let here = 0, others = 0;
    for (const [id, row] of known) {
      if (state && row.dataset.person) row.toggleAttribute("data-other", !seats.has(id));
      const mark = pending.get(id), extra = "other" in row.dataset || "guest" in row.dataset;
      const is = mark ? mark.said === "came" : state ? came.has(id) || more.has(id) : "here" in row.dataset;
      row.toggleAttribute("data-here", is); row.toggleAttribute("data-waits", !!mark);
      if (is) extra ? others++ : here++;
    }
    const count = $("[data-count]"), rest = $("[data-more]");
    count.textContent = count.dataset.words.replace("{n}", here).replace("{of}", state ? state.expected : words.rows);
    rest.textContent = rest.dataset.words.replace("{n}", others); rest.hidden = !others;
    sift();
  };
  const look = items => {
    pending = new Map();
    items.filter(one => one.group === group).sort((a, b) => a.at - b.at).forEach(one => {
      const mark = one.json.marks[0];
      pending.set(mark.guest ? ids(mark.guest.name, mark.guest.work) : String(mark.person), mark);
    });
    draw();
  };
  look.kept = item => { if (item.group === group) { state = item.said; if (item.said.warned.length) say(item.said.warned.join(" ")); } };
  Outbox.hear(look);

  /* Time is the server's, as far as a page or an answer of it has said how far this clock goes ahead. */
  let last = 0, ahead = 0;
  const measure = now => { ahead = Date.now() - now; try { localStorage.setItem("door-ahead", ahead); } catch (e) { /* private mode */ } };
  try { ahead = +localStorage.getItem("door-ahead") || 0; } catch (e) { /* private mode */ }
  if (!("offline" in document.body.dataset)) measure(+words.now);
  const press = (said, name, who) => {
    if (early()) { say(words.early); return false; }
    const id = Outbox.random(), at = last = Math.max(Date.now() - ahead, last + 1);
    say(said === "came" ? words.marked : words.off, name);
    Outbox.put({ id, group, order: 1, url: words.save, at: at + ahead, label: name, json: { device: Outbox.device, marks: [{ key: id, said, at, ...who }] } });
    return true;
  };
  const whoIs = row => row.dataset.person ? { person: +row.dataset.person } : { guest: { name: nameOf(row), work: $("[data-work]", row).textContent } };
  people.addEventListener("click", e => {
    const button = e.target.closest("button"), row = e.target.closest("li"), undo = button && button.name.startsWith("undo");
    if (!button) return;
    e.preventDefault();
    if (!undo && "here" in row.dataset) return;
    press(undo ? "undone" : "came", nameOf(row), whoIs(row));
    if (!undo && find.value) { find.value = ""; sift(); find.focus(); }
  });
  $("[data-walk-in]").addEventListener("submit", e => {
    const { name, work } = e.target.elements, guest = { name: name.value.replace(/\s+/g, " ").trim(), work: work.value.replace(/\s+/g, " ").trim() };
    e.preventDefault(); e.stopImmediatePropagation();
    if (guest.name && press("came", guest.name, { guest })) { e.target.reset(); name.focus(); }
  }, true);

  const sift = () => {
    const asked = key(find.value), code = find.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
    for (const row of rows()) {
      const gone = ("other" in row.dataset || "guest" in row.dataset) && !("here" in row.dataset);
      row.hidden = asked ? row.dataset.code !== code && !key(row.textContent).includes(asked) : gone;
    }
  };
  find.hidden = false; find.addEventListener("input", sift);

  /* A ticket is the address of this page with its code: it opens without a line, and who keeps the door confirms. */
  const ticket = () => {
    const code = (location.hash.match(/^#t=(\w+)$/) || [])[1], row = code && rows().find(one => one.dataset.code === code);
    if (!code) return;
    find.value = row ? code : ""; sift(); say(row ? words.ticket : words.stranger, row && nameOf(row));
    if (row) { row.scrollIntoView({ block: "center" }); $("button", row).focus(); }
  };
  addEventListener("hashchange", ticket); ticket();

  const poll = async () => {
    if (document.hidden || !navigator.onLine) return;
    try {
      const reply = await fetch(words.state, { credentials: "same-origin", redirect: "manual" });
      if (reply.ok) { state = await reply.json(); measure(state.now); look(await Outbox.all()); }
      if (state && state.seats.some(one => !people.querySelector(`[data-person="${one}"]`)) && !pending.size && !find.value && !document.activeElement.matches("input")) location.reload();
    } catch (e) { /* no line: what is here stays */ }
  };
  Outbox.all().then(look); poll(); setInterval(poll, 20000);
})();
