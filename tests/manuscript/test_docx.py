"""What Word writes into a paragraph, and what its readers lose: each as a few lines of XML."""

from pathlib import Path

import pytest

from printkit.manuscript.block import Block, Embedded, Manuscript
from printkit.manuscript.docx import read_docx
from printkit.manuscript.docx.numbering import written
from printkit.manuscript.drafting import drafts
from printkit.manuscript.pictures import without_pictures
from printkit.model.text import Kind, Run
from printkit.source import writing
from tests.support.word import paragraph, word_of


def read(body: str, numbering: str = "", styles: str = "") -> Manuscript:
    return read_docx("a.docx", word_of(body, numbering, styles))


def texts(manuscript: Manuscript) -> list[str]:
    return [block.text for block in manuscript.blocks if block.text]


def codes(manuscript: Manuscript) -> list[str]:
    return [note.code for note in manuscript.notes]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_tracked_changes_are_accepted() -> None:
    body = (
        f"<w:p>{run('前')}<w:ins w:author='甲'>{run('加')}</w:ins>"
        "<w:del w:author='甲'><w:r><w:delText>删</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('移')}</w:moveFrom>{run('后')}<w:moveTo>{run('移')}</w:moveTo></w:p>"
    )
    made = read(body)
    assert texts(made) == ["前加后移"]
    assert [(note.code, note.was, note.now, note.by) for note in made.notes] == [
        ("inserted", "", "加", "甲"),
        ("deleted", "删", "", "甲"),
        ("moved", "", "移", ""),
    ]


def test_a_deleted_paragraph_mark_joins_and_deleted_rows_go() -> None:
    row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    table = row.format("", run("甲"), run("乙")) + row.format("<w:trPr><w:del/></w:trPr>", run("删"), run("删"))
    table += row.format("", run("丙"), run("丁"))
    made = read(
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('上')}</w:p><w:p>{run('下')}</w:p><w:tbl>{table}</w:tbl>"
    )
    assert texts(made) == ["上下"]
    [grid] = [block.table for block in made.blocks if block.table]
    assert [[cell.text for cell in cells] for cells in (grid.head, *grid.rows)] == [["甲", "乙"], ["丙", "丁"]]


def test_hidden_text_is_left_out_and_struck_text_kept() -> None:
    made = read(paragraph("看不见", rpr="<w:vanish/>") + paragraph("划掉", rpr="<w:strike/>"))
    assert texts(made) == ["划掉"]
    assert codes(made) == ["hidden", "struck-kept"]


def test_a_text_box_is_read_once_whatever_form_it_has() -> None:
    box = f"<w:txbxContent><w:p>{run('框里')}</w:p></w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}"
        f"</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    made = read(f"<w:p><w:r>{both}</w:r>{run('段落')}</w:p><w:p><w:r>{old}</w:r>{run('又一段')}</w:p>")
    assert texts(made) == ["框里", "段落", "框里", "又一段"]
    assert codes(made) == ["text-box", "text-box"]


def test_content_controls_smart_tags_and_fields_keep_their_text() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"https://example.org/a\"</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('链接')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    date = f"<w:fldSimple w:instr=' DATE '>{run('2019年3月5日')}</w:fldSimple>"
    page = f"<w:fldSimple w:instr=' PAGE '>{run('7')}</w:fldSimple>"
    body = f"<w:sdt><w:sdtContent><w:p><w:smartTag>{run('标签')}</w:smartTag>{field}{run('；')}{date}{page}</w:p></w:sdtContent></w:sdt>"
    made = read(body)
    assert made.blocks[0].runs == (Run("标签"), Run("链接", link="https://example.org/a"), Run("；2019年3月5日"))
    assert codes(made) == ["field-date"]


def test_emphasis_dots_ruby_symbols_and_formulas() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('jiǎn')}</w:rt><w:rubyBase>{run('謇')}</w:rubyBase></w:ruby></w:r>"
    symbols = "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Wingdings' w:char='F0AA'/><w:sym w:char='D800'/></w:r>"
    formula = "<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath>"
    dotted = "<w:r><w:rPr><w:em w:val='dot'/></w:rPr><w:t>着重</w:t></w:r>"
    made = read(f"<w:p>{run('普通')}{dotted}{ruby}{symbols}{formula}</w:p>")
    assert made.blocks[0].runs == (Run("普通"), Run("着重", emphasis=True), Run("謇✓〓E=mc²"))
    assert codes(made) == ["ruby", "symbol", "symbol-unknown", "formula"]


