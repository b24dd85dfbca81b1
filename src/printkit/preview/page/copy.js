// The chosen story: its look, its place, and its copy in plain text fields with 溢/缺 as one types.

import { moved } from "./drag.js";
import { open, placeMenu, places } from "./side.js";
import { ask, edit, on, state, storyOf } from "./state.js";
import { fitWords, pageWords, say } from "./words.js";

const upTo = (most) => ["", ...Array.from({ length: most }, (_, index) => String(index + 1))];
const MENUS = [
  ["level", ["1", "2", "3", "4", "5"]],
  ["frame", ["none", "box", "tint", "lace", "corner", "reverse"]],
  ["direction", ["", "horizontal", "vertical"]],
  ["side", ["", "left", "right"]],
  ["align", ["", "start", "center", "justify"]],
  ["head_columns", upTo(7)],
  ["stretch", ["", "80%", "85%", "90%", "95%", "105%", "110%", "115%", "120%"]],
  ["byline", ["", "head", "tail", "dateline"]],
  ["columns", upTo(7)],
  ["crop", ["", "none"]],
];
const panel = document.getElementById("panel-copy");
let shown = null; // { id, isDirty, changed }
const drafts = new Map(); // what was typed and not saved of a story when another was chosen: { hash, values }
let drawn = ""; // what the panel was made of: a redraw that changes nothing of it leaves it alone
let menu = null; // the menu that may be open: nothing is made anew under it,
let isHeld = false; // nor under a button that the mouse is pressing,
let isStale = false;
const isTyped = () => panel.contains(document.activeElement) && document.activeElement.type === "number"; // nor a figure being typed
const picks = () => [...panel.querySelectorAll(".placing select")]; // what was chosen there is written only by its button

const make = (kind, given = {}, ...inner) => {
  const element = Object.assign(document.createElement(kind), given);
  element.append(...inner);
  return element;
};

async function show(anchor, { keep = false, known = null } = {}) {
  const found = anchor && storyOf(anchor);
  if (!found) {
    leave("");
    panel.replaceChildren(make("p", { className: "dim", textContent: say("pick") }));
    shown = null;
    drawn = "";
    return;
  }
  const { story, page } = found;
  if (keep && shown?.isDirty) return;
  const copy = story.is_ad ? null : (known ?? (await copyOf(story.id)));
  if (state.chosen !== anchor || (keep && shown?.isDirty)) return;
  const made = JSON.stringify([story, page.number, page.auto && page.grid, copy, places(), state.edition.writable]);
  if (keep && made === drawn) return;
  isStale = Boolean(keep && (menu || isHeld || isTyped()));
  if (isStale) return;
  drawn = made;
  leave(story.id);
  const picked = keep ? picks().map((menu) => menu.selectedOptions[0]?.text) : [];
  const { name, selectionStart: from, selectionEnd: to, scrollTop } = panel.contains(document.activeElement) ? document.activeElement : {};
  const top = panel.scrollTop;
  shown = copy && { id: story.id, isDirty: false };
  const head = make("div", { className: "head" }, make("h2", { textContent: story.title }));
  head.append(make("p", { className: "dim", textContent: `${pageWords(page.number)} · ${story.slot} · ${story.file}` }));
  const links = make("p", { className: "links" });
  if (story.link && !story.is_ad) links.append(make("a", { href: story.link, textContent: say("open") }), " ");
  if (story.entry) links.append(make("a", { href: story.entry, textContent: say("entry") }));
  head.append(links);
  panel.replaceChildren(head, ...(state.edition.writable ? [menus(story), placing(story, page)] : []), ...(copy ? [fields(copy, story)] : []));
  panel.scrollTop = top;
  for (const [index, text] of picked.entries()) for (const one of picks()[index]?.options ?? []) one.selected ||= one.text === text;
  const field = name && panel.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!field) return;
  field.focus({ preventScroll: true });
  if (typeof from === "number") field.setSelectionRange(from, to); // the writer goes on where the hands are
  field.scrollTop = scrollTop;
}

