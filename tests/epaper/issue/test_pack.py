"""The office pack: what is in it, in names that sort, with the same bytes each time."""

import datetime
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from printkit.epaper import names
from printkit.epaper.issue.facts import Issue, PageFacts, Revision, StoryFacts
from printkit.epaper.issue.pack import pack

DATE = datetime.date(2024, 1, 10)
ISSUE = Issue(
    "春台工会报",
    DATE,
    "1234",
    (
        PageFacts("1", "要闻", ("lead", "职代会"), 765.4, 1105.5),
        PageFacts("10", "副刊", ("poem", "lead"), 765.4, 1105.5),
    ),
    (
        StoryFacts("lead", "热水不断", ("1", "10"), "aa", "第一段。\n第二段。", "引题", "副题", "本报记者 甲"),
        StoryFacts("职代会", "</script>“引号”", ("1",), "bb", "只有一段。"),
        StoryFacts("poem", "", ("10",), "cc", "无题的诗"),
    ),
)
FILES = {
    "2024-01-10.pdf": b"%PDF whole",
    "2024-01-10-01.pdf": b"%PDF one",
    "2024-01-10-10.pdf": b"%PDF ten",
    "2024-01-10-clips.pdf": b"%PDF clips",
    "clip/lead.pdf": b"%PDF lead",
    "clip/职代会.pdf": b"%PDF hall",
    "clip/poem.pdf": b"%PDF poem",
    "large/lead.pdf": b"%PDF large",
    "story/lead.html": b"<html>",
    "picture/01-480.webp": b"RIFF",
    "issue.json": b"{}",
}


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def read(data: bytes, name: str) -> str:
    return opened(data).read(f"2024-01-10/{name}").decode("utf-8-sig").replace("\r\n", "\n")


def test_the_pack_holds_what_offices_need_under_names_that_sort() -> None:
    inside = opened(pack(FILES, ISSUE)).namelist()
    assert inside == [
        "2024-01-10/00-目录.txt",
        "2024-01-10/2024-01-10-01.pdf",
        "2024-01-10/2024-01-10-10.pdf",
        "2024-01-10/2024-01-10-clips.pdf",
        "2024-01-10/2024-01-10.pdf",
        "2024-01-10/manifest.json",
        "2024-01-10/剪报/01-01-lead 热水不断.pdf",
        "2024-01-10/剪报/01-02-职代会 script “引号”.pdf",
        "2024-01-10/剪报/10-01-poem.pdf",
        "2024-01-10/大字版/01-01-lead 热水不断.pdf",
        "2024-01-10/文字/01-01-lead 热水不断.txt",
        "2024-01-10/文字/01-02-职代会 script “引号”.txt",
        "2024-01-10/文字/10-01-poem.txt",
    ]
    assert opened(pack(FILES, ISSUE)).read("2024-01-10/剪报/01-02-职代会 script “引号”.pdf") == FILES["clip/职代会.pdf"]


def test_the_same_issue_gives_the_same_bytes_whatever_the_order_of_its_files() -> None:
    backwards = dict(reversed(FILES.items()))
    assert pack(FILES, ISSUE) == pack(backwards, ISSUE)


