// The side: findings by page, the fit table, the stories that are not placed; the chosen story is copy.js's.

import { grabSpare, placeSpare } from "./drag.js";
import { go, reveal } from "./pages.js";
import { bringIn, choose, on, state } from "./state.js";
import { fitWords, hint, pageWords, say, told } from "./words.js";

const TABS = ["findings", "fits", "copy", "spare"];
const panel = (name) => document.getElementById(`panel-${name}`);
const tab = (name) => document.getElementById(`tab-${name}`);

export function open(name) {
  for (const one of TABS) {
    tab(one).setAttribute("aria-selected", String(one === name));
    tab(one).tabIndex = one === name ? 0 : -1;
    panel(one).hidden = one !== name;
  }
}

for (const name of TABS) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", id: `tab-${name}` });
  button.setAttribute("role", "tab");
  button.setAttribute("aria-controls", `panel-${name}`);
  button.innerHTML = `<span></span> <span class="count"></span>`;
  button.firstChild.textContent = say(name);
  button.addEventListener("click", () => open(name));
  button.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(name) + step + TABS.length) % TABS.length];
    open(next);
    tab(next).focus();
  });
  document.getElementById("tabs").append(button);
}
open("findings");

const count = (name, number) => {
  tab(name).querySelector(".count").textContent = number || "";
};