/** Keep what was typed and not saved, unless it is of the story that comes. */
function leave(id) {
  if (shown?.isDirty && shown.id !== id) drafts.set(shown.id, shown.changed());
}

const copyOf = (id) => ask(`/api/copy/${encodeURIComponent(id)}`);

// --- look and place ---

function menus(story) {
  const set = make("fieldset", { className: "menus" }, make("legend", { className: "hidden", textContent: say("frame") }));
  for (const [key, values] of story.is_ad ? [MENUS[1]] : MENUS) {
    if (key === "side" && story.look.direction !== "vertical") continue; // only a vertical headline has one
    const value = String(story.look[key] ?? story[key]);
    const select = make("select", { name: `menu-${key}` });
    for (const one of values.includes(value) ? values : [...values, value]) select.append(new Option(one ? words(key, one) : say("usual"), one));
    select.value = value;
    select.addEventListener("change", () => edit({ do: "set", story: story.id, key, value: key === "frame" && select.value === "none" ? null : select.value || null }));
    set.append(make("label", {}, make("span", { textContent: say(key) }), select));
  }
  return set;
}

const words = (key, value) => (/^\d/.test(value) ? value : say(`${key}.${value}`));

function placing(story, page) {
  const box = make("div", { className: "placing" });
  if (story.part !== 1 || story.is_member) return box;
  const button = (text, act) => {
    const made = make("button", { type: "button", textContent: text });
    made.addEventListener("click", act);
    return made;
  };
  const to = placeMenu(say("moveTo"));
  box.append(make("span", { className: "line" }, to.select, button(say("moveTo"), () => edit({ do: "move", story: story.id, ...to.chosen() }))));
  const others = make("select");
  others.setAttribute("aria-label", say("swapWith"));
  for (const one of state.pages.values())
    for (const other of one.stories)
      if (other.part === 1 && !other.is_member && other.id !== story.id) others.append(new Option(`${one.number} ${other.title}`, other.id));
  box.append(make("span", { className: "line" }, others, button(say("swapWith"), () => edit({ do: "swap", story: story.id, with: others.value }))));
  box.append(make("span", { className: "line" }, button(say("takeOut"), () => edit({ do: "take-out", story: story.id }))));
  if (page.auto && story.at) box.append(gridPlace(story, page, button));
  if (page.auto && page.stories.some((one) => one.is_found)) box.append(candidates(page, button));
  return box;
}

function gridPlace(story, page, button) {
  const fit = make("output", { textContent: fitWords(story) });
  const inputs = story.at.map((value, index) => {
    const input = make("input", { type: "number", min: 1, value, name: `at-${index}` });
    input.setAttribute("aria-label", say("at").split(/[、,]\s*/)[index]);
    input.addEventListener("input", async () => {
      const found = await ask("/api/fit", { story: story.anchor, at: at() }, { isQuiet: true });
      if (found?.over) fit.textContent = fitWords(found);
    });
    return input;
  });
  const at = () => moved(inputs.map((input) => Number(input.value) || 1), [0, 0, 0, 0], page.grid.columns, page.grid.rows);
  const write = (value) => edit({ do: "set", story: story.id, key: "at", value });
  const lock = button(say(story.is_found ? "lock" : "place"), () => write(at()));
  const line = make("span", { className: "line grid-place", title: say("at") }, ...inputs, lock);
  if (!story.is_found) line.append(button(say("unlock"), () => write(null)));
  line.append(fit);
  return line;
}

/** The ways in which a page can lay itself out, each a button that takes it. */
function candidates(page, button) {
  const line = make("span", { className: "line wrap" });
  const look = button(say("plan"), async () => {
    Object.assign(look, { disabled: true, textContent: say("planning") });
    const found = await ask("/api/plan", { page: page.number });
    Object.assign(look, { disabled: false, textContent: say("plan") });
    line.replaceChildren(
      look,
      ...(found?.candidates ?? []).map((one, index) =>
        button(`${say("candidate")} ${index + 1} · ${one.closed ? `${say("full")} · ` : ""}${say("cost")} ${one.cost}`, () =>
          edit({ do: "places", page: page.number, places: one.places, forms: one.forms }),
        ),
      ),
    );
  });
  line.append(look);
  return line;
}

