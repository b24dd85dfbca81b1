// Stories dragged: to another slot, onto another story to swap, over the grid of an automatic page, out to the list, or from it.

import { ask, edit, state } from "./state.js";
import { fitWords, placeWords, say } from "./words.js";

const FAR = 5;

/** Let a story be dragged from its page; `page` is the one that it stands on. */
export function grab(element, story, page) {
  if (story.part !== 1 || story.is_member) return;
  element.addEventListener("pointerdown", (down) => {
    if (down.button || !state.edition.writable) return;
    const onEdge = page.auto && story.at && isNearCorner(down, element);
    follow(down, story.title, {
      over: (move, ghost) =>
        page.auto && story.at && isOver(move, page.number) ? tryGrid(move, down, story, page, ghost, onEdge) : trySlot(move, story, ghost),
      drop: (up) => (page.auto && story.at && isOver(up, page.number) ? dropOnGrid(up, down, story, page, onEdge) : drop(up, story)),
    });
  });
}

/** Let an article of the list be dragged to a slot. */
export function grabSpare(element, given, title) {
  element.addEventListener("pointerdown", (down) => {
    if (down.button || !state.edition.writable || down.target.closest("select, button")) return;
    follow(down, title, {
      over: () => {},
      drop: (up) => {
        const place = placeUnder(up);
        if (place) placeSpare(given, place);
      },
    });
  });
}

export const placeSpare = (given, place) =>
  edit(given.file ? { do: "place", file: given.file, ...place } : { do: "move", story: given.id, ...place });

function follow(down, title, { over, drop: dropped }) {
  let ghost = null;
  const move = (event) => {
    if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < FAR) return;
    if (!ghost) {
      ghost = document.createElement("div");
      ghost.className = "ghost";
      ghost.textContent = title;
      document.body.append(ghost);
      document.body.classList.add("dragging");
    }
    ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    light(event);
    over(event, ghost);
  };
  const end = (event) => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("keydown", escape);
    // While slots can still be found under the pointer.
    if (ghost && event.type === "pointerup") {
      window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
      setTimeout(() => window.dispatchEvent(new Event("click")));
      dropped(event);
    }
    document.body.classList.remove("dragging");
    for (const lit of document.querySelectorAll(".target")) lit.classList.remove("target");
    document.querySelector(".reach")?.remove();
    ghost?.remove();
  };
  const escape = (event) => event.key === "Escape" && end(event);
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("keydown", escape);
}

const under = (event, kind) => document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches(kind));

function light(event) {
  for (const lit of document.querySelectorAll(".target")) lit.classList.remove("target");
  (under(event, ".story") ?? under(event, ".slot") ?? under(event, ".side"))?.classList.add("target");
}

function placeUnder(event) {
  const number = under(event, ".sheet")?.dataset.number;
  if (!number) return null;
  const page = state.pages.get(number);
  if (page.auto) return { page: number };
  const slot = under(event, ".slot")?.dataset.slot;
  return slot ? { page: number, slot } : null;
}

const isOver = (event, number) => under(event, ".sheet")?.dataset.number === number;

function drop(event, story) {
  if (under(event, ".side")) return edit({ do: "take-out", story: story.id });
  const other = under(event, ".story");
  const slot = under(event, ".slot");
  const place = placeUnder(event);
  if (other && other.dataset.story !== story.anchor && slot?.dataset.many !== "true")
    return edit({ do: "swap", story: story.id, with: other.dataset.story.split(".")[0] });
  if (!place || (place.slot && place.slot === story.slot && state.pages.get(place.page).stories.includes(story))) return null;
  return edit({ do: "move", story: story.id, ...place });
}

// --- the grid of an automatic page ---

function isNearCorner(event, element) {
  const box = element.getBoundingClientRect();
  return box.right - event.clientX < 16 && box.bottom - event.clientY < 16;
}

/** The place on the grid that a story is dragged to, by whole columns and rows. */
function reached(event, down, story, page, isResized) {
  const sheet = document.getElementById(`page-${page.number}`);
  const scale = page.width / sheet.clientWidth;
  const { column, gutter, leading, columns, rows } = page.grid;
  const across = Math.round(((event.clientX - down.clientX) * scale) / (column + gutter));
  const along = Math.round(((event.clientY - down.clientY) * scale) / leading);
  return moved(story.at, isResized ? [0, 0, across, along] : [across, along, 0, 0], columns, rows);
}

export function moved([column, row, wide, high], [right, down, wider, higher], columns, rows) {
  const within = (value, least, most) => Math.max(least, Math.min(value, most));
  const newWide = within(wide + wider, 1, columns - column + 1);
  const newHigh = within(high + higher, 3, rows + 2 - row);
  return [within(column + right, 1, columns - newWide + 1), within(row + down, 1, rows + 2 - newHigh), newWide, newHigh];
}

let isTrying = false;

async function tryGrid(event, down, story, page, ghost, isResized) {
  const at = reached(event, down, story, page, isResized);
  const { rect, column, gutter, leading } = page.grid;
  const over = document.querySelector(`#page-${CSS.escape(page.number)} .over`);
  const reach = document.querySelector(".reach") ?? over.appendChild(Object.assign(document.createElement("div"), { className: "reach" }));
  reach.style.left = `${(100 * (rect[0] + (at[0] - 1) * (column + gutter))) / page.width}%`;
  reach.style.top = `${(100 * (rect[1] + (at[1] - 1) * leading)) / page.height}%`;
  reach.style.width = `${(100 * (at[2] * (column + gutter) - gutter)) / page.width}%`;
  reach.style.height = `${(100 * (at[3] - 1) * leading) / page.height}%`;
  if (isTrying) return;
  isTrying = true;
  const fit = await ask("/api/fit", { story: story.anchor, at }, { isQuiet: true });
  isTrying = false;
  if (fit?.over) ghost.textContent = `${placeWords(at)} · ${fitWords(fit)}`;
}

/** Show how a story would fit in the slot that it is dragged over. */
async function trySlot(event, story, ghost) {
  const place = placeUnder(event);
  const isOut = under(event, ".side");
  const asked = isOut ? "out" : place?.slot && place.slot !== story.slot ? `${place.page} ${place.slot}` : "";
  if (ghost.dataset.place === asked || isTrying) return;
  ghost.dataset.place = asked;
  ghost.textContent = isOut ? `${say("takeOut")} · ${story.title}` : story.title;
  if (!asked || isOut || story.is_ad) return;
  isTrying = true;
  const fit = await ask("/api/fit", { story: story.anchor, ...place }, { isQuiet: true });
  isTrying = false;
  if (fit?.over && ghost.dataset.place === asked) ghost.textContent = `${story.title} · ${fitWords(fit)}`;
}

function dropOnGrid(event, down, story, page, isResized) {
  const at = reached(event, down, story, page, isResized);
  if (String(at) !== String(story.at)) edit({ do: "set", story: story.id, key: "at", value: at });
}
