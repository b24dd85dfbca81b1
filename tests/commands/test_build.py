"""Whole builds of odd but lawful copy, and builds that are stopped: what a page can still show is shown."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.commands.build import Options, build
from printkit.commands.check import check
from printkit.model.page import TextBox
from printkit.output.tree import OutputTree
from printkit.pipeline.run import no_word
from tests.support.checks import (
    Piece,
    assert_text,
    page_glyphs,
    pdfium_text,
    poppler_lines,
    squeeze,
    without_actual_text,
)
from tests.support.papers import Built, build_edition, portrait, run, write_paper

SENTENCE = "车间里的灯亮到很晚，工会的热水也一直烧着；谁来，都有一杯。"


def built(folder: Path, article: dict[str, Any], **paper: Any) -> Built:
    """Build an edition of one feature page with one article."""
    return build_edition(write_paper(folder / "paper", {"lead": article}, **paper), folder / "out")


def codes(found: Built) -> list[str]:
    """The codes of a build's errors."""
    return [d["code"] for d in found.report["diagnostics"] if d["severity"] == "error"]


# --- too much -------------------------------------------------------------------------------------------


def test_a_headline_of_200_characters(tmp_path: Path) -> None:
    headline = "".join(chr(0x4E00 + 37 * n % 3000) for n in range(200))
    found = built(tmp_path, {"headline": headline, "body": SENTENCE})
    assert found.code == 1
    errors = [d for d in found.report["diagnostics"] if d["severity"] == "error"]
    assert [d["code"] for d in errors] == ["makeup.headline-too-long"]
    assert errors[0]["file"].endswith("articles/lead.yaml")
    assert errors[0]["line"] == 1
    assert "200" in errors[0]["message"]
    assert_text(found.pdf(), 0, [Piece(headline), Piece(SENTENCE)])