// --- copy ---

function label(way) {
  const parts = way.split(".");
  if (parts.length === 1) return say(way);
  if (parts.length === 2) return `${say(parts[0])} ${Number(parts[1]) + 1}`;
  return `${say(parts[0] === "byline" ? "writer" : parts[0])} ${Number(parts[1]) + 1} · ${say(parts[2])}`;
}

const CHOICES = {
  columns: upTo(7),
  place: ["", "lead", "inside", "foot", "wrap", "head", "under"],
  crop: ["", "none"],
};
const NAMES = { columns: "pictureColumns", place: "picturePlace", crop: "crop" };

function choice(field) {
  const key = field.way.split(".")[2];
  const select = make("select", { name: field.way, disabled: !state.edition.writable });
  select.dataset.kind = field.kind;
  const known = CHOICES[key].includes(field.value) ? CHOICES[key] : [...CHOICES[key], field.value];
  for (const value of known) select.append(new Option(!value ? say("usual") : key === "columns" ? value : say(`${key}.${value}`), value));
  select.value = field.value;
  return make("label", { className: "choice" }, make("span", { textContent: `${label(field.way.split(".").slice(0, 2).join("."))} · ${say(NAMES[key])}` }), select);
}

/** The point of a picture that cropping keeps: clicked on it, or moved by the arrow keys. */
function focus(field, story, form) {
  const number = field.way.split(".")[1];
  const input = make("input", { type: "hidden", name: field.way, value: field.value });
  input.dataset.kind = field.kind;
  const image = make("img", { alt: "", src: `/photo/${encodeURIComponent(story.id)}/${number}` });
  const cross = make("span", { className: "cross" });
  const frame = make("button", { type: "button", className: "focus", disabled: !state.edition.writable }, image, cross);
  frame.setAttribute("aria-label", `${say("picture")} ${Number(number) + 1} · ${say("focus")}`);
  const at = () => (input.value ? input.value.split("\n").map(Number) : [0.5, 0.5]);
  const show = () => {
    [cross.style.left, cross.style.top] = at().map((share) => `${100 * share}%`);
  };
  const set = (x, y) => {
    input.value = [x, y].map((share) => String(Math.round(100 * Math.min(1, Math.max(0, share))) / 100)).join("\n");
    show();
    form.dispatchEvent(new Event("input"));
  };
  image.addEventListener("error", () => frame.remove());
  frame.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    if (event.detail) set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    set(at()[0] + step[0] * 0.05, at()[1] + step[1] * 0.05);
  });
  show();
  return make("div", { className: "focusing" }, make("span", { className: "dim", textContent: say("focus") }), frame, input);
}