def test_raised_and_lowered_text() -> None:
    up, down = "<w:vertAlign w:val='superscript'/>", "<w:vertAlign w:val='subscript'/>"
    made = read(paragraph("2", rpr=up) + paragraph("2", rpr=down) + paragraph("注", rpr=up))
    assert texts(made) == ["²", "₂", "注"]
    assert codes(made) == ["superscript", "subscript", "raised-kept"]


def test_soft_breaks_are_lines_and_a_page_break_begins_anew() -> None:
    made = read(
        f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}<w:r><w:cr/></w:r>{run('三')}<w:r><w:br w:type='page'/></w:r>{run('四')}</w:p>"
    )
    assert [(block.text, block.breaks, block.begins_anew) for block in made.blocks] == [
        ("一", 0, False),
        ("二", 1, False),
        ("三", 1, False),
        ("四", 1, True),
    ]


NUMBERS = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
"""


def test_numbers_that_stand_only_in_the_list_are_written_out() -> None:
    def item(text: str, depth: int, number: int = 1) -> str:
        return paragraph(text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")

    style = (
        "<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Own'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Below'><w:name w:val='Below'/><w:basedOn w:val='Own'/></w:style>"
    )
    body = item("甲", 0) + item("子", 1) + item("丑", 1) + paragraph("乙", "<w:pStyle w:val='Below'/>") + item("寅", 1)
    made = read(body + item("点", 0, 2), NUMBERS, style)
    assert texts(made) == ["一、甲", "一.1 子", "一.2 丑", "二、乙", "二.1 寅", "点"]
    assert made.blocks[-1].kind is Kind.LIST_ITEM


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (103, "chineseCountingThousand", "一百〇三"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
    ],
)
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def test_merged_cells_are_filled_down_and_left_empty_across() -> None:
    def cell(text: str, tcpr: str = "") -> str:
        return f"<w:tc><w:tcPr>{tcpr}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"

    rows = (
        cell("站", "<w:vMerge w:val='restart'/>") + cell("早晚", "<w:gridSpan w:val='2'/>"),
        cell("", "<w:vMerge/>") + cell("早") + cell("晚"),
    )
    made = read(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    [table] = [block.table for block in made.blocks if block.table]
    assert [[one.text for one in row] for row in (table.head, *table.rows)] == [["站", "早晚", ""], ["站", "早", "晚"]]
    assert [(note.code, note.now) for note in made.notes] == [("merged-cells", "2")]


def test_one_cell_is_a_box_and_one_row_is_text() -> None:
    box = f"<w:tbl><w:tr><w:tc><w:p>{run('框')}</w:p></w:tc></w:tr></w:tbl>"
    row = f"<w:tbl><w:tr><w:tc><w:p>{run('左')}</w:p></w:tc><w:tc><w:p>{run('右')}</w:p></w:tc></w:tr></w:tbl>"
    made = read(box + row)
    assert [(block.text, block.boxed) for block in made.blocks if block.text] == [
        ("框", True),
        ("左", False),
        ("右", False),
    ]
    assert codes(made) == ["row-to-text"]


def test_looks_come_from_the_paragraph_the_style_and_what_it_is_based_on() -> None:
    style = (
        "<w:style w:type='paragraph' w:styleId='Big'><w:name w:val='Big'/><w:rPr><w:sz w:val='44'/><w:b/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Head'><w:name w:val='Head'/><w:basedOn w:val='Big'/>"
        "<w:pPr><w:jc w:val='center'/></w:pPr></w:style>"
    )
    body = paragraph("题", "<w:pStyle w:val='Head'/>") + paragraph(
        "大", "<w:outlineLvl w:val='1'/>", "<w:sz w:val='32'/>"
    )
    first, second = (block.look for block in read(body, styles=style).blocks)
    assert (first.size, first.bold, first.centred, first.level) == (44, True, True, None)
    assert (second.size, second.bold, second.level) == (32, False, 1)


def test_heading_1_is_a_headline_only_where_nothing_is_set_in_title() -> None:
    head, title = (paragraph("题", f"<w:pStyle w:val='{style}'/>") for style in ("Heading1", "Title"))
    assert [block.look.level for block in read(head + paragraph("文")).blocks] == [0, None]
    assert [block.look.level for block in read(title + head + paragraph("文")).blocks] == [0, 1, None]


def test_pictures_that_are_only_linked_or_gone_are_told() -> None:
    def drawn(attribute: str) -> str:
        blip = f"<a:graphic><a:graphicData><a:blip {attribute}/></a:graphicData></a:graphic>"
        return f"<w:p><w:r><w:drawing><wp:inline>{blip}</wp:inline></w:drawing></w:r></w:p>"

    assert codes(read(drawn("r:embed='rId99'") + drawn("r:link='rId98'"))) == ["picture-missing", "picture-missing"]


# --- as WPS writes them --------------------------------------------------------------------------------------


def in_face(text: str, face: str, ppr: str = "") -> str:
    return paragraph(text, ppr, f"<w:rFonts w:hint='eastAsia' w:eastAsia='{face}'/><w:sz w:val='32'/>")


LONG = "天黑以后，灯一盏接一盏地亮了，一直亮到天明，谁也没有说累。"


def test_subheads_of_another_typeface_and_none_in_bold() -> None:
    head = paragraph("码头的灯", "<w:jc w:val='center'/>", "<w:sz w:val='44'/>")
    heads = in_face("一、夜里", "黑体") + in_face(LONG, "仿宋") + in_face("（一）风", "楷体") + in_face(LONG, "仿宋")
    body = head + in_face(LONG, "仿宋") + heads + in_face("短句。", "仿宋") + in_face(LONG, "仿宋")
    [draft] = drafts(read(body), "a", split=False)
    assert [one.text for one in draft.article.body if one.kind is Kind.SUBHEAD] == ["一、夜里", "（一）风"]


def test_a_list_that_begins_at_another_number() -> None:
    lists = """<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>
        <w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>
        <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"""
    body = "".join(
        paragraph(LONG, f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{number}'/></w:numPr>") for number in (1, 2, 2)
    )
    assert [block.text[:2] for block in read(body, lists).blocks] == ["一、", "五、", "六、"]


def test_a_text_box_that_says_what_it_is_becomes_a_box() -> None:
    inside = paragraph("【链接】") + paragraph("小屋有多大") + paragraph("每间小屋能容6人休息。")
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    body = paragraph("码头的灯", "<w:jc w:val='center'/>", "<w:b/>") + paragraph(LONG) + box + paragraph(LONG * 2)
    [draft] = drafts(read(body), "a", split=False)
    assert [(one.kind, one.headline and one.headline.text) for one in draft.article.boxes] == [("link", "小屋有多大")]
    assert [one.text for one in draft.article.body] == [LONG, LONG * 2]


def test_a_caption_in_a_box_that_is_grouped_with_its_picture() -> None:
    inside = f"<w:txbxContent>{paragraph('图为灯下。池望 摄')}</w:txbxContent>"
    group = f"<w:p><w:r><w:pict><v:textbox>{inside}</v:textbox><v:imagedata r:id='rId1'/></w:pict></w:r></w:p>"
    made = read(paragraph("码头的灯", "", "<w:b/>") + paragraph(LONG) + group + paragraph(LONG * 2))
    picture = Embedded(b"", ".png")
    where = next(block.where for block in made.blocks if block.framed)
    blocks = [*made.blocks[:3], Block(where, pictures=(picture,)), *made.blocks[3:]]
    texts, [entry] = without_pictures(blocks, 0, [])
    assert (entry.caption, entry.credit) == ("图为灯下。", "池望 摄")
    assert "图为灯下。池望 摄" not in [block.text for block in texts]


def test_a_letter_that_is_signed_in_two_lines_reads_back(tmp_path: Path) -> None:
    signed = "".join(paragraph(text, "<w:jc w:val='right'/>") for text in ("北塘码头工会", "2026年12月1日"))
    body = paragraph("一封信", "<w:jc w:val='center'/>", "<w:b/>") + paragraph("老何师傅：") + paragraph(LONG) + signed
    [draft] = drafts(read(body), "a", split=False)
    done = writing.written(draft.article, "en")
    (tmp_path / "a.yaml").write_text(done.text, encoding="utf-8")
    writing.proved(tmp_path / "a.yaml", done.article)


def test_who_sends_it_and_how_to_reach_them_is_no_deck() -> None:
    line = "作者：柯小满　单位：北塘码头工会　电话：13800138000"
    [draft] = drafts(read(paragraph("码头的灯", "", "<w:b/>") + paragraph(line) + paragraph(LONG)), "a", split=False)
    assert (draft.article.deck, [one.name for one in draft.article.byline]) == (None, ["柯小满"])
    assert all("13800138000" not in note.was for note in draft.notes)


def test_a_table_with_an_empty_cell_is_written() -> None:
    cells = [["泊位", "面积"], ["一号", ""]]
    rows = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(c)}</w:tc>' for c in row)}</w:tr>" for row in cells)
    body = paragraph("码头的灯", "<w:jc w:val='center'/>", "<w:b/>") + paragraph(LONG) + f"<w:tbl>{rows}</w:tbl>"
    [draft] = drafts(read(body), "a", split=False)
    assert "| 一号 |  |" in writing.written(draft.article, "en").text
