// The pages: thumbnails, large pictures drawn again at the size at which they are shown, and what lies over them.

import { layOver, markOver } from "./overlays.js";
import { ask, on, state } from "./state.js";
import { pageWords, say } from "./words.js";

const LEAST = 1400;
const EAGER = 16;
const GAP = 18;
const USUAL = { width: 270, height: 390 }; // of a page that is not made yet: it takes its room
const pages = document.getElementById("pages");
const thumbs = document.getElementById("thumbs");
const sheets = new Map();
let current = null;
const view = { mode: "whole", zoom: 1, two: false };
const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      entry.target.isNear = entry.isIntersecting;
      if (entry.isIntersecting) draw(entry.target.dataset.number);
    }
  },
  { root: pages, rootMargin: "800px" },
);

function make(number) {
  const sheet = document.createElement("article");
  sheet.className = "sheet";
  sheet.dataset.number = number;
  sheet.id = `page-${number}`;
  sheet.setAttribute("aria-label", pageWords(number));
  sheet.innerHTML = `<img alt=""><div class="over"></div><p class="fault" hidden></p>`;
  const image = sheet.querySelector("img");
  image.dataset.page = number;
  image.dataset.revision = "0";
  image.dataset.state = "waiting";
  image.alt = pageWords(number);
  const thumb = document.createElement("a");
  thumb.className = "thumb";
  thumb.href = `#page-${number}`;
  thumb.innerHTML = `<img alt=""><span class="label"></span><span class="fit"></span>`;
  thumb.addEventListener("click", (event) => {
    event.preventDefault();
    go(number);
  });
  near.observe(sheet);
  const made = { sheet, image, thumb, over: sheet.querySelector(".over"), fault: sheet.querySelector(".fault"), asked: "" };
  sheets.set(number, made);
  return made;
}

export const go = (number) => {
  sheets.get(number)?.sheet.scrollIntoView({ block: "start" });
  show(number);
};

/** Bring a place of a page, in points, into view. */
export function reveal(number, box) {
  const made = sheets.get(number);
  const page = state.pages.get(number);
  if (!made || !page?.width) return;
  const scale = made.sheet.clientWidth / page.width;
  pages.scrollTo({
    top: made.sheet.offsetTop + box[1] * scale - pages.clientHeight / 3,
    left: made.sheet.offsetLeft + box[0] * scale - pages.clientWidth / 3,
  });
  const mark = document.createElement("div");
  mark.className = "found";
  place(mark, box[0], box[1], box[2] - box[0], box[3] - box[1], page);
  made.over.append(mark);
  mark.addEventListener("animationend", () => mark.remove());
}

export function place(element, x, y, wide, high, page) {
  element.style.left = `${(100 * x) / page.width}%`;
  element.style.top = `${(100 * y) / page.height}%`;
  element.style.width = `${(100 * wide) / page.width}%`;
  element.style.height = `${(100 * high) / page.height}%`;
}

export const overlayOf = (number) => sheets.get(number)?.over;

function arrange() {
  const wanted = state.edition.pages;
  for (const [number, made] of sheets) {
    if (wanted.includes(number)) continue;
    made.sheet.remove();
    made.thumb.remove();
    sheets.delete(number);
  }
  for (const number of wanted) {
    const made = sheets.get(number) ?? make(number);
    if (!state.pages.get(number)?.width) size(made, [...state.pages.values()].find((page) => page.width) ?? USUAL);
  }
  if (String([...pages.children].map((sheet) => sheet.dataset.number)) === String(wanted)) return; // what is moved may move all
  for (const number of wanted) {
    pages.append(sheets.get(number).sheet);
    thumbs.append(sheets.get(number).thumb);
  }
}

function update(page) {
  const made = sheets.get(page.number) ?? make(page.number);
  const name = page.name ? `${page.number} ${page.name}` : page.number;
  made.thumb.querySelector(".label").textContent = name;
  made.thumb.querySelector(".fit").textContent = page.width && !page.closed ? short(page) : "";
  made.thumb.dataset.state = page.state;
  made.sheet.dataset.state = page.state;
  made.fault.hidden = page.state !== "fault";
  made.fault.replaceChildren(...page.faults.slice(0, 3).map(faultLine));
  if (page.width) size(made, page);
  layOver(made.over, page);
  mark(made, page);
  draw(page.number);
  for (const anchor of page.changed) flash(made.over, anchor);
}

/** Say of a page's picture whether its files have a fault, and else whether it is the newest. */
function mark(made, page) {
  const isFaulty = state.edition.faults.length || page.state === "fault";
  const isNewest = Number(made.image.dataset.revision) === page.revision;
  made.image.dataset.state = isFaulty ? "fault" : isNewest ? page.state : made.asked ? "loading" : "waiting";
}

const short = (page) => [page.over && `${say("over")}${page.over}`, page.under && `${say("under")}${page.under}`].filter(Boolean).join(" ");

