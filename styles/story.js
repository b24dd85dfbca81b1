// A story read aloud, sentence by sentence, and copied as text.
(() => {
  "use strict";
  const { say, copy, address, tool } = window.printkit;
  const article = document.querySelector("article.story");
  const BLOCKS = "h1, h2, h3, p, li, td, th, figcaption";
  const blocks = [...article.querySelectorAll(BLOCKS)].filter(
    (block) => !block.parentElement.closest(BLOCKS) && !block.closest(".corrections, .members, nav")
  );

  // --- as text ---

  const words = (node) => {
    const copied = node.cloneNode(true);
    for (const left of copied.querySelectorAll("rt, rp, .said")) left.remove();
    for (const end of copied.querySelectorAll("br")) end.replaceWith("\n");
    for (const line of copied.querySelectorAll(".line")) line.append(" ");
    return copied.textContent.replace(/[ \t]+/g, " ").trim();
  };
  tool("text", () => {
    const told = [];
    for (const block of blocks) {
      if (block.closest("figure")) continue; // a caption without its picture
      if (block.matches("td, th")) {
        const row = block.parentElement;
        if (row.firstElementChild === block) told.push([...row.children].map(words).join("\t"));
      } else if (words(block)) told.push(words(block));
    }
    copy(`${told.join("\n\n")}\n\n${address()}\n`, "全文已复制");
  });

  // --- aloud ---

  const voice = window.speechSynthesis;
  if (!voice || !window.SpeechSynthesisUtterance) return;

  // A sentence is a range of the page, so that it can be shown where it stands.
  const sentences = [];
  for (const block of blocks) {
    if (block.matches(".date-line, .source")) continue;
    const parts = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("rt, rp, .said, .credit") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      parts.push([text.length, node]);
      text += node.data;
    }
    const at = (offset, isEnd) => {
      const [start, node] = parts.findLast(([from]) => (isEnd ? from < offset : from <= offset));
      return [node, offset - start];
    };
    for (const found of text.matchAll(/[^。！？；!?]*[。！？；!?…]+[”’」』）]*|[^。！？；!?]+/g)) {
      if (!/[\p{L}\p{N}]/u.test(found[0])) continue;
      const range = document.createRange();
      range.setStart(...at(found.index, false));
      range.setEnd(...at(found.index + found[0].length, true));
      sentences.push([found[0].replace(/\s+/g, " ").trim(), range, block]);
    }
  }
  if (!sentences.length) return;

  const RATES = { 慢: 0.8, 中: 1, 快: 1.3 };
  const KEY = "printkit-voice-rate";
  let rate = 1;
  try {
    rate = Object.values(RATES).find((one) => String(one) === localStorage.getItem(KEY)) ?? 1;
  } catch {
    // a browser that keeps nothing
  }
  const bar = document.createElement("section");
  bar.className = "aloud";
  bar.hidden = true;
  bar.setAttribute("aria-label", "朗读");
  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    bar.append(made);
    return made;
  };
  let at = 0, speaking = null, shown = null;
  const mark = window.Highlight && window.CSS && CSS.highlights ? new Highlight() : null;
  if (mark) CSS.highlights.set("spoken", mark);
  const show = (sentence) => {
    if (mark) mark.clear();
    if (shown) shown.classList.remove("spoken");
    shown = null;
    if (!sentence) return;
    const [, range, block] = sentence;
    if (mark) mark.add(range);
    else (shown = block).classList.add("spoken");
    const box = range.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 90) {
      scrollBy({ top: box.top - innerHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  };
  const stop = () => {
    speaking = null; // the end of what is cancelled is not the end of a sentence
    voice.cancel();
    show(null);
    bar.hidden = true;
  };
  const speak = () => {
    if (at >= sentences.length) return stop();
    voice.cancel();
    const said = (speaking = new SpeechSynthesisUtterance(sentences[at][0]));
    said.lang = document.documentElement.lang;
    said.rate = rate;
    const own = voice.getVoices().filter((one) => one.lang.replace("_", "-").startsWith("zh"));
    said.voice = own.find((one) => one.localService) ?? own[0] ?? null;
    said.onend = () => {
      if (speaking !== said) return;
      at += 1;
      speak();
    };
    said.onerror = () => {
      if (speaking !== said) return;
      stop();
      say("这个浏览器没有中文语音");
    };
    show(sentences[at]);
    pause.textContent = "暂停";
    voice.speak(said);
  };
  const go = (to) => {
    at = Math.min(Math.max(to, 0), sentences.length - 1);
    speak();
  };
  button("上一句", () => go(at - 1));
  const pause = button("暂停", () => {
    // Some systems' voices cannot wait: a pause is a stop here, and the sentence begins anew.
    if (speaking) {
      speaking = null;
      voice.cancel();
      pause.textContent = "继续";
    } else speak();
  });
  button("下一句", () => go(at + 1));
  const names = Object.keys(RATES);
  const pace = button("", () => {
    const next = names[(names.findIndex((name) => RATES[name] === rate) + 1) % names.length];
    rate = RATES[next];
    pace.textContent = `${next}速`;
    try {
      localStorage.setItem(KEY, String(rate));
    } catch {
      // as above
    }
    if (speaking) speak();
  });
  pace.textContent = `${names.find((name) => RATES[name] === rate)}速`;
  button("停止", stop);
  document.body.append(bar);
  addEventListener("pagehide", stop);
  tool("aloud", () => {
    bar.hidden = false;
    at = 0;
    speak();
  });
})();
