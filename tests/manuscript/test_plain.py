"""Where paragraphs of a plain text begin, and where a page only cut them."""

from printkit.manuscript.plain import read_plain

LONG = "码头上的灯一盏接一盏地亮了起来，值夜班的人陆续走进食堂，热气从窗口里冒出来，谁也没有先开口说话"


def texts(text: str) -> list[str]:
    return [block.text for block in read_plain("a.txt", text, "UTF-8").blocks]


def test_a_line_is_a_paragraph() -> None:
    assert texts("题目\r\n　　第一段。\n\n　　第二段。") == ["题目", "　　第一段。", "　　第二段。"]


def test_headings_of_markdown_are_headings_here_too() -> None:
    blocks = read_plain("a.txt", "# 题目\n## ——副题\n正文。", "UTF-8").blocks
    assert [(block.text, block.look.level) for block in blocks] == [("题目", 0), ("——副题", 1), ("正文。", None)]


def test_lines_that_wrap_are_joined() -> None:
    wrapped = ["　　" + LONG[:16], LONG[16:34], LONG[34:] + "。"]
    made = read_plain("a.txt", "\n".join(["题目", *wrapped, *wrapped]), "UTF-8")
    assert [block.text.strip() for block in made.blocks] == ["题目", f"{LONG}。", f"{LONG}。"]
    assert {note.code for note in made.notes} == {"wrapped-lines"}


def test_sentences_of_one_length_are_paragraphs() -> None:
    lines = [f"站里的第{number}盏灯亮到后半夜才熄灭。" for number in "一二三四五六七八"]
    assert texts("\n".join(lines)) == lines


def test_a_paragraph_that_a_page_cut_goes_on_and_is_told() -> None:
    made = read_plain("a.txt", f"{LONG}\n\n只听见碗筷的声音。\n\n下一段。", "UTF-8")
    assert [block.text for block in made.blocks] == [f"{LONG}只听见碗筷的声音。", "下一段。"]
    assert [(note.code, note.where.line) for note in made.notes] == [("scan-break", 3)]


def test_what_is_no_cut_stays_apart() -> None:
    for after in ("云栖区总工会主席 费简", "　　新的一段。", "# 小标题", "本报记者 柯小满"):
        assert len(texts(f"{LONG}\n\n{after}")) == 2, after
    assert len(texts(f"{LONG}。\n\n又一段。")) == 2
    assert len(texts("短题目\n\n正文从这里开始。")) == 2
