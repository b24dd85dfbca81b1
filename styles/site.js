// The site's script: aids only. Everything can be read and reached without it.
(() => {
  "use strict";

  // A title and its shape on the page light each other. The list is the real navigation; the picture is an aid.
  const marked = document.querySelectorAll("[data-story]");
  const light = (story, on) => {
    for (const element of marked) {
      if (element.dataset.story === story) element.classList.toggle("lit", on);
    }
  };
  for (const element of marked) {
    const story = element.dataset.story;
    for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, () => light(story, true));
    for (const name of ["pointerleave", "focusout"]) element.addEventListener(name, () => light(story, false));
  }

  // Arrow keys turn pages, unless they are used for something: in a field, with another key, inside what scrolls.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const target = event.target;
    if (!way || (target instanceof Element && target.closest("input, select, textarea, [contenteditable], .table"))) return;
    const link = document.querySelector(`.turn a[rel="${way}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });

  // Type size, remembered as far as the browser lets a site remember.
  const sizes = document.querySelector(".sizes");
  if (!sizes) return;
  const KEY = "printkit-type-size";
  const buttons = [...sizes.querySelectorAll("button")];
  const set = (size) => {
    document.documentElement.dataset.size = size;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.size === size));
  };
  let kept = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // a browser that keeps nothing still changes the size of this page
  }
  set(buttons.some((button) => button.dataset.size === kept) ? kept : "medium");
  sizes.hidden = false;
  for (const button of buttons) {
    button.addEventListener("click", () => {
      set(button.dataset.size);
      try {
        localStorage.setItem(KEY, button.dataset.size);
      } catch {
        // as above
      }
    });
  }
})();
