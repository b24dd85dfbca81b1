"""Frames that an entry names (`frame`): 花边, 角题, 反白, beside box and tint."""

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from printkit.source.frames import MOST_CORNER
from tests.support.checks import pdfium_text
from tests.support.issues import make_issue
from tests.support.papers import Built, build_edition, digest, run, write_paper
from tests.support.structure import Structure

COPY = "\n\n".join(f"第{n}段写的是沿河两岸的人家，春天种下的树苗已经高过了屋檐。" for n in range(1, 80))
FRAMES = ("box", "tint", "lace", "corner", "reverse", "none")


def write_frames(folder: Path, **paper: Any) -> Path:
    """Write an automatic page with a story of each frame, two beside one another."""
    articles = {
        name: {"kicker": "资料链接", "headline": f"{place}号窗下小记", "body": COPY[:240]}
        for place, name in enumerate(FRAMES, 1)
    }
    stories = [
        {
            "article": f"articles/{name}.yaml",
            "level": 3,
            "frame": name,
            "at": {"column": 1 + 2 * (place % 2), "row": 1 + 24 * (place // 2), "columns": 2, "rows": 24},
        }
        for place, name in enumerate(FRAMES)
    ]
    return write_paper(folder, articles, layout="auto", stories=stories, paper=paper)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("frames")
    return build_edition(write_frames(folder), folder / "out", "--for", "web,print,archive")


def pixel(path: Path, x: float, y: float) -> tuple[int, int, int]:
    """Return the colour of a page at a place in points from its trimmed corner."""
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    left, _, _, top = page.get_trimbox()
    picture = page.render(scale=4).to_pil().convert("RGB")
    colour: tuple[int, int, int] = picture.getpixel((round((left + x) * 4), round((page.get_height() - top + y) * 4)))
    document.close()
    return colour


def tile_of(built: Built, story: str) -> tuple[float, float, float, float]:
    """Return a story's tile: left, top, width, height."""
    at = FRAMES.index(story)
    column, gutter = 117.0, 21.0
    [x, y, *_] = built.story("box")["rectangles"][0]
    left, top = x - 9.75, y - 12
    return left + at % 2 * 2 * (column + gutter), top + at // 2 * 24 * 12, 2 * column + gutter, 23 * 12


def test_no_frame_is_told_of_by_make_up_or_preflight(built: Built) -> None:
    told = {d["code"] for d in built.report["diagnostics"] if d["severity"] != "info"}
    assert told <= {"makeup.underset", "makeup.page-not-closed", "makeup.page-white", "makeup.white-left"}


@pytest.mark.parametrize(("file", "red"), [("web/01.pdf", (181, 18, 27)), ("print/01.pdf", None)])
def test_a_reversed_head_is_white_on_the_accent(file: str, red: tuple[int, int, int] | None, built: Built) -> None:
    path = built.folder / file
    x, y, width, _ = tile_of(built, "reverse")
    ground = pixel(path, x + 20, y + 6)
    assert red is None or ground == red
    assert ground[0] > 150
    assert ground[1] < 60
    document = pypdfium2.PdfDocument(path)
    left, _, _, top = document[0].get_trimbox()
    edge = document[0].get_height() - top
    picture = document[0].render(scale=4).to_pil().convert("RGB")
    head = picture.crop(
        tuple(round(4 * v) for v in (left + x + 12, edge + y + 36, left + x + width - 12, edge + y + 62))
    )
    document.close()
    counts = {colour: count for count, colour in head.getcolors(1 << 20)}
    assert counts[255, 255, 255] > sum(counts.values()) / 20, "the letters"


def test_the_corner_title_stands_in_the_rule_and_nowhere_else(built: Built) -> None:
    tags = Structure(built.folder / "archive/edition.pdf").root
    [story] = [art for art in tags.all("Art", "Sect") if "4号窗下小记" in art.text and "5号" not in art.text][-1:]
    assert next(tag.text for tag in story.all("P")) == "资料链接"
    assert story.text.count("资料链接") == 1
    x, y, width, _ = tile_of(built, "corner")
    path = built.pdf("01")
    assert pixel(path, x + width - 30, y + 6.3) != (255, 255, 255), "the rule"
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    text = page.get_textpage().get_text_bounded(x, page.get_height() - y - 13, x + 80, page.get_height() - y + 1)
    document.close()
    assert text.strip() == "资料链接"


def test_the_lace_is_drawn_round_the_story_in_black_alone(built: Built) -> None:
    x, y, width, height = tile_of(built, "lace")
    for file in ("web/01.pdf", "print/01.pdf"):
        assert pixel(built.folder / file, x + 4, y + 4)[0] < 60
        assert pixel(built.folder / file, x + width - 4, y + height - 4)[0] < 60
    assert not [
        d for d in built.report["diagnostics"] if d["code"] == "press.rgb-colour" and "#000000" not in d["message"]
    ]


def test_reprint_and_site_have_the_kicker_as_it_is_written(tmp_path: Path) -> None:
    edition = write_frames(tmp_path)
    run("reprint", edition, "-o", tmp_path / "out", "--story", "corner")
    document = pypdfium2.PdfDocument(next((tmp_path / "out").rglob("corner.pdf")))
    assert "资料链接" in document[0].get_textpage().get_text_bounded()
    document.close()
    assert "资料链接" in make_issue(edition).html("story/corner.html")


def test_on_a_light_accent_a_reversed_head_is_ink(tmp_path: Path) -> None:
    light = {"试版": {"accent": {"screen": "#ffd400", "press": "0 0.15 1 0"}}}
    made = build_edition(write_frames(tmp_path, sections=light), tmp_path / "out", "--for", "web,print")
    for stem, ink in (("web/01.pdf", "0.137255 0.121569 0.12549 rg"), ("print/01.pdf", "0 0 0 1 k")):
        with pikepdf.open(made.folder / stem) as pdf:
            drawn = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0])).decode("latin-1")
        assert ink in drawn
    assert not [d for d in made.report["diagnostics"] if d["code"].startswith("preflight.")]


