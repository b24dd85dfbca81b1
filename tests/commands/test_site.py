"""`printkit site` as a whole: editions in, a site out, and what is told where they cannot go in."""

import datetime
import errno
import gc
import hashlib
import io
import json
import os
import shutil
import socket
import weakref
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PIL import Image

from printkit.commands import site as site_command
from printkit.diagnostics import ExitCode
from printkit.epaper.issue import media
from printkit.pictures.cache import PictureCache
from printkit.pipeline.run import Run
from tests.support.checks import squeeze
from tests.support.cluster import reached
from tests.support.papers import SMALL_PAGE, run, write_paper, write_yaml
from tests.support.structure import Structure

pytestmark = pytest.mark.usefixtures("pictured_once")

BODY = "第一段写得很平常。\n\n第二段也一样。\n"
STORY = {"headline": "一篇稿件", "body": BODY}


def tree_of(folder: Path) -> dict[str, str]:
    """Return every file of a folder with the hash of its bytes."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def edition(folder: Path, date: str = "2024-01-10", *, wechat: bool = False, **story: Any) -> Path:
    """Write a paper with one page and one story; return its edition file, dated."""
    path = write_paper(folder, {"one": STORY | story}, paper=SMALL_PAGE | {"site": {"wechat": wechat}})
    path.write_text(path.read_text(encoding="utf-8").replace("2024-01-10", date), encoding="utf-8")
    return path


def codes(ended: Any) -> list[str]:
    return [d["code"] for d in ended.report["diagnostics"] if d["severity"] == "error"]


def test_of_many_editions_no_garbage_waits_for_the_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command looks for none by itself; boxes know each other, and what is left of making up fifty issues is 200 MB."""
    left: list[weakref.ref[Counter[object]]] = []

    def made_up(*_: Any) -> Any:
        assert all(one() is None for one in left)
        known = Counter[object]()
        known.itself = known  # type: ignore[attr-defined]
        left.append(weakref.ref(known))
        return SimpleNamespace(faults=(), edition=SimpleNamespace(paper=SimpleNamespace(folder=tmp_path)))

    monkeypatch.setattr(site_command, "made_up", made_up)
    monkeypatch.setattr(gc, "isenabled", lambda: False)
    assert len(site_command._made_up(Run(cache=False), [cast("Any", None)] * 3, tmp_path)) == len(left) == 3


def test_two_editions_go_into_one_site_and_a_third_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = edition(tmp_path / "a"), edition(tmp_path / "b", "2024-01-17")
    site = tmp_path / "site"
    ended = run("site", second, first, "-o", site, "--json")
    assert [issue["state"] for issue in ended.report["issues"]] == ["new", "new"]
    for day in ("10", "17"):
        assert (site / f"2024/01/{day}/01.html").is_file()
        assert (site / f"2024/01/{day}/story/one.html").is_file()
        assert (site / f"2024/01/{day}/clip/one.pdf").read_bytes().startswith(b"%PDF-")
        assert (site / f"2024/01/{day}/large/one.pdf").read_bytes().startswith(b"%PDF-")
    for output in ended.report["outputs"]:
        assert hashlib.sha256((site / output["path"]).read_bytes()).hexdigest() == output["sha256"]
    # Other processes make the issues, the last one first; one cannot be made.
    (tmp_path / "bad.yaml").write_text("paper: a/paper.yaml\n", encoding="utf-8")
    asked, there = reached(monkeypatch, works=True), tmp_path / "there"
    made = run("site", second, tmp_path / "bad.yaml", first, "-o", there, "--json", *asked)
    assert made.code == ExitCode.BAD_INPUT
    assert [one["state"] for one in made.report["editions"]] == ["done", "failed", "done"]
    assert tree_of(there) == tree_of(site)
    assert run("site", second, first, "-o", there, *asked).out.count("done before") == 2
    before = tree_of(site / "2024/01/10")
    third = run("site", edition(tmp_path / "c", "2024-01-24"), "-o", site, "--json")
    assert third.report["issues"][0]["folder"] == "2024/01/24"
    assert tree_of(site / "2024/01/10") == before


