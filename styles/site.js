// The site's script: aids only. Everything can be read and reached without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // The last issues without a network, where the paper wants that.
  if (root.dataset.worker && location.protocol === "https:" && navigator.serviceWorker) {
    navigator.serviceWorker.register(root.dataset.worker).catch(() => {});
  }

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

  // Arrow keys and a finger turn pages, unless they are used for something: in a field, with another key, inside what scrolls.
  const turn = (way) => {
    const link = document.querySelector(`.turn a[rel="${way}"][href]`);
    if (link) link.click();
    return Boolean(link);
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const target = event.target;
    if (!way || (target instanceof Element && target.closest("input, select, textarea, [contenteditable], .table"))) return;
    if (turn(way)) event.preventDefault();
  });
  const sheet = document.querySelector(".page-picture");
  if (sheet) {
    // Touches and not pointers: the browser goes on scrolling and zooming by itself, and tells of these all the same.
    let from = null;
    sheet.addEventListener("touchstart", (event) => {
      from = event.touches.length === 1 ? event.touches[0] : null;
    }, { passive: true });
    sheet.addEventListener("touchend", (event) => {
      if (!from || event.touches.length || (window.visualViewport && visualViewport.scale > 1.05)) return;
      const to = event.changedTouches[0], [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
      from = null;
      if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) turn(x > 0 ? "prev" : "next");
    }, { passive: true });
  }

  // The issues beside this one: known when they are added, so that a script of the archive tells them.
  const beside = {};
  window.printkitIssue = (told) => {
    const base = new URL("../../", document.currentScript.src);
    for (const link of document.querySelectorAll("[data-issue]")) {
      const way = link.dataset.issue, issue = told[way], to = link.querySelector(".to");
      if (issue) {
        beside[way] = link.href = new URL(issue[0], base).href;
        to.textContent = issue[1];
      } else {
        const off = document.createElement("span");
        off.className = `${link.className} off`;
        off.append(...link.childNodes);
        to.textContent = way === "prev" ? "已是最早一期" : "已是最新一期";
        link.replaceWith(off);
      }
    }
  };

  // What is chosen for the whole site, remembered as far as the browser lets a site remember.
  const choices = (kind, key) => {
    const buttons = [...document.querySelectorAll(`.settings button[data-${kind}]`)];
    const show = () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset[kind] === root.dataset[kind]));
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        root.dataset[kind] = button.dataset[kind];
        show();
        try {
          localStorage.setItem(key, button.dataset[kind]);
        } catch {
          // a browser that keeps nothing still changes this page
        }
      });
    }
    show();
  };
  choices("size", "printkit-type-size");
  choices("theme", "printkit-theme");
  const settings = document.querySelector(".settings");
  if (settings) {
    document.addEventListener("click", (event) => {
      if (!settings.contains(event.target)) settings.open = false;
    });
    settings.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !settings.open) return;
      settings.open = false;
      settings.querySelector("summary").focus();
    });
  }

  // Tools of a page and of a story; story.js and viewer.js add theirs.
  const said = document.createElement("p");
  said.className = "toast";
  said.setAttribute("role", "status");
  document.body.append(said);
  let fading = 0;
  const say = (text) => {
    (document.querySelector("dialog[open]") ?? document.body).append(said); // only what is in an open dialog is seen
    said.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => { said.textContent = ""; }, 3000);
  };
  const copyOld = (text) => {
    // Without TLS a page has no clipboard of its own; this way is old, and works everywhere.
    const field = document.createElement("textarea");
    field.className = "said";
    field.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  const copy = async (text, done) => {
    let copied = false;
    try {
      await navigator.clipboard.writeText(text);
      copied = true;
    } catch {
      copied = copyOld(text);
    }
    say(copied ? done : "浏览器不让复制，请选中后复制");
  };
  const canonical = document.querySelector('link[rel="canonical"]');
  const address = () => (canonical ? canonical.href : location.href.split("#")[0]);
  const load = (source) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  window.printkit = { root, beside, say, copy, address, load };

  const tool = (name, act) => {
    for (const button of document.querySelectorAll(`[data-tool="${name}"]`)) {
      button.hidden = false;
      button.addEventListener("click", () => act(button));
    }
  };
  window.printkit.tool = tool;
  tool("link", () => copy(address(), "链接已复制"));
  tool("print", () => window.print());
  if (navigator.share) {
    tool("share", async () => {
      try {
        await navigator.share({ title: document.title, url: address() });
      } catch {
        // closed without a choice
      }
    });
  }

  // The full view of the pages comes when it is asked for: by its button, or by an address that ends in #read.
  const zoom = document.querySelector('[data-tool="zoom"]');
  if (!zoom) return;
  let coming = null;
  const open = () => {
    coming ??= new Promise((resolve, reject) => {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = zoom.dataset.sheet;
      style.onload = resolve;
      style.onerror = reject;
      document.head.append(style);
    }).then(() => load(zoom.dataset.script)).then(() => load(zoom.dataset.pages));
    coming.then(() => window.printkit.read(), () => say("打不开，请稍后再试"));
  };
  tool("zoom", open);
  if (location.hash === "#read") open();
})();
