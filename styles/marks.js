// Words that search found are marked where their story is read: `#q=` has them, a line each, as the story has them.
(() => {
  "use strict";
  const story = document.querySelector("article.story");
  if (!story || !location.hash.startsWith("#q=")) return;
  let words = [];
  try {
    words = decodeURIComponent(location.hash.slice(3)).split("\n").filter(Boolean).slice(0, 20);
  } catch {
    return; // no text in UTF-8
  }
  const texts = document.createTreeWalker(story, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (texts.nextNode()) nodes.push(texts.currentNode);
  for (const node of nodes) {
    for (let rest = node; rest; ) {
      const found = words.map((word) => [rest.data.indexOf(word), word]).filter(([at]) => at >= 0);
      if (!found.length) break;
      const [at, word] = found.sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
      const hit = rest.splitText(at);
      rest = hit.splitText(word.length);
      const mark = document.createElement("mark");
      hit.replaceWith(mark);
      mark.append(hit);
    }
  }
  const first = story.querySelector("mark");
  if (first) first.scrollIntoView({ block: "center", behavior: "instant" });
})();