function fields(copy, story) {
  const form = make("form", { className: "copy" });
  const fit = make("output", { className: "fit", textContent: fitWords(story) });
  fit.setAttribute("aria-live", "polite");
  const save = make("button", { type: "submit", textContent: say("save"), disabled: true });
  const revert = make("button", { type: "button", textContent: say("revert"), disabled: true });
  form.append(make("div", { className: "saving" }, fit, save, revert));
  const values = () => Object.fromEntries([...form.querySelectorAll("[data-kind]")].map((area) => [area.name, area.value]));
  for (const field of copy.fields) {
    if (field.kind === "choice" || field.kind === "focus") {
      form.append(field.kind === "choice" ? choice(field) : focus(field, story, form));
      continue;
    }
    const area = make("textarea", { name: field.way, value: field.value, spellcheck: false, readOnly: !state.edition.writable });
    area.rows = field.kind === "text" ? (field.way === "body" ? 18 : 3) : Math.max(1, field.value.split("\n").length);
    area.dataset.kind = field.kind;
    form.append(make("label", { className: field.way.startsWith("byline.") ? "half" : "" }, make("span", { textContent: label(field.way) }), area));
  }
  // One question at a time, and after it the newest: however long an answer takes, the figures follow.
  let isAsked = false;
  let isNewer = false;
  const weigh = async () => {
    isNewer = isAsked;
    if (isAsked) return;
    isAsked = true;
    const found = await ask("/api/fit", { story: story.id, hash: copy.hash, values: values() }, { isQuiet: true });
    isAsked = false;
    fit.dataset.fit = !found?.over ? "unknown" : found.over[0] ? "over" : found.under[0] ? "under" : "closed";
    fit.textContent = found?.over ? fitWords(found) : "…";
    if (isNewer) weigh();
  };
  form.addEventListener("input", () => {
    const isDirty = copy.fields.some((field) => (values()[field.way] ?? field.value) !== field.value);
    save.disabled = revert.disabled = !isDirty;
    if (shown) shown.isDirty = isDirty;
    weigh();
  });
  let isSaving = false;
  let isAgain = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    isAgain = isSaving;
    if (save.disabled || isSaving) return;
    isSaving = true;
    const sent = values();
    const done = await ask("/api/edit", { do: "copy", story: story.id, hash: copy.hash, values: sent });
    const fresh = done && (await copyOf(story.id));
    isSaving = false;
    const isAll = JSON.stringify(values()) === JSON.stringify(sent);
    if (fresh && form.isConnected) saved(fresh, isAll);
    else if (fresh && isAll) drafts.delete(story.id);
  });
  /** Go on from what the file says now; what was typed since stays as it is. */
  const saved = (fresh, isAll) => {
    if (isAll) {
      shown.isDirty = false;
      show(state.chosen, { known: fresh });
      return;
    }
    Object.assign(copy, fresh);
    drawn = "";
    form.dispatchEvent(new Event("input"));
    if (isAgain) form.requestSubmit();
  };
  revert.addEventListener("click", () => {
    shown.isDirty = false;
    show(state.chosen);
  });
  shown.changed = () => ({
    hash: copy.hash,
    values: Object.fromEntries(copy.fields.map((field) => [field.way, values()[field.way]]).filter(([way, value], at) => value !== undefined && value !== copy.fields[at].value)),
  });
  const draft = drafts.get(story.id);
  drafts.delete(story.id);
  if (draft) {
    copy.hash = draft.hash; // a file that was changed since is told when it is saved
    for (const [way, value] of Object.entries(draft.values)) if (form.elements[way]) form.elements[way].value = value;
    form.dispatchEvent(new Event("input"));
  }
  return form;
}

for (const kind of ["pointerdown", "keydown"])
  panel.addEventListener(kind, (event) => {
    if (event.key !== "Tab") menu = event.target.closest("select");
  });
panel.addEventListener("change", () => (menu = null));
panel.addEventListener("pointerdown", (event) => (isHeld = !event.target.closest("select")));
for (const kind of ["pointerup", "pointercancel"])
  window.addEventListener(kind, () =>
    setTimeout(() => {
      isHeld = false; // the click has been heard
      catchUp();
    }),
  );
panel.addEventListener("focusout", () => {
  menu = null;
  setTimeout(catchUp); // when the focus has gone where it goes
});
window.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault(); // wherever the focus is: never the browser's own, which would save the page
  if (!document.querySelector("dialog[open]")) panel.querySelector("form.copy")?.requestSubmit();
});
window.addEventListener("beforeunload", (event) => {
  if (shown?.isDirty || drafts.size) event.preventDefault();
});
const catchUp = () => isStale && show(state.chosen, { keep: true });
on("chosen", (anchor) => {
  open("copy");
  show(anchor);
});
on("page", (page) => {
  if (state.chosen && page.stories.some((story) => story.anchor === state.chosen)) show(state.chosen, { keep: true });
});
show(null);
