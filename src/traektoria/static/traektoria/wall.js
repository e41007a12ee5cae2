/* The code on the wall: patterns come from the server ahead of their time and stay on this device, so the wall goes on
   without a line. Nothing here can make a code. Time is the server's: the difference was measured when the page came. */
(() => {
  "use strict";
  const wall = document.querySelector("[data-wall]"), qr = wall && wall.querySelector("[data-qr]");
  if (!qr) return;
  const words = wall.dataset, name = "offline-wall-" + words.date, $ = s => wall.querySelector(s), last = +words.last;
  let kept = { codes: {} };
  try { kept = JSON.parse(localStorage.getItem(name)) || kept; } catch (e) { /* private mode, or no record of ours */ }
  if (!("offline" in document.body.dataset)) kept.ahead = Date.now() - +words.now;
  const step = () => Math.max(+words.first, Math.floor((Date.now() - (kept.ahead || 0)) / +words.step));
  const keep = () => {
    Object.keys(kept.codes).forEach(one => { if (+one < step() - 1) delete kept.codes[one]; });
    try { localStorage.setItem(name, JSON.stringify(kept)); } catch (e) { /* full or private: the page itself has them */ }
  };

  let shown = 0;
  const draw = () => {
    const now = step(), code = kept.codes[now];
    if (now === shown || now > last) return;
    $("[data-short-of]").hidden = !!code || !Object.keys(kept.codes).length;
    if (!code) return;
    const [size, digits, short] = code, bits = [...digits].map(one => parseInt(one, 16).toString(2).padStart(4, "0")).join("");
    let path = "";
    for (let place = 0; place < size * size; place++) if (bits[place] === "1") path += "M" + place % size + " " + Math.floor(place / size) + "h1v1h-1z";
    qr.setAttribute("viewBox", "-4 -4 " + (size + 8) + " " + (size + 8));
    qr.querySelector("path").setAttribute("d", path);
    $("[data-short]").textContent = short; shown = now; words.shown = now;
  };

  /* One answer after another until the end of the date; without a line it is asked again later. */
  const ask = async () => {
    let since = step();
    while (kept.codes[since]) since++;
    if (since > last) return;
    let wait = 15000;
    try {
      const reply = await fetch(words.codes + "?since=" + since, { credentials: "same-origin", redirect: "manual" });
      if (reply.ok) {
        const { codes } = await reply.json();
        codes.forEach(([one, ...code]) => { kept.codes[one] = code; });
        if (codes.length) { wait = 1500; keep(); draw(); }
        words.until = Math.max(0, ...Object.keys(kept.codes).map(Number));
      }
    } catch (e) { /* no line */ }
    setTimeout(ask, wait);
  };
  keep(); draw(); ask();
  setInterval(draw, 500);
})();