function faultLine(finding) {
  const line = document.createElement("a");
  line.textContent = `${finding.file ?? ""}:${finding.line ?? ""} ${document.documentElement.lang.startsWith("zh") ? finding.message_zh : finding.message}`;
  if (finding.link) line.href = finding.link;
  return line;
}

function flash(over, anchor) {
  const story = over.querySelector(`[data-story="${CSS.escape(anchor)}"]`);
  if (!story) return;
  story.classList.add("lit");
  story.addEventListener("animationend", () => story.classList.remove("lit"), { once: true });
}

/** Have the picture drawn as wide as it is shown; the old one stays until the new is decoded. */
async function draw(number) {
  const made = sheets.get(number);
  const page = state.pages.get(number);
  if (!made || !page?.revision || (state.edition.pages.length > EAGER && !made.sheet.isNear)) return;
  const shown = Math.ceil(made.sheet.clientWidth * devicePixelRatio);
  const width = Math.max(LEAST, Math.ceil(shown / 200) * 200);
  const asked = `${page.revision} ${width}`;
  if (made.asked === asked) return;
  const isNew = Number(made.image.dataset.revision) !== page.revision;
  made.asked = asked;
  mark(made, page);
  const image = new Image();
  image.src = `/page/${encodeURIComponent(number)}.png?revision=${page.revision}&width=${width}`;
  try {
    await image.decode();
  } catch {
    if (made.asked === asked) made.asked = "";
    return;
  }
  if (made.asked !== asked) return; // a later one is on its way
  image.alt = made.image.alt;
  Object.assign(image.dataset, { page: number, revision: String(page.revision) });
  made.image.replaceWith(image);
  made.image = image;
  mark(made, state.pages.get(number) ?? page);
  if (isNew) made.thumb.querySelector("img").src = `/page/${encodeURIComponent(number)}.png?revision=${page.revision}&width=240`;
}

function size(made, page) {
  const across = view.two ? 2 : 1;
  const room = pages.clientWidth - GAP * (across + 1);
  const fit = Math.min(room / across, view.mode === "whole" ? ((pages.clientHeight - 2 * GAP) * page.width) / page.height : Infinity);
  made.sheet.style.width = `${Math.max(120, fit * view.zoom)}px`;
  made.sheet.style.aspectRatio = made.thumb.querySelector("img").style.aspectRatio = `${page.width} / ${page.height}`;
}

function resize() {
  const middle = (pages.scrollTop + pages.clientHeight / 2) / pages.scrollHeight;
  const across = (pages.scrollLeft + pages.clientWidth / 2) / pages.scrollWidth;
  for (const [number, made] of sheets) {
    const page = state.pages.get(number);
    if (page?.width) size(made, page);
  }
  pages.scrollTop = middle * pages.scrollHeight - pages.clientHeight / 2;
  pages.scrollLeft = across * pages.scrollWidth - pages.clientWidth / 2;
  document.getElementById("scale").textContent = `${Math.round(view.zoom * 100)}%`;
  pages.classList.toggle("two", view.two);
  for (const id of ["whole", "wide"]) document.getElementById(id).setAttribute("aria-pressed", String(view.mode === id));
  document.getElementById("two").setAttribute("aria-pressed", String(view.two));
  for (const number of sheets.keys()) draw(number);
}

const set = (changes) => {
  Object.assign(view, changes);
  view.zoom = Math.min(8, Math.max(0.25, view.zoom));
  resize();
};

function show(number) {
  if (number !== current) ask("/api/look", { page: number }, { isQuiet: true }); // it is made before the others
  current = number;
  for (const [one, made] of sheets) made.thumb.toggleAttribute("aria-current", one === number);
}

document.getElementById("smaller").addEventListener("click", () => set({ zoom: view.zoom / 1.25 }));
document.getElementById("larger").addEventListener("click", () => set({ zoom: view.zoom * 1.25 }));
document.getElementById("whole").addEventListener("click", () => set({ mode: "whole", zoom: 1 }));
document.getElementById("wide").addEventListener("click", () => set({ mode: "wide", zoom: 1 }));
document.getElementById("two").addEventListener("click", () => set({ two: !view.two, zoom: 1 }));
pages.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    set({ zoom: view.zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1) });
  },
  { passive: false },
);
pages.addEventListener("scroll", () => {
  const middle = pages.scrollTop + pages.clientHeight / 3;
  const first = [...sheets].find(([, made]) => made.sheet.offsetTop + made.sheet.clientHeight > middle);
  if (first) show(first[0]);
});
new ResizeObserver(resize).observe(pages);
on("edition", () => {
  arrange();
  for (const [number, made] of sheets) {
    if (!state.pages.has(number)) continue;
    mark(made, state.pages.get(number));
    markOver(made.over, state.pages.get(number));
  }
});
on("page", update);

