// The desk's words in both languages; the page's own language decides.

const WORDS = {
  pages: ["版面", "Pages"],
  side: ["提示与稿件", "Findings and copy"],
  views: ["显示", "Show"],
  smaller: ["缩小", "Smaller"],
  larger: ["放大", "Larger"],
  whole: ["整版", "Page"],
  wide: ["满宽", "Width"],
  two: ["双版", "Two"],
  undo: ["撤销", "Undo"],
  redo: ["重做", "Redo"],
  close: ["关闭", "Close"],
  theirs: ["磁盘上的文件", "The file on disk"],
  ours: ["本来要写入的", "What would have been written"],
  grid: ["版样纸", "Grid"],
  slots: ["版位", "Slots"],
  stories: ["稿块", "Stories"],
  order: ["阅读顺序", "Reading order"],
  marks: ["提示", "Marks"],
  findings: ["提示", "Findings"],
  fits: ["约稿单", "Fit"],
  copy: ["稿件", "Story"],
  spare: ["待用稿", "Not placed"],
  general: ["全期", "The edition"],
  none: ["没有提示。", "Nothing to tell."],
  notes: ["说明", "Notes"],
  busy: ["正在排版…", "Making pages…"],
  ready: ["已是最新", "Up to date"],
  faulty: ["有错误：版面为上一次的样子", "Faults: pages are those before"],
  lost: ["与 printkit 的连接已断开", "The connection to printkit is lost"],
  readonly: ["文件夹只读：只能看，不能改。", "The folder is read-only: look only."],
  over: ["溢", "over"],
  under: ["缺", "short"],
  closed: ["正好", "fits"],
  characters: ["字", "chars"],
  lines: ["行", "lines"],
  waiting: ["等待排版", "Waiting"],
  story: ["稿件", "Story"],
  slot: ["版位", "Slot"],
  page: ["版", "Page"],
  copyLength: ["字数", "Copy"],
  room: ["容量（行）", "Room (lines)"],
  state: ["长短", "Fit"],
  open: ["打开文件", "Open the file"],
  entry: ["打开条目", "Open the entry"],
  pick: ["在版面上点选一篇稿件。", "Choose a story on a page."],
  save: ["保存", "Save"],
  saved: ["已保存", "Saved"],
  revert: ["还原", "Revert"],
  changed: ["未保存", "Not saved"],
  refused: ["不能这样做", "This cannot be done"],
  conflict: ["文件已在别处改动，没有覆盖", "The file was changed elsewhere and was not overwritten"],
  conflictHint: ["两份内容如下；请选定后再改。", "Both are shown; choose, then edit again."],
  level: ["级别", "Level"],
  frame: ["框", "Frame"],
  direction: ["标题方向", "Headline"],
  align: ["标题对齐", "Head align"],
  byline: ["署名", "Byline"],
  columns: ["分栏", "Columns"],
  crop: ["裁图", "Crop"],
  usual: ["照样式", "as styled"],
  "frame.none": ["无框", "none"],
  "frame.box": ["线框", "box"],
  "frame.tint": ["底纹", "tint"],
  "frame.lace": ["花边", "lace"],
  "frame.corner": ["角题", "corner"],
  "frame.reverse": ["反白", "reverse"],
  "direction.horizontal": ["横题", "horizontal"],
  "direction.vertical": ["竖题", "vertical"],
  "align.start": ["居左", "start"],
  "align.center": ["居中", "centre"],
  "align.justify": ["撑满", "justify"],
  "byline.head": ["题下", "head"],
  "byline.tail": ["文末", "tail"],
  "byline.dateline": ["电头后", "dateline"],
  "crop.none": ["不裁", "never"],
  moveTo: ["移到", "Move to"],
  swapWith: ["对调", "Swap with"],
  go: ["执行", "Do it"],
  takeOut: ["撤下", "Take out"],
  placeOn: ["上版到", "Place on"],
  lock: ["锁定位置", "Lock"],
  unlock: ["解锁", "Unlock"],
  place: ["位置", "Place"],
  at: ["起栏、起行、占栏、占行", "column, row, columns, rows"],
  free: ["空", "free"],
  noSpare: ["没有待用稿。", "No article is left over."],
  spareHint: ["拖到版位上，或选版位后上版。把版面上的稿件拖到这里即撤下。", "Drag one to a slot, or choose its slot. A story dragged here is taken out."],
  pool: ["待编", "Pool"],
  kicker: ["引题", "Kicker"],
  headline: ["主题", "Headline"],
  deck: ["副题", "Deck"],
  dateline: ["电头", "Dateline"],
  editor_note: ["编者按", "Editors' note"],
  body: ["正文", "Body"],
  pull_quote: ["摘句", "Pull quote"],
  caption: ["图注", "Caption"],
  role: ["身份", "Role"],
  name: ["姓名", "Name"],
  title: ["职务", "Title"],
  sections: ["分述", "Section"],
  boxes: ["附文", "Box"],
  notices: ["启事", "Notice"],
  pictures: ["图片", "Picture"],
  auto: ["自动组版", "auto"],
  ad: ["广告", "Ad"],
};

export const isChinese = document.documentElement.lang.startsWith("zh");

export function say(key) {
  const found = WORDS[key];
  return found ? found[isChinese ? 0 : 1] : key;
}

/** A message of printkit in the page's language. */
export const told = (finding) => (isChinese && finding.message_zh) || finding.message;
export const hint = (finding) => (isChinese && finding.hint_zh) || finding.hint || "";

/** How a story fits, in words: 溢 12 字 1 行. */
export function fitWords(fit) {
  if (fit.over[0] || fit.over[1]) return amount("over", fit.over);
  if (fit.under[0] || fit.under[1]) return amount("under", fit.under);
  return say("closed");
}

const amount = (kind, [lines, characters]) =>
  isChinese ? `${say(kind)} ${characters} 字（${lines} 行）` : `${say(kind)} ${characters} characters (${lines} lines)`;

export const pageWords = (number) => (isChinese ? `第${number.replace("-", "、")}版` : `page ${number}`);

for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