def test_a_body_of_50000_characters_is_counted_exactly(tmp_path: Path) -> None:
    body = (SENTENCE * (50_000 // len(SENTENCE) + 1))[:50_000]
    paragraphs = [body[n : n + 500] for n in range(0, 50_000, 500)]
    found = built(tmp_path, {"headline": "长稿", "body": "\n\n".join(paragraphs)})
    assert found.code == 1
    assert codes(found) == ["makeup.overset"]
    story = found.story("lead")
    assert story["characters"] == 50_000
    drawn = squeeze("".join(poppler_lines(found.pdf())))
    start = drawn.index(body[:40])
    mark = drawn.index("溢文")
    on_the_page = drawn[start : mark if mark > start else None]
    assert body.startswith(on_the_page)
    assert len(on_the_page) + story["over"]["characters"] == 50_000
    overset = next(d for d in found.report["diagnostics"] if d["code"] == "makeup.overset")
    assert f"{story['over']['characters']} characters" in overset["message"]
    assert f"{story['over']['lines']} lines" in overset["message"]
    first_over = len(on_the_page) // 500
    assert overset["line"] == 2 + 3 * first_over  # the paragraph that goes over
    assert f"溢文{story['over']['characters']}字" in drawn
    assert found.page("1")["over_lines"] == story["over"]["lines"] == story["lines"] - story["capacity"]


def test_a_headline_and_a_note_that_leave_no_room(tmp_path: Path) -> None:
    """A note longer than the page: what stands and what is over are the copy, and nothing stands off the page."""
    found = built(tmp_path, {"headline": "题", "editor_note": SENTENCE * 400, "body": SENTENCE * 20})
    assert found.code == 1
    assert codes(found) == ["makeup.overset"]
    text = squeeze("".join(poppler_lines(found.pdf())))
    over = found.story("lead")["over"]["characters"]
    assert f"溢文{over}字" in text
    drawn = text.partition("题")[2].partition(f"溢文{over}字")[0]
    assert len(drawn) + over == len(SENTENCE) * 420
    x, y, width, height = found.story("lead")["rectangles"][0]
    for g in page_glyphs(without_actual_text(found.pdf())):
        assert g.bottom < y + height + 20, g
        assert g.right < x + width + 5, g


@pytest.mark.parametrize("part", ["headline", "kicker", "deck", "caption", "byline", "section"])
def test_nothing_is_dropped_whatever_is_long(part: str, tmp_path: Path) -> None:
    """Of a page with one part far too long, what stands and what is told as over are all of the copy."""
    portrait(tmp_path / "paper/images/a.png")
    long = SENTENCE * (300 if part in ("headline", "caption", "section") else 60)
    article: dict[str, Any] = {"headline": "题", "body": SENTENCE}
    if part == "caption":
        article["pictures"] = [{"file": "../images/a.png", "caption": long}]
    elif part == "byline":
        article["byline"] = [{"role": "记者", "name": long}]
    elif part == "section":
        article["sections"] = [{"name": long, "title": "主席", "portrait": "../images/a.png", "body": SENTENCE}]
    else:
        article[part] = long
    found = built(tmp_path, article)
    assert found.code in (0, 1)
    story = found.story("lead")
    drawn = squeeze("".join(poppler_lines(found.pdf())))
    assert drawn.count("亮到很晚") + story["over"]["characters"] / len(SENTENCE) >= long.count("亮到很晚")
    height = found.page("1")["height"]
    for g in page_glyphs(without_actual_text(found.pdf())):
        assert g.bottom < height, g


# --- characters -----------------------------------------------------------------------------------------


def test_characters_that_no_font_has(tmp_path: Path) -> None:
    """They stand as 〓 in red, are told with code point and place, and are still what extractors read."""
    body = "第一行没有生字。\n\n这里有\U0002a6d6字，还有🦄和\ue123的图。"
    found = built(tmp_path, {"headline": "生僻字", "body": body})
    assert found.code == 1
    missing = [d for d in found.report["diagnostics"] if d["code"] == "fonts.missing-character"]
    assert len(missing) in (2, 3)  # a machine with a wide font may have U+2A6D6
    for told in missing:
        assert told["severity"] == "error"
        assert told["story"] == "lead"
        assert told["file"].endswith("lead.yaml")
        assert told["line"] >= 2
        assert told["hint"]
    assert {"U+1F984", "U+E123"} <= {d["message"].partition("(")[2].partition(")")[0] for d in missing}
    assert squeeze(body) in squeeze("".join(poppler_lines(found.pdf())))
    # PDFium leaves characters beyond the first plane out of every ActualText; the others it reads.
    assert "还有和\ue123的图。" in pdfium_text(found.pdf())
    drawn = "".join(g.char for g in page_glyphs(without_actual_text(found.pdf())))
    assert drawn.count("〓") == len(missing)


def test_a_missing_character_is_red(tmp_path: Path) -> None:
    import pypdfium2

    found = built(tmp_path, {"headline": "红字", "body": "前🦄后。"})
    geta = next(g for g in page_glyphs(without_actual_text(found.pdf())) if g.char == "〓")
    picture = pypdfium2.PdfDocument(found.pdf())[0].render(scale=4).to_pil().convert("RGB")
    crop = picture.crop((int(geta.left * 4), int(geta.top * 4), int(geta.right * 4), int(geta.bottom * 4)))
    red, green, blue = min((colour for _, colour in crop.getcolors(10_000) or []), key=sum)
    assert red > 150
    assert max(green, blue) < 90


def test_a_geta_of_the_copy_is_itself(tmp_path: Path) -> None:
    """A 〓 that was written beside one that stands for another character: each reads as it should."""
    body = "甲\ue123乙〓丙。"
    found = built(tmp_path, {"headline": "下駄", "body": body})
    assert_text(found.pdf(), 0, [Piece(body)])


def test_rare_han_and_compatibility_forms(tmp_path: Path) -> None:
    """One glyph may stand for several characters (⼀ and 一); each still reads as written."""
    body = "一⼀一，行⾏行，𠮷野家、堃喆、㎡、ー、豈豈、①Ⅷ、Straße naïve."
    found = built(tmp_path, {"headline": "异体", "body": body})
    assert "makeup.overset" not in codes(found)
    assert_text(found.pdf(), 0, [Piece(squeeze(body))])


def test_accents_and_joiners_stay_together(tmp_path: Path) -> None:
    body = "café 与 cafe\u0301、a\u200db、葛\U000e0100城。"
    found = built(tmp_path, {"headline": "组合", "body": body})
    text = pdfium_text(found.pdf())
    assert "caf" in text
    assert "城。" in text
    assert found.code in (0, 1)
    assert "internal.error" not in codes(found)


def test_long_words_and_addresses_are_kept(tmp_path: Path) -> None:
    body = (
        f"见 https://example.org/{'a' * 120}?q={'b' * 60} 与 {'Donaudampfschiff' * 8}。\n\n{'——' * 60}\n\n{'！' * 90}"
    )
    found = built(tmp_path, {"headline": "长词", "body": body})
    text = squeeze("".join(poppler_lines(found.pdf()))).replace("-", "")
    assert squeeze(body).replace("-", "") in text


# --- markup and templates ----------------------------------------------------------------------------------

SYNTAX = [
    "{{ 7*7 }} 与 {% raw %} 和 {# 注 #}",
    "<b>粗</b> &lt; & &amp; <img src=x onerror=alert(1)>",
    "<script>alert('甲')</script>",
    "</article></main><style>*{display:none}</style>",
    '"; background: url(http://example.org/x)',
    "<!-- 注释 --> ]]> <?xml?>",
    "$x^2$ `code` ~~删~~ \\(a\\)",
]


@pytest.mark.parametrize("text", SYNTAX)
def test_syntax_in_the_copy_is_text(text: str, tmp_path: Path) -> None:
    article = {
        "kicker": text,
        "headline": text,
        "deck": text,
        "byline": [{"role": "记者", "name": text}],
        "editor_note": text,
        "sections": [{"name": text, "title": text, "portrait": "../images/a.png", "body": text}],
        "pictures": [{"file": "../images/a.png", "caption": text, "credit": text, "alt": text}],
    }
    portrait(tmp_path / "paper/images/a.png")
    found = built(tmp_path, article, paper={"name": "试排日报", "publisher": text, "subtitle": text})
    assert found.code in (0, 1), found.report["diagnostics"]
    assert {"internal.error", "layout.template"}.isdisjoint(codes(found))
    copy = squeeze(text).replace("-", "")  # beside a portrait long words are divided
    for drawn in (pdfium_text(found.pdf()), squeeze("".join(poppler_lines(found.pdf())))):
        assert drawn.replace("-", "").count(copy) >= 8, drawn
    titles = [b.title for b in pikepdf.open(found.pdf()).open_outline().root[0].children]
    assert titles == [text]


def test_links_of_the_copy(tmp_path: Path) -> None:
    body = "请看[说明书的第一页和以后各页](https://example.org/a?b=1&c=2)，再来[信](mailto:x@example.org)。" * 3
    found = built(tmp_path, {"headline": "链接", "body": body})
    assert found.code == 0
    pdf = pikepdf.open(found.pdf())
    page = pdf.pages[0]
    targets = [str(a.A.URI) for a in page.Annots if a.Subtype == "/Link"]
    assert set(targets) == {"https://example.org/a?b=1&c=2", "mailto:x@example.org"}
    glyphs = page_glyphs(without_actual_text(found.pdf()))
    height = float(page.mediabox[3])
    for annotation in page.Annots:
        left, low, right, high = (float(v) for v in annotation.Rect)
        low, high = sorted((low, high))  # any two corners will do
        covered = "".join(
            g.char for g in glyphs if left < (g.left + g.right) / 2 < right and low < height - g.y + g.size / 4 < high
        )
        assert covered
        assert set(covered) <= set("说明书的第一页和以后各页信")


# --- a build that is stopped ---------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Built:
    found = built(tmp_path, {"headline": "好稿", "body": SENTENCE})
    assert found.code == 0
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Killed(BaseException):
    """Stands for whatever ends a process."""


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("place", ["printkit.pdf.join.join", "printkit.commands.build.write_json"])
def test_a_stopped_build_leaves_the_last_output(
    small: Built, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(tmp_path / "out")

    def stop(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(place, stop)
    with pytest.raises(Killed):
        run("build", small.source, "-o", tmp_path / "out")
    assert files_of(tmp_path / "out") == before
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["2024-01-10"]


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("command", [["build"], ["reprint"]])
def test_a_full_disk_is_told_and_leaves_the_last_output(
    small: Built, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(tmp_path / "out")

    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    ended = run(*command, small.source, "-o", tmp_path / "out")
    assert ended.code == 2
    assert "error[usage.output-folder]" in ended.err
    assert "No space left on device" in ended.err
    assert files_of(tmp_path / "out") == before
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["2024-01-10"]


@pytest.mark.parametrize("command", [["build"], ["reprint"]])
def test_a_file_in_the_issues_place_is_left_alone(command: list[str], tmp_path: Path) -> None:
    source = write_paper(tmp_path / "paper", {"lead": {"headline": "题", "body": SENTENCE}})
    (tmp_path / "out").mkdir()
    (tmp_path / "out/2024-01-10").write_text("mine", encoding="utf-8")
    for _ in range(2):
        ended = run(*command, source, "-o", tmp_path / "out")
        assert (ended.code, "is a link or no folder" in ended.err) == (2, True)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in (tmp_path / "out").iterdir()] == [("2024-01-10", "mine")]


def test_what_a_killed_build_left_is_mended(small: Built, tmp_path: Path) -> None:
    """Killed between the two renames: the old issue stands aside and the new one is not in place."""
    out = tmp_path / "out"
    before = files_of(small.folder)
    small.folder.rename(out / ".2024-01-10.old")
    (out / ".2024-01-10.new/web").mkdir(parents=True)
    (out / ".2024-01-10.new/web/edition.pdf").write_bytes(b"half of it")
    with OutputTree(out, "2024-01-10", "试排日报").held(no_word):
        pass
    assert files_of(small.folder) == before
    assert [p.name for p in out.iterdir()] == ["2024-01-10"]


@pytest.mark.usefixtures("anew")
def test_a_build_after_a_killed_one(small: Built, tmp_path: Path) -> None:
    """Killed while the old issue was being removed, and while a new one was being written."""
    out = tmp_path / "out"
    before = files_of(small.folder)
    shutil.copytree(small.folder, out / ".2024-01-10.old")
    (out / ".2024-01-10.new").mkdir()
    (out / ".2024-01-10.new/report.json").write_bytes(b"{")
    ended = run("build", small.source, "-o", out)
    assert ended.code == 0
    assert files_of(small.folder) == before
    assert [p.name for p in out.iterdir()] == ["2024-01-10"]


def test_a_failed_build_after_a_killed_one_keeps_the_old_issue(small: Built, tmp_path: Path) -> None:
    """The old issue comes back although the copy is wrong now and nothing new is written."""
    out = tmp_path / "out"
    before = files_of(small.folder)
    small.folder.rename(out / ".2024-01-10.old")
    article = small.source.parent / "articles/lead.yaml"
    good = article.read_text(encoding="utf-8")
    article.write_text("headlin: 甲\n", encoding="utf-8")
    assert run("build", small.source, "-o", out).code == 3
    article.write_text(good, encoding="utf-8")
    assert run("build", small.source, "-o", out).code == 0
    assert files_of(small.folder) == before


@pytest.mark.usefixtures("anew")
def test_other_variants_are_carried_over(small: Built, tmp_path: Path) -> None:
    (small.folder / "print").mkdir()
    (small.folder / "print/01.pdf").write_bytes(b"the press's own")
    assert run("build", small.source, "-o", tmp_path / "out").code == 0
    assert (small.folder / "print/01.pdf").read_bytes() == b"the press's own"
    assert "print/01.pdf" in (small.folder / "manifest.json").read_text(encoding="utf-8")


def test_pages_that_are_gone_leave_no_file(small: Built, tmp_path: Path) -> None:
    """A page that was renumbered must not stand in the folder under its old number."""
    text = small.source.read_text(encoding="utf-8").replace("number: '1'", "number: '2'")
    small.source.write_text(text, encoding="utf-8")
    assert run("build", small.source, "-o", tmp_path / "out").code == 0
    assert sorted(p.name for p in (small.folder / "web").iterdir()) == ["02.pdf", "edition.pdf"]


# --- progress ---------------------------------------------------------------------------------------------------


def test_progress_is_told_to_who_asks(small: Built, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(small.source, Options(out=tmp_path / "again"), lambda *step: told.append(step))
    assert {stage for stage, _, _ in told} >= {"make up", "draw"}
    for stage in dict.fromkeys(s for s, _, _ in told):
        steps = [(done, total) for s, done, total in told if s == stage]
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("{column: 2, row: 10, columns: 2, rows: 20}", "makeup.place-taken"),
        ("{column: 4, row: 1, columns: 3, rows: 20}", "makeup.place-off-grid"),
        ("{column: 4, row: 80, columns: 1, rows: 60}", "makeup.place-off-grid"),
    ],
)
def test_places_off_the_grid_or_taken_are_told_at_their_line(tmp_path: Path, second: str, code: str) -> None:
    (tmp_path / "a.yaml").write_text("headline: 开工\nbody: 今天开工。\n", encoding="utf-8")
    (tmp_path / "edition.yaml").write_text(
        "paper: {name: 试报}\ndate: 2024-01-10\npages:\n  - number: 1\n    layout: auto\n    stories:\n"
        "      - {article: a.yaml, id: one, at: {column: 1, row: 1, columns: 3, rows: 30}}\n"
        f"      - {{article: a.yaml, id: two, at: {second}}}\n",
        encoding="utf-8",
    )
    done = run("build", tmp_path / "edition.yaml", "-o", tmp_path / "out")
    assert done.code == 3
    assert f"error[{code}]" in done.err
    assert ":8:" in done.err
    assert "hint:" in done.err
    assert not (tmp_path / "out").exists()


def test_a_name_of_the_paper_stays_whole_in_a_headline(tmp_path: Path) -> None:
    name = "湾里大道劳动者港湾"
    headline = f"寒夜里的一盏灯：{name}迎来第一万名骑手"
    lines = {}
    for names in ([], [name]):
        edition = write_paper(tmp_path / str(len(names)), {"lead": {"headline": headline, "body": "正文。"}},
                              paper={"names": names})  # fmt: skip
        made = check(edition).pages[0].stories[0]
        lines[len(names)] = [
            line.text for box in made.boxes if isinstance(box, TextBox) and box.role == "headline" for line in box.lines
        ]
    assert "".join(lines[0]) == "".join(lines[1]) == headline
    assert not any(name in line for line in lines[0])
    assert any(name in line for line in lines[1])
