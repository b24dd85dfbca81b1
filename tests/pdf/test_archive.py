"""The archive's file: what it says of itself, its profile, and the same bytes at any time."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from printkit.pdf.archive import archived, srgb_profile
from tests.support.papers import Built, build_edition, digest, run, write_paper


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "images").mkdir()
    Image.new("RGBA", (320, 240), (200, 30, 40, 128)).save(folder / "images/a.png")
    shot = {"file": "../images/a.png", "caption": "图注"}
    edition = write_paper(folder, {"a": {"headline": "存档", "body": "正文。" * 90, "pictures": [shot]}})
    return build_edition(edition, folder / "out", "--for", "archive")


def test_only_the_archive_is_made(built: Built) -> None:
    assert [o["path"].split("/")[-2:] for o in built.report["outputs"]] == [["archive", "edition.pdf"]]
    assert sorted(p.name for p in built.folder.iterdir()) == ["archive", "manifest.json", "report.json"]


def test_a_build_for_the_archive_leaves_the_web_files(built: Built, tmp_path: Path) -> None:
    both = build_edition(built.source, tmp_path, "--for", "web, archive")
    web = digest(both.pdf())
    build_edition(built.source, tmp_path, "--for", "archive")
    assert digest(both.pdf()) == web
    build_edition(built.source, tmp_path, "--for", "web", "--page", "1")
    assert (both.folder / "archive/edition.pdf").is_file()


def test_it_says_what_it_is(built: Built) -> None:
    with pikepdf.open(built.folder / "archive/edition.pdf") as pdf:
        [intent] = list(pdf.Root.OutputIntents)
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert intent.DestOutputProfile.read_bytes() == srgb_profile()
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert str(pdf.docinfo.CreationDate) == "D:20240110000000Z"
        with pdf.open_metadata() as metadata:
            said = [metadata[f"pdfaid:{key}"] for key in ("part", "conformance")]
            assert [*said, metadata["pdfuaid:part"]] == ["2", "A", "1"]
            assert metadata["xmp:CreateDate"] == "2024-01-10T00:00:00Z"
        assert packet.count("<rdf:RDF") == 1
        assert bool(pdf.Root.MarkInfo.Marked)
        assert not [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Interpolate" in o]


def test_the_same_bytes_twice(built: Built, tmp_path: Path) -> None:
    again = build_edition(built.source, tmp_path, "--for", "archive")
    assert digest(again.folder / "archive/edition.pdf") == digest(built.folder / "archive/edition.pdf")
    data = (built.folder / "archive/edition.pdf").read_bytes()
    assert archived(data) == archived(data)


def test_the_profile_is_srgb_and_has_no_clock() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert srgb_profile()[24:30] == bytes([0x07, 0xD0, 0, 1, 0, 1])


@pytest.mark.parametrize("more", [["--page", "1"], ["--only", "pages"]], ids=" ".join)
def test_the_archive_needs_every_page(built: Built, more: list[str], tmp_path: Path) -> None:
    ended = run("build", built.source, "-o", tmp_path / "out", "--for", "web,archive", *more)
    assert ended.code == 2
    assert "the archive's file needs every page" in ended.err
    assert not (tmp_path / "out").exists()
