"""Articles written as YAML: as a person writes them, and read back to the same copy."""

from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it.token import Token

from printkit.diagnostics import SourceRef
from printkit.model.article import Article, Byline, Lines, Section
from printkit.model.text import Kind, Paragraph, Run, Table, plain
from printkit.source import markup
from printkit.source.article import ArticleReader
from printkit.source.faults import Faults
from printkit.source.writing import proved, written

SAMPLES = Path(__file__).parents[2] / "samples"
HERE = SourceRef("a.yaml")


def article(*body: Paragraph, headline: str = "题目") -> Article:
    return Article(Path("a.yaml"), HERE, Lines((headline,), HERE), body=body)


def read_back(one: Article, folder: Path, language: str = "zh") -> str:
    """Write an article, prove it, and return its text."""
    done = written(one, language)
    file = folder / "a.yaml"
    file.write_text(done.text, encoding="utf-8")
    assert proved(file, done.article) == ()
    return done.text


def test_it_is_written_as_a_person_writes_it(tmp_path: Path) -> None:
    one = replace(
        article(plain("第一段。"), Paragraph((Run("小标题"),), Kind.SUBHEAD), Paragraph((Run("甲"),), Kind.LIST_ITEM),
                Paragraph((Run("乙"),), Kind.LIST_ITEM)),
        headline=Lines(("岗位送到厂门口", "机会留给本地人"), HERE, given=True),
        byline=(Byline("本报记者", "柯小满"), Byline("", "申未")),
        dateline="本报讯",
        source="渡口发布",
        sections=(Section(HERE, (plain("她说。"),), name="费简", title="工会主席"),),
    )  # fmt: skip
    text = """\
主标题:
  - 岗位送到厂门口
  - 机会留给本地人
作者:
  - {身份: 本报记者, 姓名: 柯小满}
  - {姓名: 申未}
电头: 本报讯
正文: |
  第一段。

  ## 小标题

  - 甲
  - 乙
分述:
  - 姓名: 费简
    职务: 工会主席
    正文: |
      她说。
来源: 渡口发布
"""
    assert read_back(one, tmp_path) == text
    assert read_back(one, tmp_path, "en").startswith(
        "headline:\n  - 岗位送到厂门口\n  - 机会留给本地人\nbyline:\n  - {role: "
    )


@pytest.mark.parametrize(
    "text",
    [
        "# 井号开头", "- 横线开头", "> 尖号", ">> 两个", "~ 波浪", "^ 角", "## 二级", "1. 数字", "（一）括号", "|竖线|", "*星号*", "**两星**",
        "3*4*5", "[方括号](https://example.org/)", "[方括号]", "反斜线\\*", "C:\\路径", "!叹号 [a](b)", "“引号”: 冒号", "'单引号'",
        '"双引号"', "a: b #c", "结尾:", "{花括号}", "[a, b]", "%百分", "@符号", "---", "...", "是", "010", "null", "：全角", "<< 左", "@",
    ],
)  # fmt: skip
def test_any_text_reads_back_to_itself(text: str, tmp_path: Path) -> None:
    table = Table((plain(text), plain("头")), ((plain("格"), plain(text)),), ("auto", "auto"))
    one = article(
        plain(text), Paragraph((), Kind.TABLE, HERE, table), Paragraph((Run(text),), Kind.SUBHEAD), headline=text
    )
    one = replace(one, source=text, byline=(Byline(text, text),))
    read_back(one, tmp_path)


def test_a_line_is_tried_once_a_way_of_writing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is what it costs: links nowhere are read with both beginnings of a line, the same copy without them once."""
    read: list[str] = []
    real = markup._inline_tokens

    def counted(text: str) -> list[Token]:
        read.append(text)
        return real(text)

    monkeypatch.setattr(markup, "_inline_tokens", counted)
    written(article(Paragraph((Run("甲", link="a"), Run("*乙")))), "zh")
    assert read == ["[甲](a)*乙", "\\[甲](a)*乙", r"[甲](a)\*乙", r"\[甲](a)\*乙", "甲*乙", "甲*乙"]


def test_marks_have_backslashes_only_where_they_are_needed() -> None:
    text = written(article(plain("3*4，[注]，C:\\路径")), "zh").text
    assert "  3*4，[注]，C:\\路径\n" in text
    assert "  \\- 横线\n" in written(article(plain("- 横线")), "zh").text


def test_bold_dots_and_links_are_marked_and_what_cannot_be_is_told(tmp_path: Path) -> None:
    runs = (Run("前"), Run("黑体", strong=True), Run("点", emphasis=True), Run("链接", link="https://example.org/"))
    assert "  前**黑体***点*[链接](https://example.org/)\n" in read_back(article(Paragraph(runs)), tmp_path)
    blank = Paragraph((Run("前"), Run(" 黑体 ", strong=True), Run("后")))
    assert "  前 **黑体** 后\n" in read_back(article(blank), tmp_path)
    bad = Paragraph((Run("看"), Run("这里", link="javascript:x()")), where=HERE)
    done = written(article(bad), "zh")
    assert (done.article.body[0].runs, done.marks_lost) == ((Run("看这里"),), (HERE,))


@pytest.mark.parametrize("name", ["tabloid/articles/bargaining", "weekly/articles/poem", "broadsheet/articles/craft"])
def test_a_sample_that_is_written_anew_says_the_same(name: str, tmp_path: Path) -> None:
    path = SAMPLES / f"{name}.yaml"
    faults = Faults(path.parent)
    found = ArticleReader(None, faults).read(path)
    assert found is not None
    bare = replace(found, pictures=(), sections=tuple(replace(one, portrait=None) for one in found.sections))
    one_line = tuple(one for one in bare.body if "\n" not in one.text or one.table)
    read_back(replace(bare, body=one_line or (plain("诗。"),)), tmp_path)
