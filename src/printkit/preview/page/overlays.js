// What lies over a page: the grid, slots, stories with their fit, the reading order, marks of findings. Each can be switched off.

import { grab } from "./drag.js";
import { choose, on, state, tell } from "./state.js";
import { fitWords, say } from "./words.js";

const VIEWS = ["grid", "slots", "stories", "order", "marks", "ink"];
const shown = new Set(JSON.parse(localStorage.getItem("printkit-views") ?? '["marks"]'));
const SVG = "http://www.w3.org/2000/svg";

export function layOver(over, page) {
  const chosen = over.contains(document.activeElement) ? document.activeElement.dataset.story : null;
  over.replaceChildren();
  if (!page.width) return;
  over.append(gridOf(page), ...page.slots.filter((slot) => slot.free || !page.auto).map((slot) => slotOf(slot, page)));
  page.stories.forEach((story, index) => over.append(storyOf(story, index, page)));
  markOver(over, page);
  if (shown.has("ink")) inkLater();
  if (chosen) over.querySelector(`[data-story="${CSS.escape(chosen)}"]`)?.focus();
}

/** Mark the places of a page's findings. */
export function markOver(over, page) {
  for (const mark of over.querySelectorAll(".mark")) mark.remove();
  for (const one of state.edition?.findings ?? []) if (one.page === page.number && one.bbox && page.width) over.append(markOf(one, page));
}

/** Lay the plates' total ink over a page that is in view; a press file is made for it, so it is asked for where it is looked at. */
async function inkOver(over, page) {
  over.querySelector(".ink")?.remove();
  if (!shown.has("ink") || !page.revision || page.state !== "ready" || !isSeen(over)) return;
  const address = `/ink/${encodeURIComponent(page.number)}.png?revision=${page.revision}`;
  const image = Object.assign(document.createElement("img"), { className: "ink", alt: "" });
  over.append(image);
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) image.src = address;
  else {
    image.remove();
    const { refused } = (await answer?.json().catch(() => null)) ?? {};
    if (refused) tell("refused", refused);
  }
}

function isSeen(over) {
  const box = over.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

const pages = document.getElementById("pages");
function inkEverywhere() {
  for (const over of pages.querySelectorAll(".over"))
    if (!shown.has("ink") || !over.querySelector(".ink")) {
      const page = state.pages.get(over.parentElement.dataset.number);
      if (page) inkOver(over, page);
    }
}

let inking = 0;
/** Ask once nothing has moved for a moment: saves in a row, and a page that is only passed by, cost nothing. */
function inkLater() {
  clearTimeout(inking);
  inking = setTimeout(inkEverywhere, 400);
}
pages.addEventListener("scroll", () => shown.has("ink") && inkLater());

function put(element, [x, y, wide, high], page) {
  element.style.left = `${(100 * x) / page.width}%`;
  element.style.top = `${(100 * y) / page.height}%`;
  element.style.width = `${(100 * wide) / page.width}%`;
  element.style.height = `${(100 * high) / page.height}%`;
  return element;
}

function gridOf(page) {
  const { rect, columns, column, gutter, leading, rows } = page.grid;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "grid");
  svg.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
  svg.setAttribute("aria-hidden", "true");
  const add = (name, given, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    svg.append(element);
  };
  for (let index = 0; index < columns; index++)
    add("rect", { x: rect[0] + index * (column + gutter), y: rect[1], width: column, height: rect[3], class: "column" });
  for (let row = 0; row <= rows; row++) {
    const y = rect[1] + row * leading;
    const isTenth = row % 10 === 0;
    add("line", { x1: rect[0], x2: rect[0] + rect[2], y1: y, y2: y, class: isTenth ? "tenth" : "row" });
    if (row && row % 5 === 0) add("text", { x: rect[0] - 4, y: y - leading * 0.25, class: "number" }, String(row));
  }
  return svg;
}

function slotOf(slot, page) {
  const element = put(document.createElement("div"), slot.rect, page);
  element.className = `slot${slot.free ? " free" : ""}`;
  element.dataset.slot = slot.name;
  element.dataset.many = slot.many;
  const rows = Math.round(slot.rect[3] / page.grid.leading);
  const columns = slot.columns ?? Math.round((slot.rect[2] + page.grid.gutter) / (page.grid.column + page.grid.gutter));
  element.innerHTML = `<span></span>`;
  element.firstChild.textContent = `${slot.name} · ${columns}×${rows}${slot.free ? ` · ${say("free")}` : ""}`;
  return element;
}

function storyOf(story, index, page) {
  const element = put(document.createElement("button"), story.rect, page);
  element.type = "button";
  element.className = "story";
  Object.assign(element.dataset, {
    story: story.anchor,
    over: story.over[1],
    under: story.under[1],
    fit: story.over[0] ? "over" : story.under[0] ? "under" : "closed",
  });
  const words = story.is_ad ? `${say("ad")}${story.size ? ` ${story.size.join("×")} mm` : ""}` : fitWords(story);
  element.setAttribute("aria-pressed", String(state.chosen === story.anchor));
  element.innerHTML = `<span class="hidden"></span> <span class="fit"></span> <span class="turn"></span>`;
  element.querySelector(".hidden").textContent = `${story.title}, ${words}`;
  element.querySelector(".fit").textContent = words;
  element.querySelector(".turn").textContent = index + 1;
  element.title = story.title;
  element.addEventListener("click", () => choose(story.anchor));
  grab(element, story, page);
  return element;
}

function markOf(finding, page) {
  const [left, top, right, bottom] = finding.bbox;
  const element = put(document.createElement("div"), [left, top, right - left, bottom - top], page);
  element.className = `mark ${finding.severity}`;
  return element;
}

for (const view of VIEWS) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.view = view;
  button.textContent = say(view);
  const show = () => {
    button.setAttribute("aria-pressed", String(shown.has(view)));
    document.body.classList.toggle(`with-${view}`, shown.has(view));
  };
  button.addEventListener("click", () => {
    shown.has(view) ? shown.delete(view) : shown.add(view);
    localStorage.setItem("printkit-views", JSON.stringify([...shown]));
    show();
    if (view === "ink") inkEverywhere();
  });
  show();
  document.getElementById("views").append(button);
}

on("chosen", (anchor) => {
  for (const element of document.querySelectorAll(".story")) element.setAttribute("aria-pressed", String(element.dataset.story === anchor));
});