def test_the_views_link_the_reprints(tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("site", edition(tmp_path / "a", wechat=True), "-o", site)
    story = (site / "2024/01/10/story/one.html").read_text(encoding="utf-8")
    assert 'href="../clip/one.pdf"' in story
    assert 'href="../large/one.pdf"' in story
    for name in ("long-1.jpg", "card.jpg", "square.jpg", "article.html"):
        assert f'href="../wechat/one/{name}"' in story
        assert (site / "2024/01/10/wechat/one" / name).is_file()
    page = (site / "2024/01/10/01.html").read_text(encoding="utf-8")
    for name in ("2024-01-10-01.pdf", "2024-01-10.pdf", "2024-01-10-clips.pdf", "2024-01-10-large.pdf"):
        assert f'href="{name}"' in page
    assert 'href="../../../pack/2024-01-10.zip"' in page
    with zipfile.ZipFile(site / "pack/2024-01-10.zip") as pack:
        assert pack.testzip() is None
        packed = pack.read("2024-01-10/2024-01-10-clips.pdf")
        [picture] = [name for name in pack.namelist() if "/版面图/" in name]
        assert picture.endswith("试排日报 2024-01-10 第01版 试版.jpg")
        assert Image.open(io.BytesIO(pack.read(picture))).width == 1920
    assert packed == (site / "2024/01/10/2024-01-10-clips.pdf").read_bytes()


def test_the_same_edition_again_changes_nothing(tmp_path: Path) -> None:
    path, site = edition(tmp_path / "a"), tmp_path / "site"
    run("site", path, "-o", site)
    before = tree_of(site)
    again = run("site", path, "-o", site, "--json")
    assert again.report["issues"][0]["state"] == "same"
    assert tree_of(site) == before


def test_that_nothing_changes_is_told_again_until_a_file_of_the_issue_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, site = edition(tmp_path / "paper"), tmp_path / "site"
    begun: list[object] = []
    whole = site_command.site

    def begin(*given: Any) -> Any:
        begun.append(given)
        return whole(*given)

    monkeypatch.setattr(site_command, "site", begin)
    told = [run("site", path, "-o", site) for _ in range(3)]
    assert len(begun) == 1, "who added the issue knows what is told of it when it is there"
    assert told[1] == told[2] != told[0]
    monkeypatch.setenv("ELSEWHERE", "1")  # where that answer is not known
    assert run("site", path, "-o", site) == told[1], "as is told by who finds it there"
    (site / ".adding").mkdir()
    (site / ".adding/ready.json").write_text("{}", encoding="utf-8")
    assert run("site", path, "-o", site) == told[1]
    assert len(begun) == 3, "what a killed run has left is looked at"
    (site / "2024/01/10/01.html").unlink()
    assert run("site", path, "-o", site).code == 0
    assert len(begun) == 4, "and every file of the issue"


def test_a_folder_that_takes_nothing_is_told_of_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_command, "made_up", None)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/letter.txt").write_text("别人的", encoding="utf-8")
    path = edition(tmp_path / "a")
    assert "site.foreign-folder" in run("site", path, "-o", tmp_path / "other").err

    def refuse(**_: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    ended = run("site", path, "-o", tmp_path / "new/site")
    assert ended.code == ExitCode.USAGE
    assert "error[usage.output-folder]" in ended.err
    assert not (tmp_path / "new").exists()


def test_two_folders_hold_the_same_bytes(tmp_path: Path) -> None:
    path = edition(tmp_path / "a", wechat=True)
    for name in "xy":
        run("site", path, "-o", tmp_path / name, "--no-cache")
    assert tree_of(tmp_path / "x") == tree_of(tmp_path / "y")


def test_other_content_is_refused_unless_it_is_a_correction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1705017600")  # 2024-01-12
    site = tmp_path / "site"
    run("site", edition(tmp_path / "a"), "-o", site)
    before = tree_of(site)
    printed = (site / "2024/01/10/2024-01-10-01.pdf").read_bytes()
    corrected = edition(tmp_path / "a", body=BODY + "\n第三段是更正。\n")
    with corrected.open("a", encoding="utf-8") as told:
        told.write("\ncorrections: [{story: one, was: 也一样, now: 也相同}]\n")
    refused = run("site", corrected, "-o", site, "--json")
    assert refused.code == ExitCode.BAD_INPUT
    assert codes(refused) == ["site.issue-differs"]
    assert tree_of(site) == before
    asked, there = reached(monkeypatch, works=True), tmp_path / "there"
    shutil.copytree(site, there)
    assert "site.issue-differs" in run("site", corrected, "-o", there, *asked).err
    done = run("site", corrected, "-o", site, "--correct", "--json")
    assert done.report["issues"][0]["state"] == "corrected"
    assert run("site", corrected, "-o", there, "--correct", *asked).code == done.code
    assert tree_of(there) == tree_of(site)
    for name in ("01.html", "story/one.html"):
        html = (site / "2024/01/10" / name).read_text(encoding="utf-8")
        assert '<time datetime="2024-01-12">2024年01月12日</time>' in html
        assert "修改" in html
        assert "中，“也一样”应为“也相同”。" in html
    assert "第三段是更正" in html
    page = (site / "2024/01/10/01.html").read_text(encoding="utf-8")
    for name in ("2024-01-10-01-printed.pdf", "2024-01-10-printed.pdf"):
        assert f'href="{name}"' in page
        assert (site / "2024/01/10" / name).is_file()
    kept = (site / "2024/01/10/2024-01-10-01-printed.pdf").read_bytes()
    assert hashlib.sha256(kept).digest() == hashlib.sha256(printed).digest()
    assert (
        hashlib.sha256(kept).digest() != hashlib.sha256((site / "2024/01/10/2024-01-10-01.pdf").read_bytes()).digest()
    )
    assert "更正“也一样”应为“也相同”。" in squeeze(Structure(site / "2024/01/10/clip/one.pdf").root.text)
    facts = json.loads((site / "2024/01/10/issue.json").read_bytes())
    assert facts["revisions"] == [
        {"date": "2024-01-12", "changed": ["one"], "added": [], "removed": [], "removed_titles": []}
    ]


def test_a_story_that_is_over_is_shown_whole_and_told(tmp_path: Path) -> None:
    site = tmp_path / "site"
    paragraphs = "\n\n".join(f"第{n}段，" + "字数太多而版面放不下，" * 30 for n in range(12))
    ended = run("site", edition(tmp_path / "a", body=paragraphs), "-o", site, "--json")
    assert ended.code == ExitCode.FINDINGS
    assert "makeup.overset" in codes(ended)
    assert "第11段" in (site / "2024/01/10/story/one.html").read_text(encoding="utf-8")


def test_an_issue_with_errors_is_told_or_kept_back(tmp_path: Path) -> None:
    """Its mark of what is over would be on the public page."""
    path, site = edition(tmp_path / "a", body="字数太多而版面放不下，" * 300), tmp_path / "site"
    kept = run("site", path, "-o", site, "--strict")
    assert (kept.code, kept.out, site.exists()) == (ExitCode.FINDINGS, "", False)
    assert "makeup.overset" in kept.err
    shown = run("site", path, "-o", site)
    assert shown.code == ExitCode.FINDINGS
    assert "warning[site.has-errors]: readers now see the issue of 2024-01-10 with 1 error(s)" in shown.err
    again = run("site", path, "-o", site)
    assert "site.has-errors" not in again.err
    assert "info[site.issue-same]" in again.err


def test_a_layout_that_is_not_there_keeps_every_edition_back(tmp_path: Path) -> None:
    good, bad = edition(tmp_path / "a"), edition(tmp_path / "b", "2024-01-17")
    bad.write_text(bad.read_text(encoding="utf-8").replace("layout: feature", "layout: none"), encoding="utf-8")
    ended = run("site", good, bad, "-o", tmp_path / "site", "--json")
    assert (ended.code, codes(ended)) == (ExitCode.BAD_INPUT, ["layout.unknown"])
    assert not (tmp_path / "site").exists()


def test_an_edition_of_advertisements_alone_has_a_page_and_no_reprints(tmp_path: Path) -> None:
    entry = {"ad": "reserved", "slot": "main"}
    path, site = write_paper(tmp_path / "a", {}, stories=[entry]), tmp_path / "site"
    ended = run("site", path, "-o", site, "--json")
    assert (ended.code, codes(ended)) == (ExitCode.DONE, [])
    assert (site / "2024/01/10/01.html").is_file()
    assert not (site / "2024/01/10/2024-01-10-clips.pdf").exists()


def test_faults_of_all_editions_are_told_before_anything_is_made(tmp_path: Path) -> None:
    good, bad, worse = (tmp_path / name for name in ("a", "b", "c"))
    for folder, day in ((good, "2024-01-10"), (bad, "2024-01-17"), (worse, "2024-01-24")):
        edition(folder, day)
    (bad / "articles/one.yaml").write_text("headline: [", encoding="utf-8")
    (worse / "articles/one.yaml").unlink()
    ended = run("site", *(f / "edition.yaml" for f in (good, bad, worse)), "-o", tmp_path / "site", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    files = {str(d["file"]) for d in ended.report["diagnostics"]}
    assert "b/articles/one.yaml" in files
    assert "c/edition.yaml" in files
    assert not (tmp_path / "site").exists()


def test_a_corrected_story_makes_only_its_own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And those of its page, which its neighbours show, too."""
    articles = {name: {"headline": f"{name}稿", "body": f"{name}。{BODY}"} for name in ("甲", "乙")}
    layout = {"layout": "feature", "name": "试版"}
    pages = [
        {"number": str(number), **layout, "stories": [{"article": f"articles/{name}.yaml"}]}
        for number, name in enumerate(articles, 1)
    ]
    path = write_paper(tmp_path / "paper", articles, paper=SMALL_PAGE)
    write_yaml(path, {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    begun: Counter[str] = Counter()
    page_in_pictures = media.page_in_pictures

    def progress(stage: str, done: int, count: int) -> None:
        begun[stage] += done < count

    def drawn(number: str, pdf: bytes, cache: PictureCache) -> media.PageInPictures:
        before, made = cache.misses, page_in_pictures(number, pdf, cache)
        begun["pages in pictures"] += cache.misses > before
        return made

    monkeypatch.setattr("printkit.epaper.issue.files.page_in_pictures", drawn)
    monkeypatch.setattr("printkit.pipeline.run.default_folder", lambda: tmp_path / "pictures")
    options = site_command.Options(tmp_path / "site", datetime.date(2024, 1, 11), correct=True)
    site_command.site([path], options, progress)
    stages = {"make up": 2, "draw": 2, "reprint": 4, "phone": 2, "pages in pictures": 2}
    assert {stage: begun[stage] for stage in stages} == stages
    begun.clear()
    write_yaml(tmp_path / "paper/articles/乙.yaml", articles["乙"] | {"body": f"乙。{BODY}又添一段。"})
    site_command.site([path], options, progress)
    assert {stage: begun[stage] for stage in stages} == {stage: count // 2 for stage, count in stages.items()}


class Held(bytes):
    """A story's picture as it was made, counted while anything holds it."""

    alive = 0

    def __init__(self, _: bytes) -> None:
        Held.alive += 1

    def __del__(self) -> None:
        Held.alive -= 1


def test_the_pictures_of_one_issue_at_a_time_are_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And each is made once, where nothing is kept in the cache's folder, too."""
    get = PictureCache.get
    held: list[int] = []

    def counted(self: PictureCache, data: bytes, settings: str, make: Callable[[], bytes]) -> bytes:
        made = get(self, data, settings, make)
        if not settings.startswith("site "):
            return made
        made = Held(made)
        held.append(Held.alive)
        return made

    monkeypatch.setattr(PictureCache, "get", counted)
    for name in "ab":
        (tmp_path / name / "images").mkdir(parents=True)
        Image.effect_noise((800, 450), 60).save(tmp_path / name / "images/one.jpg")
    pictured: dict[str, Any] = {"pictures": [{"file": "../images/one.jpg", "caption": "一张图"}]}
    editions = [edition(tmp_path / name, f"2024-01-1{n}", **pictured) for n, name in enumerate("ab")]
    run("site", *editions, "-o", tmp_path / "site", "--no-cache")
    one_issue = list(range(1, len(held) // 2 + 1))
    assert one_issue
    assert held == one_issue * 2
    assert len(list((tmp_path / "site").glob("2024/01/1?/media/one-share.jpg"))) == 2


def test_broken_pictures_of_all_editions_are_told_before_anything_is_made(tmp_path: Path) -> None:
    good, bad, worse = (tmp_path / name for name in ("a", "b", "c"))
    names = ["one.tif", "two.tif"]
    for folder, day in ((good, "2024-01-10"), (bad, "2024-01-17"), (worse, "2024-01-24")):
        edition(folder, day, pictures=[{"file": f"../images/{name}", "caption": name} for name in names])
        (folder / "images").mkdir()
        for name in names:
            path = folder / "images" / name
            Image.effect_noise((600, 400), 60).save(path, compression="tiff_lzw")
            data = path.read_bytes()
            if folder is not good:  # broken inside: `source` sees its size and that it is whole
                path.write_bytes(data[:1000] + b"\x55" * (len(data) - 2000) + data[-1000:])
    ended = run("site", *(f / "edition.yaml" for f in (good, bad, worse)), "-o", tmp_path / "site", "--json")
    assert ended.code == ExitCode.BAD_INPUT
    assert codes(ended) == ["pictures.cannot-decode"] * 4
    assert {name for name in names for d in ended.report["diagnostics"] if name in d["message"]} == set(names)
    assert not (tmp_path / "site").exists()


def test_a_style_of_the_paper_that_leads_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    path = edition(tmp_path / "a")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "a/styles").mkdir()
    (tmp_path / "a/styles/site.css").symlink_to(tmp_path / "secret.txt")
    ended = run("site", path, "-o", tmp_path / "site", "--json")
    assert (ended.code, codes(ended)) == (ExitCode.BAD_INPUT, ["site.wrong-path"])
    assert not (tmp_path / "site").exists()


def test_a_day_has_one_issue_and_a_site_one_paper(tmp_path: Path) -> None:
    same_day = run("site", edition(tmp_path / "a"), edition(tmp_path / "b"), "-o", tmp_path / "site", "--json")
    assert (same_day.code, codes(same_day)) == (ExitCode.BAD_INPUT, ["site.same-day"])
    other = write_paper(tmp_path / "c", {"one": STORY}, paper={"name": "别的报纸"})
    mixed = run("site", edition(tmp_path / "b", "2024-01-17"), other, "-o", tmp_path / "site", "--json")
    assert (mixed.code, codes(mixed)) == (ExitCode.BAD_INPUT, ["site.other-paper"])
    assert not (tmp_path / "site").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.txt").write_text("mine", encoding="utf-8")
    ended = run("site", edition(tmp_path / "a"), "-o", site, "--json")
    assert ended.code == ExitCode.USAGE
    assert tree_of(site).keys() == {"thesis.txt"}


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_there_is_not_is_told_before_the_work(tmp_path: Path, port: int) -> None:
    ended = run("site", edition(tmp_path / "a"), "-o", tmp_path / "site", "--serve", "--port", port)
    assert ended.code == ExitCode.USAGE
    assert "usage.port" in ended.err
    assert not (tmp_path / "site").exists()


def test_a_site_address_of_han_is_ascii_everywhere(tmp_path: Path) -> None:
    path = write_paper(tmp_path / "a", {"one": STORY}, paper={"site": {"base_url": "https://报.example.org/报"}})
    site = tmp_path / "site"
    assert run("site", path, "-o", site).code == ExitCode.DONE
    base = "https://xn--4ru.example.org/%E6%8A%A5/"
    for name in ("sitemap.xml", "sitemap-2024.xml", "feed.xml", "feed.json", "robots.txt", "2024/01/10/story/one.html"):
        text = (site / name).read_text(encoding="utf-8")
        assert base in text, name
        assert "example.org/报" not in text
    assert 'href="/%E6%8A%A5/archive/index.html"' in (site / "404.html").read_text(encoding="utf-8")


def test_the_longest_ids_make_names_that_disks_take(tmp_path: Path) -> None:
    path = write_paper(tmp_path / "a", {"one": STORY}, stories=[{"article": "articles/one.yaml", "id": "𠮷" * 50}])
    site = tmp_path / "site"
    ended = run("site", path, "-o", site, "--json")
    assert ended.code == ExitCode.DONE
    assert max(len(name.encode()) for p in site.rglob("*") for name in [p.name]) < 255 - 30
    with zipfile.ZipFile(site / "pack/2024-01-10.zip") as pack:
        assert max(len(part.encode()) for name in pack.namelist() for part in name.split("/")) < 255 - 30


def test_a_port_that_is_taken_is_told_before_the_work(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("site", edition(tmp_path / "a"), "-o", site, "--serve", "--port", taken.getsockname()[1])
    assert ended.code == ExitCode.USAGE
    assert "usage.port" in ended.err
    assert not site.exists()


def test_serving_and_one_json_object_do_not_go_together(tmp_path: Path) -> None:
    ended = run("site", tmp_path / "edition.yaml", "-o", tmp_path / "site", "--serve", "--json")
    assert (ended.code, codes(ended)) == (ExitCode.USAGE, ["usage.option"])


def test_a_run_that_mends_an_earlier_one_tells_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, site = edition(tmp_path / "a"), tmp_path / "site"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("printkit.epaper.folder.tree.publish", full)
        assert run("site", path, "-o", site, "--json").code == ExitCode.USAGE
    again = run("site", path, "-o", site, "--json")
    assert [d["code"] for d in again.report["diagnostics"] if d["code"].startswith("site.")] == [
        "site.mended",
        "site.no-address",
        "site.issue-same",
    ]
    assert (site / "index.html").is_file()
