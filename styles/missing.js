// On 404.html: tells whether the day that was asked for has an issue, and which are the nearest.
"use strict";

(function () {
  const base = new URL("../", document.currentScript.src);
  const asked = location.pathname.match(/(?:^|\/)(\d{4})\/(\d{2})\/(\d{2})(?:\/|$)/);
  let years = [];
  let issues = []; // [date, number]

  window.printkitIssues = {
    years(list) { years = list; },
    year(_year, list) { issues = issues.concat(list); },
  };

  function load(path) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = new URL(path, base).href;
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
      document.head.append(script);
    });
  }

  function text(date) {
    const [year, month, day] = date.split("-").map(Number);
    return `${year}年${month}月${day}日`;
  }

  function named([date, number]) {
    return `${text(date)}${number ? ` 第${number}期` : ""}`;
  }

  function offer(label, issue) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(`${issue[0].replaceAll("-", "/")}/index.html`, base).href;
    link.textContent = `${label}：${named(issue)}`;
    entry.append(link);
    return entry;
  }

  async function tell() {
    if (!asked) return;
    const date = asked.slice(1).join("-");
    const time = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== date) return;
    if (!(await load("archive/years.js"))) return;
    const year = Number(asked[1]);
    const near = new Set([
      year,
      Math.max(...years.filter((other) => other < year)),
      Math.min(...years.filter((other) => other > year)),
    ]);
    const read = await Promise.all(
      years.filter((other) => near.has(other)).map((other) => load(`archive/${String(other).padStart(4, "0")}.js`))
    );
    if (!read.every(Boolean) || !issues.length) return; // what is not known is not told
    issues.sort((a, b) => (a[0] < b[0] ? -1 : 1));
    const before = issues.filter((issue) => issue[0] < date).pop();
    const after = issues.find((issue) => issue[0] > date);
    const same = issues.find((issue) => issue[0] === date);
    const what = document.getElementById("what");
    const why = document.getElementById("why");
    if (same) {
      why.textContent = `${text(date)}的报纸里没有这个地址。`;
    } else {
      // Of a day without an issue here nobody here knows whether the paper came out.
      const [short, long] = !before
        ? ["本站没有这一期", `本站存有的最早一期是${named(after)}。`]
        : !after
          ? ["尚未出版", `这一天的报纸还没有出版，最新一期是${named(before)}。`]
          : ["本站没有这一期", "这一天本报是否出版，本站不知道；前后两期是："];
      what.textContent = `${text(date)}：${short}`;
      document.title = what.textContent;
      why.textContent = long;
    }
    const offers = [];
    if (same) offers.push(offer("这一期", same));
    if (before) offers.push(offer("前一期", before));
    if (after) offers.push(offer("后一期", after));
    document.getElementById("near").prepend(...offers);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", tell);
  else tell();
})();
