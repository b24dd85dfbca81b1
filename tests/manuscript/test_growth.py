"""A manuscript from a stranger: what twice the lines cost, and what is told before it is read.

Each row is a payload, made here. A drawing's outline may stand in a tag, so that many blanks are fine and many more are not.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from printkit.diagnostics import InputError, SourceRef
from printkit.manuscript import html
from printkit.manuscript.block import Block, Manuscript
from printkit.manuscript.drafting import drafts
from printkit.manuscript.html import MOST, read_html
from printkit.manuscript.markdown import read_markdown
from printkit.manuscript.plain import read_plain
from printkit.manuscript.refused import MOST_BLOCKS, MOST_CHARACTERS, MOST_RUNS
from printkit.model.text import Run
from tests.support.counting import lines_run

HERE = Path(__file__).parent
READERS: dict[str, Callable[[str], Manuscript]] = {
    "txt": lambda text: read_plain("a", text, "UTF-8"),
    "md": lambda text: read_markdown("a", text, "UTF-8", HERE),
    "html": lambda text: read_html("a", text, "UTF-8", HERE),
    "runs": lambda text: Manuscript("a", (Block(SourceRef("a", 1), tuple(map(Run, text))),)),
}
SENTENCE = "码头的灯今晚亮了，记者到了现场，看见等船的人都在说话。\n"

AGAIN = {
    # What stands there again and again, in which kind of file.
    "rules": ("txt", "——\n"),
    "stars between lines": ("txt", "***\n题\n"),
    "subheads": ("txt", "一、题\n"),
    "bylines": ("txt", "本报记者 柯小满\n"),
    "numbers over their words": ("txt", "01\n题目\n"),
    "a paragraph that goes on over pages": ("txt", f"{SENTENCE.strip('。' + chr(10)) * 2}\n\n"),
    "boxes": ("txt", f"{SENTENCE}相关链接\n{SENTENCE}"),
    "addresses and half-width marks": ("txt", "字http://a.example/ ,字, "),
    "links": ("md", "[字](http://a.example/) "),
    "links that nobody can follow": ("md", "[字](a) "),
    "headings": ("md", "# 题\n\n"),
    "soft line ends": ("md", "字\n"),
    "quotations": ("md", "> 字\n\n"),
    "line ends between marks": ("html", "<b>字\u2028</b><i>字</i>"),
    "paragraphs of a page": ("html", "<p>字</p>"),
}


@pytest.mark.parametrize("name", AGAIN)
def test_twice_the_lines_are_twice_the_work(name: str) -> None:
    kind, text = AGAIN[name]
    lines = [
        lines_run(lambda count=count: drafts(READERS[kind](text * count), "a", split=True))  # type: ignore[misc]
        for count in (60, 120)
    ]
    assert lines[1] < 2.2 * lines[0]


TOO_MUCH = {
    "lines": ("txt", "——\n" * (MOST_BLOCKS + 1), "paragraphs"),
    "characters": ("txt", "字" * (MOST_CHARACTERS + 1), "characters"),
    "references": ("md", "[a]: x\n" + "[a] " * (MOST_CHARACTERS // 2 + 1), "characters"),
    "marks": ("runs", "字" * (MOST_RUNS + 1), "marks"),
    "characters of a page": ("html", " " * (MOST + 1), "5,000,000 characters"),
    "attributes": ("html", f"<p {'a ' * 10_001}>", "attributes"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_nobody_prints_is_told_before_it_is_looked_at(name: str) -> None:
    kind, text, word = TOO_MUCH[name]
    with pytest.raises(InputError, match=word) as raised:
        drafts(READERS[kind](text), "a", split=False)
    (told,) = raised.value.diagnostics
    assert told.code == "import.too-large"
    assert told.hint
    assert told.message.zh != told.message.en


def test_scripts_that_do_not_end_pictures_and_drawings_in_a_page_are_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST", 2000)
    picture = f"<img src='data:image/png;base64,{'A' * 9000}'>"
    page = f"<p>字。</p>{picture}<svg><path d='{'1 ' * 400}'/></svg><script>{'<b>' * 300}"
    assert READERS["html"](page).blocks[0].text == "字。"
