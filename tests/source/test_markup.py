"""The markup of the copy: what is marked, what stays text, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.diagnostics import Say, SourceRef
from printkit.model.text import Kind, Paragraph
from printkit.source.markup import join_lines, read_paragraphs

_TOLD: list[str] = []
_PLACES: list[int] = []


def _read(text: str) -> tuple[Paragraph, ...]:
    _TOLD.clear()
    _PLACES.clear()
    lines = [(line, SourceRef("a.yaml", number)) for number, line in enumerate(text.split("\n"), 1)]

    def tell(code: str, where: SourceRef, _message: Say, _hint: Say) -> None:
        _TOLD.append(code)
        _PLACES.append(where.line)

    return read_paragraphs(lines, tell)


def _shown(text: str) -> str:
    """Write paragraphs back with their marks: ``<s>``, ``<e>``, ``<a>``."""
    paragraphs = []
    for paragraph in _read(text):
        parts = []
        for run in paragraph.runs:
            part = f"<a>{run.text}</a>" if run.link else run.text
            part = f"<e>{part}</e>" if run.emphasis else part
            parts.append(f"<s>{part}</s>" if run.strong else part)
        paragraphs.append("".join(parts))
    return "|".join(paragraphs)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**“重点”**是", "<s>“重点”</s>是"),
        ("他说**注意：**开会", "他说<s>注意：</s>开会"),
        ("**《方案》**指出", "<s>《方案》</s>指出"),
        ("*“引”*后", "<e>“引”</e>后"),
        ("他说：**“A”**，**“B”**。", "他说：<s>“A”</s>，<s>“B”</s>。"),
        ("据**OpenAI（开放）**称", "据<s>OpenAI（开放）</s>称"),
        ("在**(甲)**后**——乙……**丙", "在<s>(甲)</s>后<s>——乙……</s>丙"),
        ("**粗*强*粗**", "<s>粗</s><s><e>强</e></s><s>粗</s>"),
        ("***都***是", "<s><e>都</e></s>是"),
        ("**甲\n乙**丙", "<s>甲乙</s>丙"),
        ("[网站](https://a.cn/b(c))和[信](mailto:a@b.cn)", "<a>网站</a>和<a>信</a>"),
        ("[**重**点](http://a.cn)", "<s><a>重</a></s><a>点</a>"),
    ],
)
def test_marks(text: str, shown: str) -> None:
    assert _shown(text) == shown
    assert not _TOLD


@pytest.mark.parametrize(
    "text",
    [
        "2024. 年",
        "1. 甲",
        "1) 甲",
        "* 甲",
        "+ 甲",
        "-5 度",
        "---",
        "***",
        "标题===",
        "# 标题",
        "### 标题",
        "##话题",
        "`代码` ~~删~~ _下_ __划__",
        "<b>粗</b> <script>alert(1)</script> <!-- 注 -->",
        "&amp; &#65; &lt;",
        "{{ paper.name }} {% for x in y %} {# 注 #}",
        "120*80*30 毫米，5*3",
        "甲 * 乙 * 丙",
        "**没有结束",
        "[1] [注] (2) [a](",
        "a\\b C:\\路径 \\n \\u4e00",
        "https://a.cn/?a=1&b=2 www.a.cn a@b.cn",
        "甲|乙",
        "| 甲 | 乙 |",
        "👩‍👩‍👧 𠮷 龘 e\u0301",
        "!甲 ![",
    ],
)
def test_stays_text(text: str) -> None:
    [paragraph] = _read(text)
    assert paragraph.text == text
    assert not any(run.strong or run.emphasis or run.link for run in paragraph.runs)
    assert paragraph.kind is Kind.BODY
    assert set(_TOLD) <= {"odd-markup"}


def test_escapes() -> None:
    assert _shown("\\*甲\\* \\[乙](http://a.cn) \\\\ \\%") == "*甲* [乙](http://a.cn) \\ \\%"
    assert [(p.kind, p.text) for p in _read("\\## 甲\n\n\\- 乙\n\n\\> 丙")] == [
        (Kind.BODY, "## 甲"),
        (Kind.BODY, "- 乙"),
        (Kind.BODY, "> 丙"),
    ]


def test_blocks_and_their_lines() -> None:
    text = "\n甲\n乙\n## 小标题\n丙\n\n> 引\n> 文\n>\n> 又引\n- 一\n  续\n- 二\n\n　　丁\n　　戊"
    told = [(p.kind, p.text, p.where.line) for p in _read(text) if p.where]
    assert told == [
        (Kind.BODY, "甲乙", 2),
        (Kind.SUBHEAD, "小标题", 4),
        (Kind.BODY, "丙", 5),
        (Kind.QUOTATION, "引文", 7),
        (Kind.QUOTATION, "又引", 10),
        (Kind.LIST_ITEM, "一续", 11),
        (Kind.LIST_ITEM, "二", 13),
        (Kind.BODY, "丁", 15),
        (Kind.BODY, "戊", 16),
    ]


def test_lines_that_stay_lines() -> None:
    text = "前\n~ 甲*乙*\n　　~ 丙\n\n~ 丁\n后\n<< 敬礼\n>> 老廖\n>> 一月\n^ 中\n> 引\n~ 戊"
    told = [(p.kind, p.text, p.where.line) for p in _read(text) if p.where]
    assert told == [
        (Kind.BODY, "前", 1),
        (Kind.VERSE, "甲乙\n丙", 2),
        (Kind.VERSE, "丁", 5),
        (Kind.BODY, "后", 6),
        (Kind.FLUSH, "敬礼", 7),
        (Kind.SIGN, "老廖\n一月", 8),
        (Kind.CENTRE, "中", 10),
        (Kind.QUOTATION, "引", 11),
        (Kind.VERSE, "戊", 12),
    ]
    assert not _TOLD
    [poem] = _read("~ **甲**\n~ 乙丙\n~ [丁](http://a.cn)")
    assert [line.text for line in poem.lines] == ["甲", "乙丙", "丁"]
    assert [run.strong for run in poem.runs] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("总则\n1. 甲\n2．乙\n3、丙", ["总则", "1. 甲", "2．乙", "3、丙"]),
        ("一、甲\n续\n（一）乙\n（2）丙", ["一、甲续", "（一）乙", "（2）丙"]),
        ("1.首批已经发完;\n2.43家公司认账;\n3.5家还没有。", ["1.首批已经发完;", "2.43家公司认账;", "3.5家还没有。"]),
        ("全区有\n2.43万人，比去年多\n3.1万人。", ["全区有2.43万人，比去年多3.1万人。"]),
        ("> 十二、甲\n> 十三、乙", ["十二、甲", "十三、乙"]),
        ("比去年多\n1.5万元，\n2024. 年，一\n一得一", ["比去年多1.5万元，2024. 年，一一得一"]),
    ],
)
def test_numbered_clauses_stay_apart(text: str, parts: list[str]) -> None:
    assert [p.text for p in _read(text)] == parts
    assert not _TOLD


@pytest.mark.parametrize(
    ("text", "shown", "places"),
    [
        ("~ 甲\n~\n~ 乙", [(Kind.VERSE, "甲"), (Kind.VERSE, "乙")], [2]),
        ("~", [(Kind.BODY, "~")], [1]),
        ("甲\n\n>>老廖", [(Kind.BODY, "甲"), (Kind.BODY, ">>老廖")], [3]),
        ("<<敬礼\n\n^中\n\n~诗", [(Kind.BODY, "<<敬礼"), (Kind.BODY, "^中"), (Kind.BODY, "~诗")], [1, 3, 5]),
        (">> ## 题", [(Kind.SIGN, "## 题")], [1]),
        ("- ~ 甲", [(Kind.LIST_ITEM, "~ 甲")], [1]),
        ("> >> 甲", [(Kind.QUOTATION, ">> 甲")], [1]),
        ("|甲|乙|\n|-|-|\n|^ 1|2|", [(Kind.TABLE, "甲\t乙\n^ 1\t2")], [3]),
    ],
)
def test_marks_of_lines_that_mark_nothing_are_told(text: str, shown: list[object], places: list[int]) -> None:
    assert [(p.kind, p.text) for p in _read(text)] == shown
    assert ["odd-markup"] * len(places) == _TOLD
    assert places == _PLACES


def test_signs_that_are_copy_are_not_told() -> None:
    assert _shown("~30 ℃\n\n^_^\n\n\\~ 甲\n\n\\>> 乙\n\n甲 ^ 乙 << 丙") == "~30 ℃|^_^|~ 甲|>> 乙|甲 ^ 乙 << 丙"
    assert not _TOLD


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["中文", "中文"], "中文中文"),
        (["made", "up"], "made up"),
        (["用 Word", "排版"], "用 Word排版"),
        (["排版", "Word"], "排版Word"),
        (["他说：", "“好”"], "他说：“好”"),
        (["he said", "“yes”"], "he said “yes”"),
        (["**中", "文**", "字"], "**中文**字"),
        (["**see**", "*this*"], "**see** *this*"),
        (["2023", "2024 年"], "2023 2024 年"),
        (["한국", "신문"], "한국 신문"),
        (["　　中文　", "", "\xa0中文"], "中文中文"),
    ],
)
def test_lines_that_wrap(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


@pytest.mark.parametrize(
    "text", ["|甲|乙|\n|---|:-:|\n|1|2|", "甲|乙\n-|:-:\n1|2", "　| 甲 | 乙　|\n| - | :-: |\n|1 |2|　"]
)
def test_a_table_is_a_head_a_line_of_dashes_and_rows(text: str) -> None:
    before, table, after = _read(f"前\n{text}\n\n后")
    assert (before.text, table.text, after.text) == ("前", "甲\t乙\n1\t2", "后")
    assert table.kind is Kind.TABLE
    assert table.table
    assert table.table.aligns == ("auto", "center")
    assert table.where == table.table.head[0].where == SourceRef("a.yaml", 2)
    assert table.table.rows[0][1].where == SourceRef("a.yaml", 4)
    assert not _TOLD


def test_dashes_align_and_cells_have_marks() -> None:
    [paragraph] = _read("|甲|乙|丙|丁|\n|:--|--:|:-:|--|\n|**重**点| [网](http://a.cn) |\\| 和 \\*||")
    assert paragraph.table
    assert paragraph.table.aligns == ("start", "end", "center", "auto")
    [row] = paragraph.table.rows
    assert [[(run.text, run.strong, run.link) for run in cell.runs] for cell in row] == [
        [("重", True, None), ("点", False, None)],
        [("网", False, "http://a.cn")],
        [("| 和 *", False, None)],
        [("", False, None)],
    ]


@pytest.mark.parametrize(
    "text", ["甲|乙", "|甲|乙|", "甲|乙\n丙|丁", "甲\\|乙\n-|-", "甲\n--|--", "|甲|\n\n|-|", "甲||乙\n---"]
)
def test_a_bar_in_the_text_is_no_table(text: str) -> None:
    assert all(p.kind is not Kind.TABLE for p in _read(text))
    assert not _TOLD


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("|甲|乙|\n|-|-|\n|1|\n|1|2|\n|1|2|3|", [3, 5]),
        ("|甲|乙|\n|-|\n|1|2|", [2]),
        ("|甲|乙|\n|-|-|", [1]),
        ("|甲|乙|\n|-|-|\n|1|2|\n后文没有空行", [4]),
        ("|甲|乙|\n|-|-|\n|1\\|2|", [3]),
    ],
)
def test_rows_have_as_many_cells_as_the_head(text: str, lines: list[int]) -> None:
    _read(text)
    assert ["table"] * len(lines) == _TOLD
    assert lines == _PLACES


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "../a.html", "见附件", "data:text/html,x"]
)
def test_wrong_links(href: str) -> None:
    _read(f"[甲]({href})")
    assert _TOLD == ["markup"]


_COPY = st.text(
    st.one_of(
        st.sampled_from("的一是了我不，。、；：？！“”‘’（）《》—…·aB1 　\n*[]()\\#>-|!`_~<^&{}%"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=80,
)


@given(_COPY)
def test_only_marks_and_white_space_are_taken(text: str) -> None:
    """Formats.md: "no other code point of the copy is changed or dropped"."""
    paragraphs = _read(text)
    copy = "".join(character for paragraph in paragraphs for character in paragraph.text if not character.isspace())
    if "table" in _TOLD:
        return  # A row that does not fit its table: refused.
    rest = iter(copy)
    wanted = next(rest, None)
    taken = ""
    for character in text:
        if character == wanted:
            wanted = next(rest, None)
        elif not character.isspace():
            taken += character
    assert wanted is None, "text was added or moved"
    if "](" not in text:  # An address is no copy.
        is_table = any(paragraph.table for paragraph in paragraphs)
        assert set(taken) <= set("*#>-\\~<^" + ("|:" if is_table else ""))


@given(_COPY.map(lambda text: text.translate(dict.fromkeys(map(ord, "*[]\\#>-|~<^")))))
def test_copy_without_marks_is_kept_whole(text: str) -> None:
    kept = "".join(p.text for p in _read(text))
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]
    assert all(p.runs and p.kind is Kind.BODY for p in _read(text))


@pytest.mark.parametrize("piece", ["*", "**a", "[", "[a](", "[a](http://a.cn) *", "*a **b ", "\\", ">", "- ", "中，"])
def test_a_long_paragraph_takes_no_more_than_its_length(piece: str) -> None:
    assert _read(piece * (50_000 // len(piece)))
