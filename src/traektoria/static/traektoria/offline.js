/* A page that opens without a line: the service worker keeps what the server marks «X-Offline: keep», and its assets.
   Only the newest copy of each such page, only for the account it was made for; a page that comes without the mark (the
   work is handed in, the session has ended) is forgotten at once. docs/adr/0015-answers-that-are-not-lost.md */
"use strict";
const VERSION = "{version}", PAGES = "offline-pages-" + VERSION, ASSETS = "offline-assets-" + VERSION;
const MARK = "X-Offline", WHO = "X-Offline-Account", AT = "X-Offline-At", ANY = { ignoreVary: true };
const bare = url => { const at = new URL(url); return at.origin + at.pathname; };
const sweep = async gone => { for (const name of await caches.keys()) if (name.startsWith("offline-") && gone(name)) await caches.delete(name); };
const forgetAll = () => sweep(() => true);

/* The copy has a time, for clocks on it; another account's copies go before it is kept. */
const keep = async (url, response) => {
  const who = response.headers.get(WHO), headers = new Headers(response.headers), before = await caches.open(PAGES);
  for (const one of await before.keys()) {
    const copy = await before.match(one, ANY);
    if (copy && copy.headers.get(WHO) !== who) { await forgetAll(); break; }
  }
  headers.set(AT, Date.now());
  const body = await response.blob();
  await (await caches.open(PAGES)).put(bare(url), new Response(body, { status: 200, headers }));
};
const forget = async url => (await caches.open(PAGES)).delete(bare(url), ANY);

/* The copy says how many seconds old it is; a page under it leads back to it. */
const kept = async url => {
  const box = await caches.open(PAGES), found = await box.match(bare(url), ANY);
  if (found) {
    const age = Math.max(0, Math.round((Date.now() - +found.headers.get(AT)) / 1000));
    const body = (await found.text()).replace("<body ", "<body data-offline=\"" + age + "\" ");
    return new Response(body, { status: 200, headers: found.headers });
  }
  const above = (await box.keys()).find(one => bare(url).startsWith(one.url));
  return above ? Response.redirect(above.url) : Response.error();
};

const navigate = async event => {
  let response;
  try { response = await fetch(event.request); } catch (e) { return kept(event.request.url); }
  if (response.ok && !response.redirected && response.headers.get(MARK) === "keep") event.waitUntil(keep(event.request.url, response.clone()));
  else if (response.status < 500) event.waitUntil(forget(event.request.url));
  return response;
};

const asset = async event => {
  try {
    const response = await fetch(event.request);
    if (response.ok) { const copy = response.clone(); event.waitUntil(caches.open(ASSETS).then(box => box.put(event.request, copy))); }
    return response;
  } catch (e) { return (await (await caches.open(ASSETS)).match(event.request, ANY)) || Response.error(); }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(sweep(name => name !== PAGES && name !== ASSETS).then(() => self.clients.claim())));
self.addEventListener("fetch", event => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(navigate(event));
  else if (["style", "script", "font", "image"].includes(request.destination)) event.respondWith(asset(event));
});

/* The first time the page and its assets have come before the worker: they are fetched once more, from the browser's cache. */
self.addEventListener("message", event => {
  if (event.data.keep) event.waitUntil((async () => {
    const page = await fetch(event.data.keep, { credentials: "same-origin" }).catch(() => null);
    if (page && page.ok && !page.redirected && page.headers.get(MARK) === "keep") await keep(event.data.keep, page);
    const box = await caches.open(ASSETS);
    await Promise.all(event.data.assets.map(url => box.add(url).catch(() => 0)));
    if (event.source) event.source.postMessage("kept");
  })());
  if (event.data.forget) event.waitUntil(forgetAll());
});
