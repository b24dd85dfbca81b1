"""Lines of a manuscript as the keys of an article, told by look, order and words."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printkit.diagnostics import InputError, SourceRef
from printkit.manuscript.block import Block, Embedded, Look, Manuscript, table_blocks
from printkit.manuscript.drafting import Draft, drafts, stem_of
from printkit.model.article import Byline
from printkit.model.text import Kind, Run

HEAD = Look(size=44, bold=True, centred=True)
SMALL = Look(size=32, centred=True)
TEXT = Look(size=24)
BOLD = Look(size=24, bold=True)
PROSE = "码头上的灯一盏接一盏地亮了起来，值夜班的人陆续走进食堂。"
PROSE_2 = "热气从窗口里冒出来，谁也没有先开口说话，只听见碗筷的声音。"


def made(*lines: tuple[str, Look] | str | Block, split: bool = False) -> list[Draft]:
    """Draft a manuscript of lines; a text alone is set like the body."""
    blocks: list[Block] = []
    for number, line in enumerate(lines, 1):
        where = SourceRef("a.docx", number)
        if isinstance(line, Block):
            blocks.append(line)
        else:
            text, look = (line, TEXT) if isinstance(line, str) else line
            blocks.append(Block(where, (Run(text),), look))
    return list(drafts(Manuscript("a.docx", tuple(blocks)), "a", split=split))


def codes(draft: Draft) -> Sequence[str]:
    return [note.code for note in draft.notes]


def test_kicker_headline_deck_and_byline_by_their_look() -> None:
    [draft] = made(
        ("引题", SMALL), ("码头的灯", HEAD), ("——副题", SMALL), ("本报记者 柯小满", Look(size=24, centred=True)), PROSE
    )
    article = draft.article
    headings = {role: heading.text for role, heading in article.headings.items()}
    assert headings == {"kicker": "引题", "headline": "码头的灯", "deck": "副题"}
    assert article.byline == (Byline("本报记者", "柯小满"),)
    assert codes(draft) == ["deck-dash"]


def test_a_headline_of_two_lines_is_a_list() -> None:
    [draft] = made(("岗位送到厂门口", HEAD), ("机会留给本地人", HEAD), PROSE)
    assert draft.article.headline
    assert draft.article.headline.lines == ("岗位送到厂门口", "机会留给本地人")


def test_words_style_beats_size_and_bold_beats_a_larger_kicker() -> None:
    [draft] = made(("大字", Look(size=60)), ("真题", Look(size=24, level=0)), PROSE)
    assert draft.article.headline
    assert draft.article.headline.text == "真题"
    [draft] = made(("引题", Look(size=28)), ("真题", Look(size=24, bold=True)), PROSE)
    assert draft.article.headline
    assert draft.article.headline.text == "真题"


def test_a_headline_that_only_its_place_tells_is_told() -> None:
    [draft] = made("题目", "副题在这里", PROSE)
    assert draft.article.headline
    assert draft.article.headline.text == "题目"
    assert codes(draft) == ["guessed-front"]


def test_text_over_the_headline_is_the_editors_note() -> None:
    head = ("码头的灯", HEAD)
    for lines, note in (
        ((PROSE, head), [PROSE]),
        ((head, f"编者按：{PROSE}"), [f"编者按：{PROSE}"]),
        ((head, "开栏的话", PROSE), ["开栏的话", PROSE]),
    ):
        [draft] = made(*lines, PROSE_2)
        assert [one.text for one in draft.article.editor_note] == note
        assert [one.text for one in draft.article.body] == [PROSE_2]


def test_a_box_of_text_over_the_body_is_the_editors_note() -> None:
    box = Block(SourceRef("a.docx", 2), (Run(PROSE),), TEXT, boxed=True)
    [draft] = made(("码头的灯", HEAD), box, PROSE_2)
    assert [one.text for one in draft.article.editor_note] == [PROSE]


def test_a_dateline_and_its_byline() -> None:
    [draft] = made(("码头的灯", HEAD), f"本报讯（记者 柯小满 通讯员 谭小楼）{PROSE}")
    article = draft.article
    assert (article.dateline, article.body[0].text) == ("本报讯", PROSE)
    assert article.byline == (Byline("记者", "柯小满"), Byline("通讯员", "谭小楼"))
    [draft] = made(("码头的灯", HEAD), f"据新华社北塘1月9日电 {PROSE}")
    assert draft.article.dateline == "据新华社北塘1月9日电"
    [draft] = made(("码头的灯", HEAD), f"本报讯员工说，{PROSE}")
    assert draft.article.dateline == ""


def test_a_byline_at_the_end_and_the_authors_office() -> None:
    [draft] = made(("码头的灯", HEAD), PROSE, "（本报记者 柯小满）", "（作者单位：北塘码头工会）")
    assert draft.article.byline == (Byline("本报记者", "柯小满"),)
    assert [one.text for one in draft.article.body] == [PROSE, "（作者单位：北塘码头工会）"]
    assert codes(draft) == ["tail", "byline-from-tail"]


def test_subheads_by_look_and_else_by_number() -> None:
    def kinds(draft: Draft) -> list[str]:
        return [one.text for one in draft.article.body if one.kind is Kind.SUBHEAD]

    [draft] = made(("题", HEAD), PROSE, ("夜里", BOLD), PROSE_2, "（一）不是小标题", PROSE)
    assert kinds(draft) == ["夜里"]
    [draft] = made(("题", HEAD), PROSE, "一、夜里", PROSE_2, "（一）热水", PROSE, "二、天亮", PROSE_2)
    assert kinds(draft) == ["一、夜里", "二、天亮"]
    [table] = table_blocks(SourceRef("a.docx", 4), [[(Run("站"),)], [(Run("东"),)]], [])
    [draft] = made(("题", HEAD), PROSE, ("表1 各站", SMALL), table, PROSE_2)
    assert kinds(draft) == []
    [draft] = made(("题", HEAD), PROSE, ("问：", BOLD), ("这一句黑体有句号。", BOLD), PROSE_2)
    assert kinds(draft) == []


def test_offices_and_names_head_sections_with_their_portraits() -> None:
    portrait = Block(SourceRef("a.docx", 3), pictures=(Embedded(b"png", ".png"),))
    [draft] = made(
        ("新年愿景", HEAD), PROSE, portrait, "云栖区总工会主席 费简", PROSE_2, "北塘码头工会主席 迟望", PROSE
    )
    article = draft.article
    assert [(one.name, one.title, one.body[0].text) for one in article.sections] == [
        ("费简", "云栖区总工会主席", PROSE_2),
        ("迟望", "北塘码头工会主席", PROSE),
    ]
    assert article.sections[0].portrait
    assert article.sections[0].portrait.file.name == "a-1.png"
    assert article.pictures == ()


def test_sources_and_words_for_screens_are_left_out() -> None:
    [draft] = made(
        ("题", HEAD),
        "来源：渡口发布    2026-12-08 10:15",
        "点击上方蓝字关注我们 ↑↑↑",
        PROSE,
        "END",
        "编辑：阮知秋 | 审核：费简",
    )
    assert draft.article.source == "渡口发布"
    assert [one.text for one in draft.article.body] == [PROSE]
    assert codes(draft) == ["source", *["left-out"] * 3]


def test_a_date_over_the_text_is_left_out_and_one_under_it_is_signed() -> None:
    signed = ("2026年12月1日", Look(size=24, right=True))
    [draft] = made(("题", HEAD), "2026-12-08 10:15", PROSE, ("北塘码头工会", Look(size=24, right=True)), signed)
    assert [(one.text, one.kind) for one in draft.article.body[1:]] == [
        ("北塘码头工会", Kind.SIGN),
        ("2026年12月1日", Kind.SIGN),
    ]
    assert codes(draft) == ["left-out"]


def test_a_sentence_about_such_words_stays() -> None:
    lines = ["扫码支付很方便，大妈们都学会了。", "编辑：这个职业的一天从六点开始，到夜里才结束。"]
    [draft] = made(("题", HEAD), PROSE, *lines)
    assert [one.text for one in draft.article.body] == [PROSE, *lines]


def test_pictures_with_captions_groups_and_what_cannot_be_printed() -> None:
    def shot(number: int, *names: str) -> Block:
        pictures = tuple(Embedded(name.encode(), f".{name.partition('.')[2]}") for name in names)
        return Block(SourceRef("a.docx", number), pictures=pictures)

    [draft] = made(
        ("题", HEAD), PROSE, shot(3, "a.png"), ("灯下。 柯小满 摄", SMALL), shot(5, "b.jpg", "c.jpg"), "图①：甲。图②：乙。",
        shot(7, "d.emf"), PROSE_2,
    )  # fmt: skip
    first, second = draft.article.pictures
    assert (first.caption, first.credit, first.file.name) == ("灯下。", "柯小满 摄", "a-1.png")
    assert (second.caption, [shot.file.name for shot in second.shots]) == ("图①：甲。图②：乙。", ["a-2.jpg", "a-3.jpg"])
    assert [(note.code, note.was) for note in draft.notes if note.code == "picture-kind"] == [("picture-kind", ".emf")]
    assert [one.text for one in draft.article.body] == [PROSE, PROSE_2]


def stories() -> list[tuple[str, Look] | str]:
    return [
        ("引题", SMALL),
        ("甲题", HEAD),
        PROSE,
        PROSE_2,
        ("又一引题", SMALL),
        ("乙题", HEAD),
        PROSE_2,
        "＊＊＊",
        ("丙题", BOLD),
        PROSE,
    ]


def test_several_stories_are_parted_when_that_is_asked_for() -> None:
    parts = made(*stories(), split=True)
    heads = [{role: heading.text for role, heading in draft.article.headings.items()} for draft in parts]
    assert heads == [
        {"kicker": "引题", "headline": "甲题"},
        {"kicker": "又一引题", "headline": "乙题"},
        {"headline": "丙题"},
    ]
    assert [draft.article.path.name for draft in parts] == ["a-1.yaml", "a-2.yaml", "a-3.yaml"]


def test_several_stories_are_told_when_it_is_not() -> None:
    [draft] = made(*stories())
    assert [note.was for note in draft.notes if note.code == "several-stories"] == ["又一引题", "丙题"]
    assert [one.text for one in draft.article.body if one.kind is Kind.BODY] == [PROSE, PROSE_2, PROSE_2, PROSE]


def test_a_text_without_any_headline_has_the_files_name() -> None:
    [draft] = made(PROSE, PROSE_2)
    assert draft.article.headline
    assert draft.article.headline.text == "a"
    assert codes(draft) == ["headline-from-name"]


LINES: tuple[tuple[str, Look], ...] = (
    ("引题", SMALL), ("码头的灯", HEAD), ("——副题", SMALL), ("本报记者 柯小满 文/图", TEXT), ("编者按：写在前面的话。", TEXT), (PROSE, TEXT),
    (f"本报讯（记者 谭小楼）{PROSE_2}", TEXT), ("夜里", BOLD), ("来源：渡口发布", TEXT), ("来源：渡口发布 2026-12-08", TEXT), ("END", TEXT),
    ("云栖区总工会主席 费简", TEXT), ("北塘码头工会主席 迟望", BOLD), ("● 热水", TEXT), ("（作者单位：北塘码头工会）", TEXT), ("＊＊＊", TEXT),
    ("（通讯员 申未）", TEXT), ("区总工会办公室", Look(size=24, right=True)), ("▲灯下。柯小满 摄", SMALL), ("题", Look(level=0)),
)  # fmt: skip


@given(st.permutations(LINES), st.sets(st.integers(0, 19), max_size=3), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_text_is_dropped_in_silence(lines: list[tuple[str, Look]], pictured: set[int], split: bool) -> None:
    """Whatever stands in whatever order is in an article, or in what is told."""
    blocks: list[tuple[str, Look] | Block] = []
    for number, line in enumerate(lines):
        blocks.append(line)
        if number in pictured:
            picture = Embedded(bytes([number]), ".png")
            blocks.append(Block(SourceRef("a.docx", number + 1), pictures=(picture,)))
    shown = Counter("来源来源")  # words that became a key
    for draft in made(*blocks, split=split):
        article = draft.article
        parts = [line for heading in article.headings.values() for line in heading.lines]
        parts += [article.byline_text(), article.dateline, article.source]
        parts += [one.text for one in (*article.editor_note, *article.paragraphs)]
        parts += [f"{one.name}{one.title}" for one in article.sections]
        parts += [f"{one.caption}{one.credit}" for one in article.pictures]
        shown += Counter("".join(parts + [note.was for note in draft.notes]))
    copy = Counter(char for text, _ in lines for char in text if char.isalnum())
    assert copy - shown == Counter()


def test_line_ends_in_a_text_part_it() -> None:
    [draft] = made(("题", HEAD), f"{PROSE}\u2028{PROSE_2}\n\n{PROSE}")
    assert [one.text for one in draft.article.body] == [PROSE, PROSE_2, PROSE]
    assert codes(draft) == ["repeated-paragraph", *["breaks-to-paragraphs"] * 3] or "breaks-to-paragraphs" in codes(
        draft
    )


def test_an_empty_manuscript_is_refused() -> None:
    with pytest.raises(InputError):
        made("　　", "\u200b")


def test_what_an_article_is_called_after_its_file() -> None:
    assert stem_of("来 稿/1:终.docx") == "1-终"
    assert stem_of("....docx") == "article"
    assert stem_of("\x1b[31m甲\u202e乙.docx") == "[31m甲-乙"
