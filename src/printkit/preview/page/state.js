// What the server has told, and who wants to know: the edition, its pages, the story that is chosen.

export const state = { edition: null, pages: new Map(), chosen: null, isConnected: false };

const listeners = new Map();

/** Call a function whenever something of a kind is new: edition, page, chosen, connection. */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

export function tell(kind, value) {
  for (const listener of listeners.get(kind) ?? []) listener(value);
}

export function choose(anchor) {
  if (state.chosen === anchor) return;
  state.chosen = anchor;
  tell("chosen", anchor);
}

/** The story of an anchor with its page. */
export function storyOf(anchor) {
  for (const page of state.pages.values()) {
    const story = page.stories.find((one) => one.anchor === anchor);
    if (story) return { story, page };
  }
  return null;
}

export function connect() {
  const events = new EventSource("/api/events");
  events.addEventListener("open", () => {
    state.isConnected = true;
    tell("connection", true);
  });
  events.addEventListener("error", () => {
    state.isConnected = false;
    tell("connection", false);
  });
  events.addEventListener("edition", (event) => {
    state.edition = JSON.parse(event.data);
    for (const number of [...state.pages.keys()]) if (!state.edition.pages.includes(number)) state.pages.delete(number);
    tell("edition", state.edition);
  });
  events.addEventListener("page", (event) => {
    const page = JSON.parse(event.data);
    state.pages.set(page.number, page);
    tell("page", page);
  });
  events.addEventListener("progress", (event) => tell("progress", JSON.parse(event.data)));
}

/** Ask the server for something; a refusal is told in the notice, a conflict in its dialog. Null where it was refused. */
export async function ask(address, given, { isQuiet = false } = {}) {
  let answer;
  try {
    const body = given instanceof Blob ? given : JSON.stringify(given);
    answer = await fetch(address, given === undefined ? {} : { method: "POST", body });
  } catch {
    tell("connection", false);
    return null;
  }
  const value = await answer.json().catch(() => ({}));
  if (answer.ok) return value;
  if (value.conflict) tell("conflict", value.conflict);
  else if (!isQuiet) tell("refused", value.refused ?? []);
  return null;
}

/** Bring in files that were dropped or chosen. */
export async function bringIn(files) {
  for (const file of files) {
    const done = await ask(`/api/import?name=${encodeURIComponent(file.name)}`, file);
    if (done) tell("finished", { ...done, kind: "brought" });
  }
}

/** Command a change of the edition's file. */
export async function edit(given) {
  const done = await ask("/api/edit", { hash: state.edition.hash, ...given });
  if (done) tell("edited", done);
  return done;
}
