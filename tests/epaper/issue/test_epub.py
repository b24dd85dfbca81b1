"""The EPUB of an issue: sound XML, every story and picture in it, contents by page and story, the same bytes each time."""

import io
import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from printkit.epaper import names
from printkit.model.edition import stories_of
from tests.support.checks import squeeze
from tests.support.epubcheck import faults
from tests.support.issues import MadeIssue, make_issue
from tests.support.papers import portrait, write_paper

X = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
HOSTILE = "]]></p><script>alert(1)</script>&amp;“引号”<img src=x onerror=alert(2)>"
SAMPLES = pytest.mark.parametrize("sample", ["tabloid_issue", "broadsheet_issue"])


def opened(issue: MadeIssue, *, large: bool = False) -> dict[str, bytes]:
    """Return the files of an issue's EPUB by their names."""
    data = issue.made.files[names.edition_epub(issue.edition.date, large=large)]
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        first = zipped.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        return {name: zipped.read(name) for name in zipped.namelist()}


def documents(files: dict[str, bytes]) -> dict[str, ET.Element]:
    return {name: ET.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


@SAMPLES
def test_every_story_is_whole_and_every_picture_has_words(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    files = opened(issue)
    found = documents(files)
    text = squeeze("".join("".join(root.itertext()) for root in found.values()))
    for story in stories_of(issue.edition):
        for paragraph in (*story.article.paragraphs, *story.article.boxed):
            assert squeeze(re.sub(r"\s", "", paragraph.text)) in text or paragraph.table
    images = [image for root in found.values() for image in root.iter(f"{X}img")]
    shots = sum(len(entry.shots) for story in stories_of(issue.edition) for entry in story.article.all_pictures)
    assert len(images) == shots + len(issue.pages)
    assert all(image.get("alt") for image in images)


@SAMPLES
def test_every_address_is_there_and_every_file_is_told_of(sample: str, request: pytest.FixtureRequest) -> None:
    issue: MadeIssue = request.getfixturevalue(sample)
    files = opened(issue)
    for name, root in documents(files).items():
        for element in root.iter():
            for address in filter(None, (element.get("href"), element.get("src"))):
                if not address.startswith("http"):
                    assert posixpath.join(posixpath.dirname(name), address) in files
    package = ET.fromstring(files["paper/package.opf"])
    told = {f"paper/{item.get('href')}" for item in package.iter(f"{OPF}item")}
    assert told | {"mimetype", "META-INF/container.xml", "paper/package.opf"} == set(files)
    spine = [item.get("idref") for item in package.iter(f"{OPF}itemref")]
    assert len(spine) == 1 + len(issue.pages) + len(stories_of(issue.edition))


def test_the_contents_are_pages_with_their_stories(tabloid_issue: MadeIssue) -> None:
    root = documents(opened(tabloid_issue))["paper/nav.xhtml"]
    [toc, *_] = root.iter(f"{X}nav")
    [pages] = toc.findall(f"{X}ol")
    titles = ["".join(entry.find(f"{X}a").itertext()) for entry in pages.findall(f"{X}li")]  # type: ignore[union-attr]
    assert titles == ["01版：要闻", "02版：服务", "03版：权益", "04版：特别报道"]
    assert [len(entry.findall(f"{X}ol/{X}li")) for entry in pages.findall(f"{X}li")] == [9, 4, 4, 1]


def test_large_type_is_the_same_in_another_style(tabloid_issue: MadeIssue) -> None:
    usual, large = opened(tabloid_issue), opened(tabloid_issue, large=True)
    changed = {name for name in usual if usual[name] != large[name]}
    assert changed == {"paper/style.css", "paper/package.opf", "paper/nav.xhtml"}
    assert large["paper/style.css"].startswith(usual["paper/style.css"])


@pytest.mark.verapdf
def test_epubcheck_finds_nothing_wrong(tabloid_issue: MadeIssue, tmp_path: Path) -> None:
    portrait(tmp_path / "paper/images/a.png")
    article = {
        "kicker": HOSTILE,
        "headline": HOSTILE,
        "body": f"段{HOSTILE}\n\n## 题{HOSTILE}\n\n- 条{HOSTILE}\n\n> 引\n\n| 甲{HOSTILE} | 乙 |\n|---|---|\n| 丙 | 丁 |\n",
        "pictures": [{"file": "../images/a.png", "caption": f"图{HOSTILE}"}],
    }
    hostile = make_issue(write_paper(tmp_path / "paper", {"hostile": article}))
    made = [tmp_path / "usual.epub", tmp_path / "large.epub"]
    for path, issue, large in zip(made, (tabloid_issue, hostile), (False, True), strict=True):
        path.write_bytes(issue.made.files[names.edition_epub(issue.edition.date, large=large)])
    assert faults(made) == []
