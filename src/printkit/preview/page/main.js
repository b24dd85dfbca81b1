// The desk: what the server tells comes in by state.js; here is the bar over all.

import "./pages.js";
import "./overlays.js";
import "./side.js";
import "./copy.js";
import { ask, bringIn, connect, edit, on, state } from "./state.js";
import { hint, say, told } from "./words.js";

const status = document.getElementById("status");
const notice = document.getElementById("notice");
const undo = document.getElementById("undo");
const redo = document.getElementById("redo");

let far = ""; // how far a command is that runs beside the pages' own making

function showStatus() {
  const { edition } = state;
  if (!edition) return;
  const isFaulty = edition.faults.length || [...state.pages.values()].some((page) => page.state === "fault");
  const key = !state.isConnected ? "lost" : isFaulty ? "faulty" : edition.busy ? "busy" : "ready";
  status.textContent = [say(key), far].filter(Boolean).join(" · ");
  status.dataset.state = key;
  document.body.classList.toggle("faulty", Boolean(edition.faults.length));
}

function showEdition(edition) {
  if (edition.paper) {
    document.getElementById("paper").textContent = edition.paper;
    document.getElementById("issue").textContent = `${edition.date} ${edition.issue ? `№ ${edition.issue}` : ""}`;
    document.title = `${edition.paper} ${edition.date}`;
  }
  undo.disabled = !edition.undo || !edition.writable;
  redo.disabled = !edition.redo || !edition.writable;
  if (edition.faults.length) showNotice(edition.faults);
  else if (!edition.writable) notice.hidden = ((notice.textContent = say("readonly")), false);
  else if (notice.dataset.kind === "faults") notice.hidden = true;
  showStatus();
}

/** Tell faults of the edition, or why something was refused. */
function showNotice(findings, kind = "faults") {
  notice.dataset.kind = kind;
  notice.hidden = false;
  notice.replaceChildren(
    ...findings.slice(0, 4).map((one) => {
      const line = document.createElement("p");
      const place = one.file ? `${one.file}:${one.line} ` : "";
      const words = document.createElement(one.link ? "a" : "span");
      words.textContent = `${place}${told(one)}`;
      if (one.link) words.href = one.link;
      const more = document.createElement("span");
      more.className = "hint";
      more.textContent = ` ${hint(one)}`;
      line.append(words, more);
      return line;
    }),
  );
  if (kind === "refused") notice.append(closing());
}

function showConflict({ file, theirs, ours }) {
  document.getElementById("conflict-title").textContent = `${file}：${say("conflict")}`;
  document.getElementById("conflict-hint").textContent = say("conflictHint");
  document.getElementById("theirs").replaceChildren(...marked(theirs, ours));
  document.getElementById("ours").replaceChildren(...marked(ours, theirs));
  document.getElementById("conflict").showModal();
  for (const mark of document.querySelectorAll("#conflict pre mark:first-of-type")) mark.scrollIntoView({ block: "nearest" });
}

/** The lines of a text, those marked that another has not. */
function marked(text, other) {
  const known = new Set(other.split("\n"));
  return text.split("\n").map((line) => {
    const shown = document.createElement(known.has(line) ? "span" : "mark");
    shown.textContent = `${line}\n`;
    return shown;
  });
}

// --- finishing ---

for (const kind of ["web", "print", "site"]) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say(`finish.${kind}`);
  button.addEventListener("click", async () => {
    for (const one of document.querySelectorAll("#finish button")) one.disabled = true;
    const done = await ask("/api/finish", { do: kind });
    for (const one of document.querySelectorAll("#finish button")) one.disabled = false;
    if (done) showFinished({ ...done, kind: `finish.${kind}` });
    showStatus();
  });
  document.getElementById("finish").append(button);
}

function showFinished({ kind, code, outputs, findings, told: notes = [] }) {
  notice.dataset.kind = "finished";
  notice.hidden = false;
  const line = document.createElement("p");
  line.textContent = kind === "brought" ? say("brought") : `${say(kind)} · ${say(`done.${code}`)} · `;
  for (const output of outputs) {
    const link = document.createElement(output.link ? "a" : "span");
    link.textContent = output.path.split("/").slice(-2).join("/");
    link.title = output.path;
    if (output.link) Object.assign(link, { href: output.link, target: "_blank", rel: "noopener" });
    line.append(" ", link);
  }
  const more = [...notes, ...findings.filter((one) => one.severity === "error")].map((one) => {
    const told_ = document.createElement("p");
    told_.className = "hint";
    told_.textContent = `${one.file ? `${one.file}:${one.line} ` : ""}${told(one)}`;
    return told_;
  });
  notice.replaceChildren(line, ...more, closing());
}

function closing() {
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = say("close");
  close.addEventListener("click", () => (notice.hidden = true));
  return close;
}

on("finished", showFinished);
on("progress", ({ stage, done, total }) => {
  far = done < total ? `${say(`stage.${stage}`)} ${done + 1}/${total}` : "";
  showStatus();
});
window.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
window.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  if (state.edition?.writable) bringIn(event.dataTransfer.files);
});

undo.addEventListener("click", () => edit({ do: "undo" }));
redo.addEventListener("click", () => edit({ do: "redo" }));
window.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("textarea, input")) return;
  const key = event.key.toLowerCase();
  if (key === "z") edit({ do: event.shiftKey ? "redo" : "undo" });
  else if (key === "y") edit({ do: "redo" });
  else return;
  event.preventDefault();
});

on("edition", showEdition);
on("page", showStatus);
on("connection", showStatus);
on("refused", (findings) => showNotice(findings, "refused"));
on("conflict", showConflict);
on("edited", () => {
  if (notice.dataset.kind === "refused") notice.hidden = true;
});
connect();
