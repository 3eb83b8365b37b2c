// Keeps the page behind the square for when there is no net. The lines above name the files; a changed one makes the
// phone fetch all of them anew at its next visit. Keys and lists are kept by the page itself.
addEventListener("install", (event) => {
  const files = FILES.map((file) => new Request(file, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(files)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const older = (name) => name.startsWith("scan-") && name !== SHELL;
  const cleared = caches.keys().then((names) => Promise.all(names.filter(older).map((name) => caches.delete(name))));
  event.waitUntil(cleared.then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method !== "GET" || !FILES.includes(new URL(url).pathname)) return;
  event.respondWith(caches.open(SHELL).then((shell) => shell.match(new URL(url).pathname)).then((kept) => kept ?? fetch(event.request)));
});
