"""The command from outside, the report's stories, what is no PDF, and the documents."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.diagnostics import InputError, SourceRef
from printkit.preflight import CHECKS, Profile, find_places, parse_size, places_of, preflight, settings_for
from tests.support.papers import Built, run
from tests.support.press_file import area, press_file, text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "out/2024-12-06/print/01.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(press_file())
    return path


def report_of(parts: list[list[float]], **more: Any) -> dict[str, Any]:
    story = {"id": "lead", "page": "1", "rectangles": parts, **more}
    return {"pages": [{"number": "1"}, {"number": "2"}], "stories": [story]}


def test_a_good_file_ends_with_0_and_a_table(good: Path) -> None:
    ended = run("preflight", good, "--fonts", "Tiny Sans, Tiny", "--size", "119.9x155.2")
    assert ended.code == 0
    assert "passed" in ended.out
    assert "not checked: Ghostscript (gs)" in ended.out
    assert "warning[preflight.not-checked]" in ended.err
    assert "apt-get install ghostscript" in ended.err


def test_both_languages(good: Path) -> None:
    told = run("--lang", "zh", "preflight", good)
    assert "未检查：没有安装 Ghostscript" in told.out
    assert "黑字单黑且叠印" in told.out


def test_findings_end_with_1_and_stand_on_standard_error(good: Path) -> None:
    good.write_bytes(press_file(text(5)))
    ended = run("preflight", good)
    assert ended.code == 1
    assert "error[preflight.small-text]" in ended.err
    assert "1 error(s)" in ended.out


def test_json_has_every_rule_and_every_finding(good: Path) -> None:
    good.write_bytes(press_file(text(5)))
    ended = run("preflight", good, "--json")
    assert ended.err == ""
    report = ended.report
    assert report["profile"] == "newspaper"
    assert {c["result"] for c in report["checks"]} == {"passed", "findings", "not checked"}
    (found,) = (d for d in report["diagnostics"] if d["severity"] == "error")
    assert (found["code"], found["page"], found["story"]) == ("preflight.small-text", "1", None)
    assert found["bbox"] == pytest.approx([30, 65.6, 40, 70.6], abs=0.01)


@pytest.mark.parametrize(
    "options",
    [["--profile", "poster"], ["--tac", "-1"], ["--ppi", "-5"], ["--size", "large"], ["--size", "0x20"]],
    ids=" ".join,
)
def test_wrong_options_end_with_2(good: Path, options: list[str]) -> None:
    assert run("preflight", good, *options).code == 2


def no_pages() -> bytes:
    pdf = pikepdf.new()
    from tests.support.press_file import saved

    return saved(pdf)


def locked() -> bytes:
    import io

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(press_file())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="y", R=6))
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("preflight.not-a-pdf", b"%!PS-Adobe"),
        ("preflight.not-a-pdf", b""),
        ("preflight.locked", locked()),
        ("preflight.no-page", no_pages()),
    ],
)
def test_what_is_no_pdf_ends_with_3(tmp_path: Path, code: str, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    ended = run("preflight", path, "--json")
    assert ended.code == 3
    (found,) = ended.report["diagnostics"]
    assert found["code"] == code
    assert found["hint"]
    assert found["hint_zh"]


def test_a_file_that_is_not_there_ends_with_3(tmp_path: Path) -> None:
    assert run("preflight", tmp_path / "no.pdf").code == 3
    with pytest.raises(InputError, match=r"preflight\.unreadable"):
        preflight(tmp_path)


def test_a_finding_names_the_story_of_the_build_s_report(good: Path) -> None:
    good.write_bytes(press_file(text(5)))
    report = report_of([[20, 50, 100, 40]], file="articles/lead.yaml", line=3)
    (good.parent.parent / "report.json").write_text(json.dumps(report), encoding="utf-8")
    (found,) = (d for d in preflight(good).diagnostics if d.code == "preflight.small-text")
    assert (found.page, found.story, found.where) == ("1", "lead", SourceRef("articles/lead.yaml", 3))
    assert found.to_text().startswith("page 1 · articles/lead.yaml:3:1: error[preflight.small-text]: ")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pages": [{}], "stories": 3}'])
def test_another_report_json_is_no_matter(good: Path, content: str) -> None:
    (good.parent.parent / "report.json").write_text(content)
    assert find_places(good) is None
    assert preflight(good).exit_code == 0


def test_pages_of_the_whole_edition_are_the_report_s() -> None:
    places = places_of(report_of([[0, 0, 10, 10]]), "edition")
    assert places.pages == ("1", "2")
    assert places_of(report_of([]), "02").pages == ("2",)
    assert places.story(2, (0, 0, 5, 5)) is None
    assert getattr(places.story(1, (0, 0, 5, 5)), "story", None) == "lead"


def test_a_built_page_names_stories_and_files(tabloid: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web page is no press file: its RGB colours are told at the stories' own files."""
    monkeypatch.setenv("PATH", "")
    report = preflight(tabloid.pdf("01"), Profile.NEWSPAPER)
    told = [d for d in report.diagnostics if d.code == "preflight.colour-spaces" and d.story]
    assert {d.story for d in told} <= {s["id"] for s in tabloid.report["stories"] if s["page"] == "1"}
    assert all(d.where and d.where.file.endswith(".yaml") for d in told)
    assert len(told) > 3


def test_sizes() -> None:
    assert parse_size("tabloid") == parse_size("四开") == parse_size("270x390") == (270, 390)
    assert parse_size("390 × 540 mm") == parse_size("对开")


def test_the_target_of_pictures_is_printed_in_three_quarters_and_halves() -> None:
    settings = settings_for(Profile.NEWSPAPER)
    assert (settings.ppi_error, settings.ppi_warning, settings.tac, settings.tac_error) == (100, 150, 220, 20)


def test_the_same_file_is_told_the_same(good: Path) -> None:
    good.write_bytes(press_file(text(5) + area(200, 100, 20, 20, "1 0 0 rg")))
    assert preflight(good).report() == preflight(good).report()


def rows() -> list[str]:
    """The table of docs/preflight.md as the registry has it."""
    return [
        f"| {c.number or '—'} | `{c.id}` | {c.title.en} · {c.title.zh} | {', '.join(p for p in Profile if p in c.profiles)} | "
        f"{c.rationale.en} {c.rationale.zh} | {c.source} |"
        for c in CHECKS
    ]


def test_the_document_lists_every_rule_as_it_is() -> None:
    told = (ROOT / "docs/preflight.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in told if line.startswith("| ") and "| `" in line and line.count("|") == 7] == rows()


def test_every_rule_has_an_id_of_its_own_and_speaks_both_languages() -> None:
    assert len({c.id for c in CHECKS}) == len(CHECKS)
    assert {c.number for c in CHECKS if c.number} == set(range(1, 17))
    assert all(c.title.zh and c.rationale.zh and c.source and c.profiles for c in CHECKS)


@pytest.mark.press
def test_a_good_file_passes_every_rule() -> None:
    """None is left out: setup-system.sh installs what rule 5 needs."""
    report = preflight(press_file(), settings=settings_for(Profile.NEWSPAPER, fonts=("Tiny",)))
    assert all(o.passed for o in report.outcomes)
