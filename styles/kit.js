// 复制到公众号: the story's text as the editor of a public account takes it, put on the clipboard as rich text. It is read from a block
// of data: written into the page, its styles would be refused by the page's own policy. The event "copy" needs no leave,
// and works on http and from a folder, where `navigator.clipboard` is not there.
(() => {
  "use strict";
  const button = document.querySelector("[data-copy]");
  const status = document.getElementById("copied");
  if (!button || !status) return;
  const block = document.getElementById(button.dataset.copy);
  const html = block.textContent.trim().replace(/src="(?![a-z]+:)([^"]*)"/gu, (_, path) => `src="${new URL(path, location.href).href}"`);
  const copy = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", document.querySelector("article.story").innerText);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    document.addEventListener("copy", copy);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", copy);
    status.textContent = done ? "已复制，请到公众号编辑器里粘贴。" : "未能复制，请打开公众号文稿，全选后复制。";
  });
})();