def test_times_and_permissions_are_fixed_and_han_names_are_flagged_as_utf_8() -> None:
    for entry in opened(pack(FILES, ISSUE)).infolist():
        assert entry.date_time == (2024, 1, 10, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644
        assert entry.create_system == 3
        assert bool(entry.flag_bits & 0x800) == (not entry.filename.isascii())
        assert (entry.compress_type == zipfile.ZIP_STORED) == entry.filename.endswith(".pdf")


def test_the_manifest_has_size_and_hash_of_every_other_file() -> None:
    data = pack(FILES, ISSUE)
    told = json.loads(read(data, "manifest.json"))
    assert (told["paper"], told["date"], told["issue"]) == ("春台工会报", "2024-01-10", "1234")
    inside = {name.removeprefix("2024-01-10/") for name in opened(data).namelist()} - {"manifest.json"}
    assert {file["path"] for file in told["files"]} == inside
    for file in told["files"]:
        held = opened(data).read(f"2024-01-10/{file['path']}")
        assert (file["bytes"], file["sha256"]) == (len(held), hashlib.sha256(held).hexdigest())


def test_a_text_has_its_headings_its_place_and_its_paragraphs() -> None:
    text = read(pack(FILES, ISSUE), "文字/01-01-lead 热水不断.txt")
    head = "引题\n热水不断\n副题\n本报记者 甲\n春台工会报 2024-01-10 第01版、第10版"
    assert text == f"{head}\n\n第一段。\n\n第二段。\n"


def test_texts_are_written_as_old_editors_read_them() -> None:
    for name in ("文字/01-01-lead 热水不断.txt", "00-目录.txt"):
        data = opened(pack(FILES, ISSUE)).read(f"2024-01-10/{name}")
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 2


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ('一/二\\三:四*五?六"七<八>九|十', "报 一 二 三 四 五 六 七 八 九 十.pdf"),
        ("?*|", "报.pdf"),
        ("说完了...", "报 说完了.pdf"),
        ("两行 标题\u202e😀\n", "报 两行 标题 😀.pdf"),
        ("长" * 60, f"报 {'长' * 37}.pdf"),
    ],
)
def test_a_name_on_a_disk_is_one_that_every_system_takes(headline: str, name: str) -> None:
    assert names.saved_name("报", headline, suffix=".pdf") == name
    assert len(name.encode()) <= 120


def test_the_index_lists_pages_and_stories_and_only_what_is_there() -> None:
    told = read(pack(FILES, ISSUE), "00-目录.txt")
    assert told.startswith("春台工会报 2024-01-10 第1234期\n")
    assert "第01版 要闻  2024-01-10-01.pdf\n  01-01-lead  热水不断\n  01-02-职代会  </script>“引号”\n" in told
    assert "  10-01-poem  无题的诗\n  01-01-lead  热水不断\n" in told
    assert "2024-01-10-large.pdf" not in told


def test_a_correction_is_told_in_the_index() -> None:
    revisions = (
        Revision("2024-01-12", changed=("lead", "poem"), removed=("旧", "older"), removed_titles=("旧题",)),
        Revision("2024-01-13"),
    )
    told = read(pack(FILES, replace(ISSUE, revisions=revisions)), "00-目录.txt")
    assert "更正 2024-01-12：修改 lead、poem；撤下 旧《旧题》、older\n" in told
    assert "更正 2024-01-13：版面或期号有改动\n" in told


@pytest.mark.parametrize("files", [{}, {"story/lead.html": b"<html>"}])
def test_an_issue_without_pdfs_still_has_its_texts(files: dict[str, bytes]) -> None:
    inside = opened(pack(files, ISSUE)).namelist()
    assert [name for name in inside if name.endswith(".pdf")] == []
    assert sum(name.endswith(".txt") for name in inside) == 4


def test_the_briefs_of_a_page_are_one_sheet() -> None:
    sheet = names.reprint_pdf(names.briefs("1"))
    told = opened(pack({**FILES, sheet: b"%PDF briefs"}, ISSUE))
    assert told.read("2024-01-10/剪报/01-简讯合页.pdf") == b"%PDF briefs"


def test_a_small_one_has_neither_single_reprints_nor_pictures_of_pages() -> None:
    files = {**FILES, names.page_picture("1", names.PICTURE_WIDTHS[0], "jpg"): b"JPEG"}
    assert "2024-01-10/版面图/" in " ".join(opened(pack(files, ISSUE)).namelist())
    small = pack(files, ISSUE, small=True)
    inside = [name.removeprefix("2024-01-10/") for name in opened(small).namelist()]
    assert [name for name in inside if name.endswith((".pdf", ".jpg"))] == [
        "2024-01-10-01.pdf",
        "2024-01-10-10.pdf",
        "2024-01-10-clips.pdf",
        "2024-01-10.pdf",
    ]
    assert "文字/01-01-lead 热水不断.txt" in inside
    told = read(small, "00-目录.txt")
    assert "文字/  " in told
    assert not [folder for folder in ("剪报/  ", "大字版/  ", "版面图/  ") if folder in told]


def test_an_issue_older_than_zip_can_tell_is_packed() -> None:
    old = replace(ISSUE, date=datetime.date(1957, 3, 1))
    assert {entry.date_time for entry in opened(pack({}, old)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names.pack(old.date) == "pack/1957-03-01.zip"
