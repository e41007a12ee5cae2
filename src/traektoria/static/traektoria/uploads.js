/* Several files, sent one after another, each with its own progress; the last answer says where to go. */
(() => {
  "use strict";
  const words = document.body.dataset, $ = (s, r = document) => r.querySelector(s);
  const one = (form, input, file, bar) => new Promise(done => {
    const data = new FormData(form), xhr = new XMLHttpRequest();
    data.delete(input.name); data.append(input.name, file); data.append("part", "1");
    xhr.upload.onprogress = p => { if (p.lengthComputable) { bar.max = p.total; bar.value = p.loaded; } };
    xhr.onload = xhr.onerror = () => done(xhr);
    xhr.open("POST", form.action);
    xhr.setRequestHeader("X-CSRFToken", $("[name=csrfmiddlewaretoken]", form).value);
    xhr.send(data);
  });
  document.addEventListener("submit", async e => {
    const form = e.target, input = $("input[type=file]", form);
    if (!("upload" in form.dataset) || !input || input.files.length < 2) return;
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
    delete form.dataset.busy;
    if (!bad && last) location.assign(last);
  });
})();
