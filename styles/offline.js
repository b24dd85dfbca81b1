// The last issues without a network, where the paper wants that (`site: {offline: true}`). Before this stands `printkitOffline`: the issues, each
// folder with the hash of its manifest, and the site's own files that their pages need. With each new issue these bytes
// change, so that the browser fetches it; with no issue at all everything kept is let go. The network always comes first.
(() => {
  "use strict";
  const { issues, shell } = printkitOffline;
  const site = self.registration.scope;
  const own = `printkit ${site} `;
  const kept = new Map(issues.map(([folder, hash]) => [`${own}${folder} ${hash}`, folder]));
  // Pages, scripts and stories' pictures; of a page's pictures one width. PDFs, the pieces of the full view and what is sent by WeChat are not kept.
  const wanted = (path) => /^(?!wechat\/|picture\/).*\.(html|js|webp)$/u.test(path) || /^picture\/.*-(144|960)\.webp$/u.test(path);

  const keep = async (name, folder) => {
    if (await caches.has(name)) return;
    const manifest = await fetch(`${site}${folder}manifest.json`, { cache: "no-cache" });
    if (!manifest.ok) throw new Error(`${folder}manifest.json: ${manifest.status}`);
    const paths = (await manifest.json()).files.map((file) => file.path).filter(wanted);
    const cache = await caches.open(name);
    try {
      await cache.addAll(paths.map((path) => site + folder + path.split("/").map(encodeURIComponent).join("/")));
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
  };

  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil((async () => {
      const cache = await caches.open(`${own}shell`);
      await cache.addAll(shell.map((path) => new Request(site + path, { cache: "no-cache" })));
      for (const [name, folder] of kept) await keep(name, folder);
    })());
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil((async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(own) && !kept.has(name) && (name !== `${own}shell` || !issues.length)) await caches.delete(name);
      }
      if (!issues.length) await self.registration.unregister();
    })());
  });

  // A folder is its front page; a width of a picture that is not kept is the one that is.
  const alike = (address) => {
    const url = new URL(address);
    if (url.pathname.endsWith("/")) url.pathname += "index.html";
    url.search = "";
    url.hash = "";
    const picture = url.href.replace(/(\/picture\/[^/]*)-(480|1920)\.(webp|jpg)$/u, "$1-960.webp");
    return [url.href, picture];
  };
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || !request.url.startsWith(site) || !issues.length) return;
    event.respondWith(fetch(request).catch(async () => {
      for (const address of alike(request.url)) {
        const found = await caches.match(address);
        if (found) return found;
      }
      return Response.error();
    }));
  });
})();