const element = (kind, className, text) => {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

// --- findings ---

function showFindings() {
  const groups = [[null, [...state.edition.faults, ...state.edition.findings.filter((one) => !one.page)]]];
  for (const number of state.edition.pages) {
    const page = state.pages.get(number);
    groups.push([number, [...(page?.faults ?? []), ...state.edition.findings.filter((one) => one.page === number)]]);
  }
  let total = 0;
  const notes = [];
  const made = groups.flatMap(([number, all]) => {
    const findings = all.filter((one) => one.severity !== "info");
    notes.push(...all.filter((one) => one.severity === "info").map((one) => findingOf(one, number)));
    if (!findings.length) return [];
    total += findings.length;
    const name = number && state.pages.get(number)?.name;
    const heading = element("h2", "", number ? `${pageWords(number)} ${name ?? ""}` : say("general"));
    const list = element("ul", "findings");
    list.append(...findings.map((one) => findingOf(one, number)));
    return [heading, list];
  });
  const more = element("details");
  more.open = panel("findings").querySelector("details")?.open ?? false;
  const list = element("ul", "findings");
  list.append(...notes);
  more.append(element("summary", "", `${say("notes")} ${notes.length}`), list);
  panel("findings").replaceChildren(...(made.length ? made : [element("p", "dim", say("none"))]), ...(notes.length ? [more] : []));
  count("findings", total);
}

function findingOf(finding, number) {
  const item = element("li", finding.severity);
  Object.assign(item.dataset, { finding: "", code: finding.code });
  const button = element("button", "message", told(finding));
  button.type = "button";
  button.addEventListener("click", () => {
    if (!number) return;
    if (finding.bbox) reveal(number, finding.bbox);
    else go(number);
    const page = state.pages.get(number);
    const story = page?.stories.find((one) => one.id === finding.story);
    if (story) choose(story.anchor);
  });
  item.append(button);
  if (hint(finding)) item.append(element("p", "hint", hint(finding)));
  if (finding.file) {
    const link = element("a", "where", `${finding.file}:${finding.line}`);
    if (finding.link) link.href = finding.link;
    item.append(link);
  }
  item.append(element("span", "code", finding.code));
  return item;
}

// --- the fit table ---

function showFits() {
  const made = state.edition.pages.flatMap((number) => {
    const page = state.pages.get(number);
    if (!page?.stories.length) return [];
    const table = element("table", "fits");
    table.append(element("caption", "", `${pageWords(number)} ${page.name} · ${page.layout}`));
    const head = element("tr");
    for (const key of ["story", "slot", "copyLength", "state"]) {
      const cell = element("th", "", say(key));
      cell.scope = "col";
      head.append(cell);
    }
    table.append(element("thead"));
    table.tHead.append(head);
    const body = table.createTBody();
    for (const story of page.stories) body.append(fitRow(story));
    return [table];
  });
  panel("fits").replaceChildren(...made);
}

function fitRow(story) {
  const row = element("tr", story.over[0] ? "over" : story.under[0] ? "under" : "");
  const name = element("td");
  const button = element("button", "link", story.title);
  button.type = "button";
  button.addEventListener("click", () => {
    choose(story.anchor);
    const found = [...state.pages.values()].find((page) => page.stories.includes(story));
    if (found) reveal(found.number, [story.rect[0], story.rect[1], story.rect[0] + story.rect[2], story.rect[1] + story.rect[3]]);
  });
  name.append(button);
  row.append(name, element("td", "", story.slot === story.id ? say("auto") : story.slot));
  row.append(element("td", "number", story.is_ad ? "" : String(story.characters)));
  row.append(element("td", "fit", story.is_ad ? (story.size ?? []).join("×") : fitWords(story)));
  return row;
}

// --- what is not placed ---

/** Every place that a story can be put to: a slot of a page, or an automatic page. */
export function places() {
  return [...state.pages.values()].flatMap((page) => {
    if (page.auto) return [{ words: `${pageWords(page.number)} ${say("auto")}`, page: page.number }];
    return page.slots.map((slot) => ({
      words: `${pageWords(page.number)} ${slot.name}${slot.free ? ` (${say("free")})` : ""}`,
      page: page.number,
      slot: slot.name,
      isFree: slot.free,
    }));
  });
}

export function placeMenu(label) {
  const select = element("select");
  select.setAttribute("aria-label", label);
  const all = places();
  for (const [index, place] of all.entries()) select.append(new Option(place.words, index));
  select.value = Math.max(0, all.findIndex((place) => place.isFree)); // most likely it is to fill that
  return { select, chosen: () => ({ ...places()[select.value], words: undefined, isFree: undefined }) };
}

let spareShown = "";
function showSpare() {
  const { spare, pool, writable } = state.edition;
  const shown = JSON.stringify([spare, pool, writable, places()]);
  if (shown === spareShown) return; // whoever is about to drag one keeps it under the pointer
  spareShown = shown;
  const { active, chosen } = handled();
  const list = element("ul", "spare");
  for (const one of [...pool, ...spare]) {
    const item = element("li");
    item.dataset.spare = one.file ?? one.id;
    item.append(element("strong", "", one.title));
    item.append(element("span", "dim", one.file ? `${one.file} · ${one.characters} ${say("characters")}` : say("pool")));
    if (writable) {
      const menu = placeMenu(`${say("placeOn")} ${one.title}`);
      const button = element("button", "", say("placeOn"));
      button.type = "button";
      button.addEventListener("click", () => placeSpare(one, menu.chosen()));
      const line = element("span", "line");
      line.append(menu.select, button);
      item.append(line);
      grabSpare(item, one, one.title);
    }
    list.append(item);
  }
  const none = spare.length + pool.length ? [] : [element("p", "", say("noSpare"))];
  const bring = element("label", "bring", say("bringIn"));
  const input = element("input");
  Object.assign(input, { type: "file", multiple: true });
  input.addEventListener("change", () => bringIn(input.files));
  bring.append(input);
  panel("spare").replaceChildren(element("p", "dim", say("spareHint")), ...(writable ? [bring] : []), ...none, list);
  count("spare", spare.length + pool.length);
  for (const item of list.children) for (const one of item.querySelectorAll("option")) one.selected ||= one.text === chosen.get(item.dataset.spare);
  if (active) list.querySelector(`[data-spare="${CSS.escape(active)}"] button`)?.focus({ preventScroll: true });
}

/** What hands have done in the list: the place chosen for each story, and the story whose button has the focus. */
function handled() {
  const items = [...panel("spare").querySelectorAll("[data-spare]")];
  return {
    active: items.find((item) => item.contains(document.activeElement))?.dataset.spare,
    chosen: new Map(items.map((item) => [item.dataset.spare, item.querySelector("select")?.selectedOptions[0]?.text])),
  };
}

let isAsked = false;
function later() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    if (!state.edition) return;
    showFindings();
    showFits();
    if (!document.activeElement.matches("#panel-spare select")) showSpare(); // a menu that may be open stays
  });
}
panel("spare").addEventListener("focusout", later);
on("edition", later);
on("page", later);
