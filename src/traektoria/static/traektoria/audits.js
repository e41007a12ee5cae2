/* A checklist on a phone: each answer and photo goes through the outbox (outbox.js), offline.js keeps the page. A visit
   that nobody has planned is begun here without a line. Without this file every criterion is a plain form. */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s), all = (s, r = document) => [...r.querySelectorAll(s)];
  const names = ["why", "note", "concerns", "address"], LONGEST = 1600, field = (form, name) => form.elements[name];
  const hex = bytes => [...new Uint8Array(bytes)].map(one => one.toString(16).padStart(2, "0")).join("");
  const { random, device } = Outbox;
  let audit = $("[data-audit]") ? { ...$("[data-audit]").dataset } : null;  // {audit: token, save, attach}

  const fill = (form, said) => {
    all("[name=verdict]", form).forEach(one => { one.checked = one.value === said.verdict; });
    names.forEach(name => { if (field(form, name)) field(form, name).value = said[name] || ""; });
  };
  const answer = form => {
    const chosen = $("[name=verdict]:checked", form), said = { verdict: chosen ? chosen.value : "" };
    names.forEach(name => { if (field(form, name)) said[name] = field(form, name).value; });
    return said;
  };
  const numberOf = form => +form.closest("[data-criterion]").dataset.criterion;
  const mark = () => {
    const asks = all("[data-criterion]");
    asks.forEach(one => one.toggleAttribute("data-seen", !!$("[name=verdict]:checked:not([value=unseen])", one)));
    all("[data-seen-count]").forEach(one => { one.textContent = one.dataset.words.replace("{n}", all("[data-seen]").length).replace("{of}", asks.length); });
  };
  const last = {};
  const touched = form => {
    const said = answer(form), number = numberOf(form);
    if (!audit || !said.verdict || said.verdict === "na" && !said.why.trim()) return;
    const at = last[number] = Math.max(Date.now(), (last[number] || 0) + 1);
    mark();
    Outbox.put({ id: audit.audit + "/" + number, group: audit.audit, order: 1, url: audit.save, at, label: $("h3", form.closest("[data-criterion]")).textContent, json: { device, answers: [{ ...said, criterion: number, sequence: at }] } });
  };

  /* A photo leaves the device small, and as pixels only: no place, no time, no model. */
  const small = async file => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const shot = await createImageBitmap(file, { imageOrientation: "from-image" }), scale = Math.min(1, LONGEST / Math.max(shot.width, shot.height));
      const sheet = document.createElement("canvas"), pen = sheet.getContext("2d");
      sheet.width = Math.round(shot.width * scale); sheet.height = Math.round(shot.height * scale);
      pen.fillStyle = "#fff"; pen.fillRect(0, 0, sheet.width, sheet.height); pen.drawImage(shot, 0, 0, sheet.width, sheet.height);
      return await new Promise(done => sheet.toBlob(done, "image/jpeg", .82)) || file;
    } catch (e) { return file; }
  };
  const show = async (number, item) => {
    const place = $('[data-criterion="' + number + '"] [data-shots]');
    if (!place || $('[data-shot="' + item.id + '"]', place)) return;
    let look = document.createElement("span");
    try {
      const shot = await createImageBitmap(item.blob), side = Math.min(shot.width, shot.height);
      look = document.createElement("canvas"); look.width = look.height = 96;
      look.getContext("2d").drawImage(shot, (shot.width - side) / 2, (shot.height - side) / 2, side, side, 0, 0, 96, 96);
      look.setAttribute("role", "img"); look.setAttribute("aria-label", item.name);
    } catch (e) { look.textContent = item.name; }
    look.dataset.shot = item.id; place.append(look);
  };
  const attach = async input => {
    const number = numberOf(input);
    for (const file of [...input.files]) {
      const blob = await small(file), sha256 = crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())) : random();
      const name = blob === file ? file.name : file.name.replace(/\.\w+$/, "") + ".jpg";
      const item = { id: audit.audit + "/" + number + "/" + sha256, group: audit.audit, order: 2, url: audit.attach, at: Date.now(), label: name, name, blob, fields: { criterion: number, sha256 } };
      await show(number, item);
      await Outbox.put(item);
    }
    input.value = "";
  };

  /* What the device has and the page does not know yet. */
  const restore = async () => {
    for (const one of await Outbox.all()) {
      if (one.group !== audit.audit) continue;
      if (one.blob) await show(one.fields.criterion, one);
      else if (one.json.answers) { const said = one.json.answers[0], part = $('[data-criterion="' + said.criterion + '"]'); if (part) { fill($("form", part), said); last[said.criterion] = one.at; } }
    }
    mark();
  };
  document.addEventListener("change", e => { const form = e.target.closest(".audit-ask form"); if (form) (e.target.type === "file" ? attach : touched)(e.target.type === "file" ? e.target : form); });
  document.addEventListener("submit", e => {
    const form = e.target, ask = form.closest(".audit-ask");
    if (!ask) return;
    const said = answer(form), rows = all(".audit-ask"), wants = !said.verdict ? "verdict" : said.verdict === "na" && !said.why.trim() ? "why" : "";
    e.preventDefault(); e.stopImmediatePropagation();
    if (wants) { all("details", form).forEach(one => { one.open = true; }); $("[name=" + wants + "]", form).focus(); return; }
    touched(form);
    (rows[rows.indexOf(ask) + 1] || $("[data-end]")).scrollIntoView({ block: "start" });
  }, true);

  /* A visit begun here: the checklists are in the page. */
  const start = $("[data-begin]"), words = start && start.dataset, day = at => new Date(at - new Date(at).getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const draw = item => {
    const sheet = JSON.parse(words.sheets)[item.json.kind], place = $("[data-sheet]"), pattern = $("[data-ask]").innerHTML;
    let number = 0;
    audit = { audit: item.group, save: words.save.replace(words.blank, item.group), attach: words.attach.replace(words.blank, item.group) };
    place.replaceChildren(); place.hidden = false; start.hidden = true;
    for (const section of (item.sections || sheet.sections)) {
      const head = document.createElement("h2"); head.textContent = section.title; place.append(head);
      for (const one of section.criteria) {
        const part = document.createElement("div");
        number++; part.innerHTML = pattern.replaceAll("c0", "c" + number);
        const ask = part.firstElementChild;
        ask.dataset.criterion = one.number; $("h3", ask).textContent = number + ". " + one.title;
        const looks = ["yes", "partly", "no"].filter(kind => one[kind + "_looks"]).map(kind => { const li = document.createElement("li"); li.textContent = words[kind] + " " + one[kind + "_looks"]; return li; });
        $("[data-hint]", ask).textContent = one.hint; $("[data-looks]", ask).replaceChildren(...looks);
        if (!one.asks_address) field($("form", ask), "address").closest(".field").remove();
        place.append(ask);
      }
    }
    $("h1").textContent = item.label;
    restore(); scrollTo(0, 0);
  };
  if (start) {
    const begin = $("form", start), address = {};
    begin.addEventListener("submit", async e => {
      const school = field(begin, "school"), kind = field(begin, "kind"), sheet = JSON.parse(words.sheets)[kind.value];
      if (!school.value || !sheet) return;
      e.preventDefault(); e.stopImmediatePropagation();
      const token = random(), at = Date.now(), label = school.selectedOptions[0].text + ", " + kind.selectedOptions[0].text;
      const json = { token, centre: +words.centre, school: +school.value, kind: kind.value, version: sheet.version, day: day(at) };
      const item = { id: token, group: token, order: 0, url: words.url, at, label, json, sections: sheet.sections };
      await Outbox.put(item); draw(item);
    }, true);
    /* Once all of it is there, the page of the audit itself goes on: it opens without a line too. */
    const hear = rows => {
      $("[data-begun]").replaceChildren(...rows.filter(one => !one.order).map(item => {
        const li = document.createElement("li"), open = document.createElement("button");
        open.type = "button"; open.className = "button button--secondary"; open.textContent = item.label;
        open.addEventListener("click", () => draw(item)); li.append(open); return li;
      }));
      $("[data-begun]").closest("section").hidden = !$("[data-begun] li");
      const to = audit && address[audit.audit], typing = document.activeElement.matches("textarea, input:not([type=radio])");
      if (to && !typing && !rows.some(one => one.group === audit.audit)) {
        const place = all(".audit-ask").findIndex(one => one.getBoundingClientRect().bottom > 80);
        location.assign(to + (place > 0 ? "#c" + (place + 1) : ""));
      }
    };
    hear.kept = item => { if (!item.order) address[item.group] = item.said.address; };
    Outbox.hear(hear);
    Outbox.all().then(hear);
  }
  if (audit) restore();
})();
