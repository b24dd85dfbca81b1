// What the reader has chosen, before anything is painted: site.css has the rest.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("script");
  const kept = (key, among) => {
    try {
      const value = localStorage.getItem(key);
      return among.includes(value) ? value : among[0];
    } catch {
      return among[0]; // a browser that keeps nothing
    }
  };
  root.dataset.size = kept("printkit-type-size", ["medium", "small", "large", "huge"]);
  root.dataset.theme = kept("printkit-theme", ["system", "light", "dark"]);
})();
