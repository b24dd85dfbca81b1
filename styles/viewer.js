// The full view: a page, or two facing ones, as large as one likes, with its hot areas; the other pages by strip, keys and finger.
// site.js loads it when it is asked for. pages.js of the issue tells the pages: printkitPages([…]), addresses from its folder.
(() => {
  "use strict";
  const { root, beside, say } = window.printkit;
  const KEY = "printkit-pages-beside";
  const BODY = 9; // points of the type that is read
  const READ_AT = 15; // of the screen's own pixels, where a double tap leads
  const STEP = 1.3;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let pages = [], base = "";

  const make = (tag, className, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const button = (label, text, act, className = "") => {
    const made = make("button", className, { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", act);
    return made;
  };

  // --- what stands on the glass ---

  const title = make("h2", "", { id: "viewer-title", tabindex: "-1", autofocus: "" });
  const scale = make("output", "scale", { "aria-label": "放大" });
  const both = button("两版并排", "两版", () => choosePair(!pair()), "both");
  const full = button("全屏", "全屏", () => (document.fullscreenElement ? document.exitFullscreen() : dialog.requestFullscreen()), "full");
  full.hidden = !document.fullscreenEnabled;
  const board = make("div", "board");
  const stage = make("div", "stage", {}, board);
  const before = button("上一版", "‹", () => turn(-1), "way before");
  const after = button("下一版", "›", () => turn(1), "way after");
  const strip = make("ol", "pages-strip", { "aria-label": "各版" });
  const dialog = make("dialog", "viewer", { "aria-labelledby": "viewer-title" },
    make("div", "controls", {}, title,
      make("div", "tools", {},
        button("缩小", "−", () => zoomBy(1 / STEP)), scale, button("放大", "+", () => zoomBy(STEP)),
        button("整版", "整版", () => fit(true), "whole"), both, full, button("关闭", "关闭", () => dialog.close(), "close"))),
    make("div", "middle", {}, stage, before, after),
    strip);

  // --- which pages ---

  let shown = []; // indexes
  let leaves = []; // {page, box, sharp, left, width}: left and width in heights of the board
  let wide = 1; // the board's width in its heights
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const pair = () => {
    const told = chosen();
    return told ? told === "two" : stage.clientWidth >= 900 && stage.clientWidth > 1.2 * stage.clientHeight;
  };
  const choosePair = (two) => {
    try {
      localStorage.setItem(KEY, two ? "two" : "one");
    } catch {
      // a browser that keeps nothing
    }
    show(shown[0]);
  };
  const groups = () => {
    // As the paper is held: the front alone, then facing pages; a spread is two already.
    const found = [];
    for (let index = 0; index < pages.length; index += found.at(-1).length) {
      const facing = pair() && index > 0 && index + 1 < pages.length && !pages[index].spread && !pages[index + 1].spread;
      found.push(facing ? [index, index + 1] : [index]);
    }
    return found;
  };
  const turn = (step) => {
    const all = groups(), next = all[all.findIndex((group) => group.includes(shown[0])) + step];
    if (next) return show(next[0]);
    const issue = beside[step > 0 ? "next" : "prev"];
    if (issue) location.href = `${issue}#read`;
    else say(step > 0 ? "已是最新一期的最后一版" : "已是最早一期的第一版");
  };
  const show = (index) => {
    shown = groups().find((group) => group.includes(index));
    board.replaceChildren();
    wide = 0;
    leaves = shown.map((one) => {
      const page = pages[one], width = page.size[0] / page.size[1];
      const leaf = { page, box: leafOf(page), left: wide, width, sharp: 0 };
      wide += width;
      return leaf;
    });
    for (const { box, left, width } of leaves) {
      Object.assign(box.style, { left: `${(100 * left) / wide}%`, width: `${(100 * width) / wide}%` });
      board.append(box);
    }
    title.textContent = shown.map((one) => pages[one].label).join("　");
    both.setAttribute("aria-pressed", String(pair()));
    [...strip.children].forEach((item, one) => {
      const link = item.firstChild, isShown = shown.includes(one);
      if (isShown) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      if (one === shown[0]) strip.scrollTo({ left: item.offsetLeft - strip.clientWidth / 2 + item.clientWidth / 2 });
    });
    fit(false);
    keep();
  };
  const leafOf = (page) => {
    const box = make("div", "leaf");
    const SVG = "http://www.w3.org/2000/svg";
    const areas = document.createElementNS(SVG, "svg");
    areas.setAttribute("class", "areas");
    areas.setAttribute("viewBox", `0 0 ${page.size[0]} ${page.size[1]}`);
    areas.setAttribute("preserveAspectRatio", "none");
    for (const [, href, name, polygons] of page.areas) {
      const link = document.createElementNS(SVG, "a");
      link.setAttribute("href", base + href);
      link.setAttribute("aria-label", name);
      const told = document.createElementNS(SVG, "title");
      told.textContent = name;
      link.append(told);
      for (const points of polygons) {
        const polygon = document.createElementNS(SVG, "polygon");
        polygon.setAttribute("points", points);
        link.append(polygon);
      }
      link.addEventListener("focus", () => {
        if (link.matches(":focus-visible")) uncover(link.getBoundingClientRect()); // by keys, not under the mouse
      });
      areas.append(link);
    }
    box.append(areas);
    return box;
  };

  // --- pictures as sharp as the glass ---

  let webp = true; // until one does not come: what a browser can write, as Safari cannot, tells nothing of what it reads
  const image = (src, className) => make("img", className, { src: base + src, alt: "", draggable: "false" });
  const sharpen = () => {
    const dots = k * devicePixelRatio, glass = stage.getBoundingClientRect();
    for (const leaf of leaves) {
      const { page, box } = leaf, needed = dots * leaf.width;
      const sources = webp ? page.webp : page.jpg;
      const [src, width] = sources.find(([, one]) => one >= needed * 0.95) ?? sources.at(-1);
      if (width > leaf.sharp) {
        leaf.sharp = width;
        const picture = image(src, "sheet");
        // What is there stays until the sharper one is.
        picture.addEventListener("load", () => {
          for (const old of box.querySelectorAll(".sheet")) if (old !== picture) old.remove();
        });
        picture.addEventListener("error", () => {
          picture.remove();
          if (!src.endsWith(".webp") || !page.jpg.length) return;
          webp = false;
          leaf.sharp = 0;
          sharpen();
        });
        box.insertBefore(picture, box.querySelector(".tile, .areas"));
      }
      if (!webp || needed <= sources.at(-1)[1] * 1.1) continue;
      const { size, side, rows } = page.tiles, place = box.getBoundingClientRect(), point = place.width / size[0];
      rows.forEach((row, y) => row.forEach((name, x) => {
        const left = place.left + x * side[0] * point, top = place.top + y * side[1] * point;
        const seen = left < glass.right && left + side[0] * point > glass.left && top < glass.bottom && top + side[1] * point > glass.top;
        leaf.tiles ??= new Set();
        if (!seen || leaf.tiles.has(name)) return;
        leaf.tiles.add(name);
        const tile = image(name, "tile");
        tile.addEventListener("error", () => tile.remove());
        const share = (part, whole) => `${(100 * part) / whole}%`;
        Object.assign(tile.style, {
          left: share(x * side[0], size[0]),
          top: share(y * side[1], size[1]),
          width: share(Math.min(side[0], size[0] - x * side[0]), size[0]),
          height: share(Math.min(side[1], size[1] - y * side[1]), size[1]),
        });
        box.insertBefore(tile, box.querySelector(".areas"));
      }));
    }
  };
  let settling = 0;
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(() => { sharpen(); keep(); }, 120);
  };

  // --- where it stands: the board's height in pixels, and its corner on the stage ---

  let k = 1, tx = 0, ty = 0;
  const points = () => leaves[0].page.size[1];
  const least = () => Math.min((stage.clientWidth - 16) / wide, stage.clientHeight - 16);
  const most = () => Math.max(least(), (2 * leaves[0].page.tiles.size[1]) / devicePixelRatio, (2 * READ_AT * points()) / BODY);
  const isWhole = () => k <= least() * 1.01;
  const place = () => {
    k = Math.min(Math.max(k, least()), most());
    const inside = (at, size, room) => (size <= room ? (room - size) / 2 : Math.min(Math.max(at, room - size - 24), 24));
    tx = inside(tx, k * wide, stage.clientWidth);
    ty = inside(ty, k, stage.clientHeight);
    aim = 0;
    draw();
  };
  const draw = () => {
    Object.assign(board.style, { width: `${k * wide}px`, height: `${k}px`, transform: `translate(${tx}px, ${ty}px)` });
    scale.textContent = `${Math.round((100 * k) / least())}%`;
    stage.classList.toggle("whole", isWhole());
    settle();
  };
  let moving = 0, aim = 0; // the size that is on its way: who presses + three times wants three steps
  const glide = (to) => {
    cancelAnimationFrame(moving);
    aim = to.k;
    const from = { k, tx, ty };
    if (calm) {
      ({ k, tx, ty } = to);
      return place();
    }
    let start = null;
    const frame = (now) => {
      start ??= now;
      const share = Math.min((now - start) / 180, 1), eased = 1 - (1 - share) ** 3;
      const between = (a, b) => a + (b - a) * eased;
      [k, tx, ty] = [between(from.k, to.k), between(from.tx, to.tx), between(from.ty, to.ty)];
      if (share < 1) {
        draw();
        moving = requestAnimationFrame(frame);
      } else place();
    };
    moving = requestAnimationFrame(frame);
  };
  const fit = (smooth) => {
    const to = { k: least(), tx: (stage.clientWidth - least() * wide) / 2, ty: (stage.clientHeight - least()) / 2 };
    if (smooth) return glide(to);
    cancelAnimationFrame(moving);
    ({ k, tx, ty } = to);
    place();
  };
  const about = (to, x, y) => {
    // The point under x, y stays there.
    const next = Math.min(Math.max(to, least()), most()), ratio = next / k;
    return { k: next, tx: x - (x - tx) * ratio, ty: y - (y - ty) * ratio };
  };
  const zoomBy = (factor) => glide(about((aim || k) * factor, stage.clientWidth / 2, stage.clientHeight / 2));
  const pan = (x, y) => {
    tx += x;
    ty += y;
    place();
  };
  const uncover = (rect) => {
    const glass = stage.getBoundingClientRect();
    const off = (from, to, low, high) => (from < low ? low - from + 12 : to > high ? Math.max(high - to - 12, low - from + 12) : 0);
    pan(off(rect.left, rect.right, glass.left, glass.right), off(rect.top, rect.bottom, glass.top, glass.bottom));
  };

  // --- wheel, finger, mouse ---

  const on = (event) => {
    const glass = stage.getBoundingClientRect();
    return [event.clientX - glass.left, event.clientY - glass.top];
  };
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    cancelAnimationFrame(moving);
    const turned = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    ({ k, tx, ty } = about(k * Math.exp(-turned * (event.ctrlKey ? 0.01 : 0.0015)), ...on(event)));
    place();
  }, { passive: false });

  // A hot area is a link, and a mouse would carry it off.
  stage.addEventListener("dragstart", (event) => event.preventDefault());

  const fingers = new Map();
  let first = null, last = null, speed = [0, 0], pinched = false, tapped = null, waiting = 0;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser's own ways with a link
    cancelAnimationFrame(moving);
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, on(event));
    if (fingers.size === 1) {
      first = { at: on(event), time: event.timeStamp, area: event.target.closest("a") };
      last = event.timeStamp;
      speed = [0, 0];
      pinched = false;
    } else pinched = true;
  });
  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const was = fingers.get(event.pointerId), is = on(event);
    if (fingers.size === 1) {
      const [x, y] = [is[0] - was[0], is[1] - was[1]], time = Math.max(event.timeStamp - last, 1);
      speed = [x / time, y / time];
      last = event.timeStamp;
      if (isWhole() && !pinched) {
        tx += x; // it follows the finger, and is turned or goes back
        draw();
      } else pan(x, y);
    } else if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
      const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]), middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const [from, to] = [middle(was, other), middle(is, other)];
      ({ k, tx, ty } = about((k * apart(is, other)) / Math.max(apart(was, other), 1), ...from));
      tx += to[0] - from[0];
      ty += to[1] - from[1];
      place();
    }
    fingers.set(event.pointerId, is);
  });
  const lift = (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    const is = on(event), moved = [is[0] - first.at[0], is[1] - first.at[1]];
    if (pinched) return place();
    if (event.type === "pointerup" && Math.hypot(...moved) < 8) return tap(is, event.timeStamp);
    if (isWhole()) {
      if (Math.abs(moved[0]) > 50 && Math.abs(moved[0]) > 1.5 * Math.abs(moved[1])) turn(moved[0] < 0 ? 1 : -1);
      else fit(true);
    } else if (!calm && event.timeStamp - last < 60 && Math.hypot(...speed) > 0.3) {
      glide({ k, tx: tx + speed[0] * 160, ty: ty + speed[1] * 160 });
    }
  };
  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);
  const tap = (at, time) => {
    clearTimeout(waiting);
    if (tapped && time - tapped.time < 320 && Math.hypot(at[0] - tapped.at[0], at[1] - tapped.at[1]) < 30) {
      tapped = null;
      const reading = (READ_AT * points()) / BODY;
      return k < reading * 0.9 ? glide(about(reading, ...at)) : fit(true);
    }
    tapped = { at, time };
    const { area } = first;
    if (area) waiting = setTimeout(() => { location.href = area.getAttribute("href"); }, 320);
  };
  // The browser's own click behind a tap is answered above; one by keys has no place.
  stage.addEventListener("click", (event) => {
    if (event.detail > 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) event.preventDefault();
  });

  // Of the whole document: a click on the page's picture takes the focus out of the dialog.
  document.addEventListener("keydown", (event) => {
    if (!dialog.open || event.altKey || event.ctrlKey || event.metaKey) return;
    const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const acts = {
      "+": () => zoomBy(STEP), "=": () => zoomBy(STEP), "-": () => zoomBy(1 / STEP), _: () => zoomBy(1 / STEP), 0: () => fit(true),
      PageDown: () => turn(1), PageUp: () => turn(-1), Home: () => show(0), End: () => show(pages.length - 1),
    };
    if (way && isWhole() && way[0]) turn(-way[0]);
    else if (way) pan(way[0] * 90, way[1] * 90);
    else if (Object.hasOwn(acts, event.key)) acts[event.key]();
    else return;
    event.preventDefault();
  }, true);
  let resizing = 0;
  addEventListener("resize", () => {
    if (!dialog.open) return;
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => (isWhole() || groups().every((group) => String(group) !== String(shown)) ? show(shown[0]) : place()));
  });

  // --- opened, closed, and found again on the way back ---

  const name = () => location.pathname.split("/").at(-1);
  const here = () => Math.max(pages.findIndex((page) => page.href === name()), 0);
  const keep = () => {
    if (!dialog.open || location.hash !== "#read") return;
    try {
      history.replaceState({ page: shown[0], k, tx, ty }, "");
    } catch {
      // a browser that keeps nothing of a folder's pages, or not so often
    }
  };
  const open = () => {
    const kept = location.hash === "#read" ? history.state : null;
    if (location.hash !== "#read") location.hash = "read";
    if (dialog.open) return;
    root.classList.add("reading");
    dialog.showModal();
    show(kept?.page < pages.length ? kept.page : here());
    if (kept?.k > least()) {
      ({ k, tx, ty } = kept);
      place();
    }
  };
  dialog.addEventListener("close", () => {
    root.classList.remove("reading");
    if (document.fullscreenElement) document.exitFullscreen();
    const index = shown[0];
    if (location.hash === "#read") history.replaceState(null, "", location.href.split("#")[0]);
    if (index !== here()) location.href = base + pages[index].href;
  });
  addEventListener("hashchange", () => {
    if (location.hash === "#read") open();
    else if (dialog.open) dialog.close();
  });
  window.printkit.read = open;
  window.printkitPages = (told) => {
    base = new URL(".", document.currentScript.src).href;
    pages = told;
    pages.forEach((page, index) => {
      const link = button(page.label, "", () => show(index));
      link.append(make("img", "", { src: base + page.small, alt: "", loading: "lazy" }), make("span", "", {}, page.label));
      strip.append(make("li", "", {}, link));
    });
    document.body.append(dialog);
  };
})();