@pytest.mark.usefixtures("anew")
def test_frames_in_chinese(tmp_path: Path) -> None:
    edition = write_frames(tmp_path)
    text = edition.read_text("utf-8")
    for english, chinese in (("lace", "花边"), ("corner", "角题"), ("reverse", "反白")):
        text = text.replace(f"frame: {english}", f"框: {chinese}")
    edition.write_text(text, encoding="utf-8")
    made = build_edition(edition, tmp_path / "out")
    assert all(error.startswith("makeup.page-white") for error in made.errors())
    assert digest(made.pdf("01")) == digest(build_edition(write_frames(tmp_path), tmp_path / "out").pdf("01"))


# --- bad input ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "article", "words"),
    [
        ("corner", {"headline": "标题"}, "the kicker in the frame's rule, and there is none"),
        ("corner", {"headline": "标题", "kicker": "长" * (MOST_CORNER + 1)}, "too long to stand in the frame's rule"),
        ("reverse", {"brief": True}, "the headline in white, and there is none"),
    ],
)
def test_a_frame_that_the_article_has_nothing_for(
    frame: str, article: dict[str, Any], words: str, tmp_path: Path
) -> None:
    stories = [{"article": "articles/a.yaml", "frame": frame, "slot": "lead"}]
    edition = write_paper(tmp_path, {"a": {**article, "body": COPY[:90]}}, layout="inside", stories=stories)
    [fault] = [d for d in run("check", edition, "--json").report["diagnostics"] if d["code"] == "source.wrong-frame"]
    assert words in fault["message"]
    assert (fault["file"], fault["field"]) == ("edition.yaml", "pages[0].stories[0].frame")


def test_a_frame_that_is_not_known_is_told_with_what_was_meant(tmp_path: Path) -> None:
    stories = [{"article": "articles/a.yaml", "frame": "revers", "slot": "lead"}]
    edition = write_paper(tmp_path, {"a": {"headline": "题", "body": COPY[:90]}}, layout="inside", stories=stories)
    [fault] = [d for d in run("check", edition, "--json").report["diagnostics"] if d["severity"] == "error"]
    assert "did you mean `reverse`?" in fault["hint"]


def test_stories_of_one_slot_have_no_frames(tmp_path: Path) -> None:
    stories = [{"article": "articles/a.yaml", "id": name, "frame": name, "slot": "briefs"} for name in ("box", "none")]
    edition = write_paper(tmp_path, {"a": {"headline": "题", "body": COPY[:90]}}, layout="front", stories=stories)
    found = [d for d in run("check", edition, "--json").report["diagnostics"] if d["severity"] == "error"]
    assert [(d["code"], "“box”" in d["message"]) for d in found] == [("layout.frame-among-stories", True)]


def test_a_character_of_a_corner_title_that_no_font_has_is_told(tmp_path: Path) -> None:
    article = {"kicker": "说🦄字", "headline": "角题", "body": COPY[:240]}
    stories = [
        {"article": "articles/a.yaml", "frame": "corner", "at": {"column": 1, "row": 1, "columns": 2, "rows": 24}}
    ]
    edition = write_paper(tmp_path, {"a": article}, layout="auto", stories=stories)
    found = build_edition(edition, tmp_path / "out")
    [told] = [d for d in found.report["diagnostics"] if d["code"] == "fonts.missing-character"]
    assert "U+1F984" in told["message"]
    assert (told["severity"], told["story"]) == ("error", "a")
    assert told["file"].endswith("a.yaml")
    assert "说〓字" in pdfium_text(found.pdf("01"))
