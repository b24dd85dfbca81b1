// Search over the whole archive with no server: from a site, and from a folder (file://).
// The index is small scripts, each loaded once when it is needed (src/printkit/epaper/search_index.py);
// text goes into the page as text nodes, never as HTML.
"use strict";

(function (global) {
  // --- the same as src/printkit/epaper/search_terms.py -------------------------------------------

  const HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}";
  const WORD = "0-9a-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff";
  const SILENT = /[\u00ad\u200b-\u200f\u2060\ufeff]/u;
  const RUN = new RegExp(`[${HAN}]+|[${WORD}]+`, "gu");
  // A number or a code is one word: 96.4, 2024/08, Wi-Fi.
  const PHRASE = new RegExp(`(?:[${WORD}]+(?:[-\u2010./][${WORD}]+)+|[${HAN}${WORD}])+`, "gu");
  const HYPHENED = new RegExp(`[${WORD}]+(?:[-\u2010][${WORD}]+)+`, "gu");
  const HYPHEN = /[-\u2010]/;
  const QUOTED = /(-?)["\u201c\u201d]([^"\u201c\u201d]*)["\u201c\u201d]/g;
  const IS_HAN = new RegExp(`[${HAN}]`, "u");
  const BLANK = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u; // not \s, which has U+FEFF
  const IS_WORD = new RegExp(`[${WORD}]`, "u");
  const LONGEST = 32;
  const MOST_TERMS = 4; // looked up for a query; what they find is compared with the whole query anyway

  // Traditional characters and their simplified ones, as a script made by printkit tells them before this one.
  const SIMPLIFIED = new Map(((global.printkitSimplified || "").match(/../gsu) || []).map((pair) => Array.from(pair)));

  function foldCharacter(character) {
    if (SILENT.test(character)) return "";
    const folded = character.normalize("NFKC").toLowerCase();
    return Array.from(folded, (one) => SIMPLIFIED.get(one) || one).join("");
  }

  // A text folded, and for each UTF-16 unit of the outcome the place in the text of the character that it is from.
  function folded(text) {
    let out = "";
    const places = [];
    let place = 0;
    let blankFrom = -1; // blanks behind a Han: dropped when a Han follows
    for (const character of text) {
      const fold = foldCharacter(character);
      if (fold === " " || fold === "\t") {
        const before = Array.from(out.slice(-2)).pop() || "";
        if (blankFrom < 0 && IS_HAN.test(before)) blankFrom = out.length;
      } else if (fold) {
        if (blankFrom >= 0 && IS_HAN.test(Array.from(fold)[0])) {
          out = out.slice(0, blankFrom);
          places.length = blankFrom;
        }
        blankFrom = -1;
      }
      for (let i = 0; i < fold.length; i += 1) places.push(place);
      out += fold;
      place += character.length;
    }
    places.push(place);
    return { text: out, places };
  }

  function fold(text) {
    return folded(text).text;
  }

  function shardOf(term) {
    return Math.imul(term.codePointAt(0), 2654435761) >>> 26;
  }

  // What is looked for, and what no story may have: runs of Han, letters and figures as they were typed; what stands in
  // quotes as it stands; behind a minus what is left out. A reader puts a blank between two words, of Han too, so that
  // the query is split before it is folded, which drops blanks between Han.
  function asked(query) {
    const found = { wanted: [], without: [] };
    const of = (minus) => (minus ? found.without : found.wanted);
    const rest = query.replace(/[\uff0d\u2212]/g, "-").replace(/\uff02/g, '"').replace(QUOTED, (whole, minus, text) => {
      const phrase = fold(text).trim();
      if (phrase.match(RUN)) of(minus).push(phrase);
      return " ";
    });
    for (const part of rest.split(BLANK)) of(part.startsWith("-")).push(...(fold(part).match(PHRASE) || []));
    return { wanted: Array.from(new Set(found.wanted)), without: Array.from(new Set(found.without)) };
  }

  function phrases(query) {
    return asked(query).wanted;
  }

  // A folded text with its places, the hyphens inside words left out: Wi-Fi as wifi.
  function joined({ text, places }) {
    let out = "";
    const left = [];
    const from = (start, end) => {
      for (let at = start; at < end; at += 1) {
        out += text[at];
        left.push(places[at]);
      }
    };
    let done = 0;
    for (const code of text.matchAll(HYPHENED)) {
      from(done, code.index);
      done = code.index + code[0].length;
      for (let at = code.index; at < done; at += 1) if (!HYPHEN.test(text[at])) from(at, at + 1);
    }
    from(done, text.length);
    return { text: out, places: left };
  }

  // Terms that a story must have to have the phrase: of Han every other pair and the last, which cover it.
  function termsOf(phrase) {
    const found = [];
    // Of a word with hyphens its beginning: the text may have it without.
    for (const run of phrase.replace(HYPHENED, (code) => code.split(HYPHEN)[0]).match(RUN)) {
      const letters = Array.from(run);
      if (!IS_HAN.test(letters[0])) found.push(letters.slice(0, LONGEST).join(""));
      else if (letters.length === 1) found.push(run);
      else {
        for (let i = 0; i + 1 < letters.length; i += 2) found.push(letters[i] + letters[i + 1]);
        if (letters.length % 2) found.push(letters[letters.length - 2] + letters[letters.length - 1]);
      }
    }
    return found;
  }

  function queryTerms(wanted) {
    const each = wanted.map(termsOf);
    const chosen = [];
    for (let turn = 0; turn < Math.max(0, ...each.map((found) => found.length)); turn += 1) {
      for (const found of each) {
        if (turn === 0 || chosen.length < MOST_TERMS) if (found[turn]) chosen.push(found[turn]);
      }
    }
    return Array.from(new Set(chosen));
  }

  // Stories of an issue that have a term, or a word that begins with it: number of the story → whether in the headline.
  function lookUp(line, term) {
    const found = new Map();
    for (let at = line.indexOf(" " + term); at >= 0; at = line.indexOf(" " + term, at + 1)) {
      const from = line.indexOf(":", at) + 1;
      for (const posting of line.slice(from, line.indexOf(" ", from)).split(".")) {
        const story = parseInt(posting, 10);
        found.set(story, found.get(story) || posting.endsWith("t"));
      }
    }
    return found;
  }

  // Stories of a month that have all terms, as they are shown: headlines first, then the newest, then by their place.
  function candidates(parts, terms) {
    const found = [];
    const dates = Object.keys(parts[shardOf(terms[0])] || {});
    for (const date of dates) {
      let stories = null;
      for (const term of terms) {
        const here = lookUp((parts[shardOf(term)] || {})[date] || "", term);
        if (stories === null) stories = here;
        else {
          for (const [story, titled] of Array.from(stories)) {
            if (here.has(story)) stories.set(story, titled && here.get(story));
            else stories.delete(story);
          }
        }
      }
      for (const [story, titled] of stories) found.push({ date, story, titled });
    }
    return found.sort(
      (a, b) => b.titled - a.titled || (a.date < b.date ? 1 : a.date > b.date ? -1 : a.story - b.story)
    );
  }

  // Where a phrase stands in a text, from and to, with its hyphens or without.
  function find(text, phrase) {
    const here = folded(text);
    return found(text, here, phrase) || found(text, joined(here), joined({ text: phrase, places: [] }).text);
  }

  // A word is found at its beginning, not inside another, and a number whole: 96 is not in 96.4, nor in 964.
  function found(text, { text: here, places }, phrase) {
    const word = IS_WORD.test(Array.from(phrase)[0]);
    for (let at = here.indexOf(phrase); at >= 0; at = here.indexOf(phrase, at + 1)) {
      const before = here.slice(0, at);
      const after = here.slice(at + phrase.length);
      if (word && IS_WORD.test(before.slice(-1))) continue;
      if (/^[0-9]/.test(phrase) && /[0-9][.,]$/.test(before)) continue;
      if (/[0-9]$/.test(phrase) && /^[.,]?[0-9]/.test(after)) continue;
      // The last character's own end, not the next one's start: what is silent between them is not marked.
      const last = places[at + phrase.length - 1];
      const length = String.fromCodePoint(text.codePointAt(last)).length;
      return [places[at], last + length];
    }
    return null;
  }

  const FIELDS = ["headline", "text", "deck", "kicker", "byline", "keywords"];

  function allFound(story, wanted, without = []) {
    const has = (phrase) => FIELDS.some((field) => find(story[field], phrase));
    return wanted.every(has) && !without.some(has);
  }

  // What else is asked of a story: the day it was printed begins with the year, one of its pages has the number or the name,
  // one of its authors the name.
  function fits(date, story, { year, page, author }) {
    const number = /^[0-9]+$/.test(page) ? page.padStart(2, "0") : page;
    const pages = [...story.pages, ...(story.sections || [])].map(fold);
    return (
      date.startsWith(year) && (!page || pages.includes(fold(number))) && (!author || Boolean(find(story.byline, fold(author))))
    );
  }

  // The very words of a story that were found, to be marked where it is read.
  function wordsIn(story, wanted) {
    const found = wanted.map((phrase) => {
      for (const field of FIELDS) {
        const at = find(story[field], phrase);
        if (at) return story[field].slice(...at).replace(/\s+/gu, " ");
      }
      return "";
    });
    return Array.from(new Set(found.filter(Boolean)));
  }

  // A piece of the text round the first phrase that it has: [text, marked?] pairs.
  function excerpt(story, wanted) {
    for (const field of ["text", "deck", "kicker", "byline", "keywords"]) {
      for (const phrase of wanted) {
        const found = find(story[field], phrase);
        if (!found) continue;
        const [from, to] = found;
        const before = Array.from(story[field].slice(0, from).replace(/\n/g, " "));
        const after = Array.from(story[field].slice(to).replace(/\n/g, " "));
        return [
          ...marked((before.length > 30 ? "…" : "") + before.slice(-30).join(""), wanted),
          [story[field].slice(from, to), true],
          ...marked(after.slice(0, 60).join("") + (after.length > 60 ? "…" : ""), wanted),
        ];
      }
    }
    const start = Array.from(story.text.replace(/\n/g, " "));
    return [[start.slice(0, 90).join("") + (start.length > 90 ? "…" : ""), false]];
  }

  // A text in pieces, every phrase marked wherever it stands: [text, marked?] pairs.
  function marked(text, wanted) {
    const pieces = [];
    for (let rest = text; ;) {
      const found = wanted.map((phrase) => find(rest, phrase)).filter(Boolean).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      if (!found.length) return [...pieces, [rest, false]];
      const [from, to] = found[0];
      pieces.push([rest.slice(0, from), false], [rest.slice(from, to), true]);
      rest = rest.slice(to);
    }
  }

  // --- what the scripts of the index tell ---------------------------------------------------------

  let months = null;
  const index = {}; // month → part → date → line
  const stories = {}; // date/number → story

  global.printkitSearch = {
    months(list) { months = list; },
    terms(date, part, line) {
      const month = date.slice(0, 7);
      index[month] = index[month] || {};
      index[month][part] = index[month][part] || {};
      index[month][part][date] = line;
    },
    story(date, number, told) { stories[`${date}/${number}`] = told; },
    pure: { fold, asked, phrases, termsOf, queryTerms, shardOf, lookUp, candidates, find, excerpt, allFound, fits, wordsIn },
  };
  if (typeof document === "undefined") return; // a test loads only what is above

  const base = new URL("../", document.currentScript.src);
  const loading = {};
  let lost = 0; // scripts that could not be loaded

  function load(path) {
    if (!loading[path]) {
      loading[path] = new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = new URL(path, base).href;
        script.onload = () => resolve(true);
        script.onerror = () => { lost += 1; delete loading[path]; resolve(false); };
        document.head.append(script);
      });
    }
    return loading[path];
  }

  async function monthCandidates(month, terms) {
    const parts = Array.from(new Set(terms.map(shardOf)));
    await Promise.all(parts.map((part) => load(`search/${month}/${part.toString(16).padStart(2, "0")}.js`)));
    return candidates(index[month] || {}, terms);
  }

  async function storyOf(hit) {
    const [year, month, day] = hit.date.split("-");
    const key = `${hit.date}/${hit.story}`;
    if (!stories[key]) await load(`search/${year}-${month}/${day}/${hit.story}.js`);
    return stories[key];
  }

  // --- the page -----------------------------------------------------------------------------------

  const SHOWN = 20; // hits at a time
  const MONTHS_AT_A_TIME = 12; // searched without asking, so that a rare word does not load the whole archive

  function start() {
    const words = document.getElementById("words");
    const status = document.getElementById("status");
    const results = document.getElementById("results");
    const older = document.getElementById("older");
    const given = new URLSearchParams(location.search);
    const query = given.get("q") || "";
    words.value = query;
    const filters = {};
    for (const name of ["year", "page", "author"]) filters[name] = (given.get(name) || "").trim();
    showFilters(filters);
    const { wanted, without } = asked(query);
    // An author alone is looked for as a word is: bylines are in the index.
    if (!wanted.length) wanted.push(...asked(filters.author).wanted);
    if (!wanted.length) {
      if (without.length) status.textContent = "请再写一个要找的词：减号后面的词只用来排除。";
      else if (query.trim()) status.textContent = "请输入汉字、字母或数字。";
      words.focus();
      return;
    }
    document.title = `检索：${query} · ${document.title}`;
    const terms = queryTerms(wanted);
    const waiting = []; // hits of months that are loaded
    let next = 0; // the next month
    let shown = 0;

    async function more() {
      older.hidden = true;
      status.textContent = "正在检索……";
      const before = shown;
      lost = 0;
      if (months === null) await load("search/months.js");
      if (months === null) {
        status.textContent = "检索数据未能读取，请稍后再试。";
        return;
      }
      const mine = months.filter((month) => month.startsWith(filters.year));
      const lastMonth = Math.min(mine.length, next + MONTHS_AT_A_TIME);
      while (shown - before < SHOWN && (waiting.length || next < lastMonth)) {
        if (!waiting.length) {
          for (const ahead of mine.slice(next, next + 4)) monthCandidates(ahead, terms);
          waiting.push(...(await monthCandidates(mine[next], terms)));
          next += 1;
          continue;
        }
        const some = waiting.splice(0, SHOWN - (shown - before));
        const told = await Promise.all(some.map(storyOf));
        some.forEach((hit, i) => {
          if (told[i] && fits(hit.date, told[i], filters) && allFound(told[i], wanted, without)) {
            results.append(item(hit.date, told[i], wanted));
            shown += 1;
          }
        });
      }
      const all = !waiting.length && next >= mine.length;
      const reached = next > 0 ? mine[next - 1].split("-") : null;
      let told = shown ? `找到${shown}条` : "没有找到";
      if (all) told += filters.year ? `，${filters.year}年的报纸已检索。` : "，全部报纸已检索。";
      else if (waiting.length) told += "，还有更多。";
      else told += `，已检索到${reached[0]}年${parseInt(reached[1], 10)}月的报纸。`;
      if (lost) told += "有一部分检索数据未能读取，结果可能不全。";
      status.textContent = told;
      older.hidden = all;
      const advice = document.getElementById("advice"); // a paper's own page may have none
      if (advice) advice.hidden = !(all && !shown);
      older.textContent = waiting.length ? "更早的结果" : "继续检索更早的报纸";
      if (before && results.children[before]) results.children[before].querySelector("a").focus();
    }

    older.addEventListener("click", more);
    more();
  }

  // A paper's own page may have no filters.
  async function showFilters(filters) {
    for (const name of ["page", "author"]) {
      const field = document.getElementById(name);
      if (field) field.value = filters[name];
    }
    const choice = document.getElementById("year");
    if (!choice) return;
    if (months === null) await load("search/months.js");
    for (const year of new Set((months || []).map((month) => month.slice(0, 4)))) {
      choice.append(new Option(`${year}年`, year, false, year === filters.year));
    }
  }

  function item(date, story, wanted) {
    const [year, month, day] = date.split("-");
    const entry = document.createElement("li");
    const head = document.createElement("h2");
    const link = document.createElement("a");
    link.href = new URL(`${year}/${month}/${day}/story/${encodeURIComponent(story.id)}.html`, base).href;
    link.hash = `q=${encodeURIComponent(wordsIn(story, wanted).join("\n"))}`;
    write(link, marked(story.headline || story.id, wanted));
    head.append(link);
    const where = document.createElement("p");
    where.className = "where";
    const pages = story.pages.map((page) => `${page}版`).join("、");
    const number = story.number ? `第${story.number}期 ` : "";
    where.textContent = `${year}年${parseInt(month, 10)}月${parseInt(day, 10)}日 ${number}${pages}`;
    const text = document.createElement("p");
    write(text, excerpt(story, wanted));
    entry.append(head, where, text);
    return entry;
  }

  function write(element, pieces) {
    for (const [text, isHit] of pieces) {
      if (!isHit) element.append(text);
      else {
        const mark = document.createElement("mark");
        mark.textContent = text;
        element.append(mark);
      }
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(typeof window === "undefined" ? globalThis : window);
