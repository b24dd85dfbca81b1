"""Advertisements in edition.yaml: what their files may be, what each entry becomes, what is refused at its line."""

from pathlib import Path

import pikepdf
import pytest

from printkit.diagnostics import InputError
from printkit.model.edition import Story
from printkit.pictures.ads import read_ad_size
from printkit.pictures.sizes import BadPictureError
from printkit.source import read_edition
from tests.support.editions import EDITION, write_edition


def pdf(path: Path, *sizes: tuple[int, int], password: str | None = None, owner: str = "") -> Path:
    """Write a PDF with empty pages of some sizes in points."""
    document = pikepdf.new()
    for size in sizes:
        document.add_blank_page(page_size=size)
    path.parent.mkdir(parents=True, exist_ok=True)
    encryption = pikepdf.Encryption(owner=owner or "owner", user=password) if password is not None else None
    document.save(path, encryption=encryption or False)
    return path


def stories(folder: Path, entries: str, **files: str) -> tuple[Story, ...]:
    edition, _ = read_edition(write_edition(folder, edition=EDITION + entries, **files))
    return edition.pages[0].stories


def test_an_ad_has_its_file_its_ratio_and_what_it_is_called(tmp_path: Path) -> None:
    pdf(tmp_path / "ads/bank.pdf", (400, 100), (50, 50))
    _, bank, kept, second = stories(
        tmp_path,
        "      - {ad: ads/bank.pdf, alt: 银行广告, slot: third}\n      - 广告: reserved\n      - ad: reserved\n",
    )
    assert bank.ad
    assert bank.ad.file == (tmp_path / "ads/bank.pdf").resolve()
    assert bank.ad.size == (400_000, 100_000)
    assert (bank.id, bank.slot, bank.ad.alt) == ("bank", "third", "银行广告")
    assert kept.ad
    assert (kept.ad.file, kept.ad.alt, kept.slot) == (None, "广告", "")
    assert (kept.id, second.id) == ("reserved-1", "reserved-2")


def test_pictures_and_svg_are_ads_too(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>')
    _, drawn, shot = stories(tmp_path, "      - ad: a.svg\n      - {ad: images/a.png, id: shot}\n")
    assert drawn.ad
    assert shot.ad
    assert drawn.ad.size == (30_000, 20_000)
    assert shot.ad.size == (40, 30)


@pytest.mark.parametrize(
    ("name", "told"), [("locked", "encrypted"), ("restricted", "encrypted"), ("empty", "no page"), ("cut", "broken")]
)
def test_a_pdf_that_cannot_be_used_is_told_at_its_line(name: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / f"ads/{name}.pdf"
    if name == "empty":
        pdf(path)
    else:
        pdf(path, (100, 100), password={"locked": "secret", "restricted": ""}.get(name))
    if name == "cut":
        path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(BadPictureError, match=told):
        read_ad_size(path)
    with pytest.raises(InputError) as caught:
        stories(tmp_path, f"      - ad: ads/{name}.pdf\n")
    [found] = caught.value.diagnostics
    assert found.code == "source.bad-ad"
    assert found.where
    assert (found.where.file.endswith("edition.yaml"), found.where.line) == (True, 9)


def test_the_same_ad_twice_is_told_at_its_own_key(tmp_path: Path) -> None:
    pdf(tmp_path / "ads/a.pdf", (100, 100))
    with pytest.raises(InputError) as caught:
        stories(tmp_path, "      - ad: ads/a.pdf\n      - ad: ads/a.pdf\n")
    [found] = caught.value.diagnostics
    assert found.code == "source.used-twice"
    assert found.where
    assert (found.where.line, found.where.field) == (10, "pages[0].stories[2].ad")


def test_on_an_automatic_page_an_ad_stands_where_it_is_placed(tmp_path: Path) -> None:
    entry = "      - {ad: reserved, at: {column: 1, row: 1, columns: 2, rows: 9}}\n"
    auto = EDITION.replace("layout: front", "layout: auto").replace("        slot: lead\n", "")
    auto = auto.replace(
        "articles/lead.yaml", "articles/lead.yaml\n        at: {column: 3, row: 1, columns: 2, rows: 9}"
    )
    edition, _ = read_edition(write_edition(tmp_path, edition=auto + entry))
    at = edition.pages[0].stories[1].placement.at
    assert at
    assert (at.column, at.columns, at.rows) == (1, 2, 9)


def test_the_size_of_an_ad_is_that_of_its_page_trimmed_and_turned(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", (220, 120))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].TrimBox = pikepdf.Array([10, 10, 210, 110])
        document.pages[0].Rotate = 90
        document.save()
    assert read_ad_size(path) == (100_000, 200_000)


def test_content_that_cannot_be_unpacked_is_broken(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 100))
    content = document.make_stream(b"")
    content.write(b"no deflated bytes", filter=pikepdf.Name.FlateDecode)
    document.pages[0].obj.Contents = content
    document.save(tmp_path / "a.pdf", compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pytest.raises(BadPictureError, match="broken"):
        read_ad_size(tmp_path / "a.pdf")
