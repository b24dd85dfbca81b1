"""Joining pages: fonts once, labels, outlines, names, metadata, and the same bytes twice."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from printkit.pdf.fonts import _agreeing, _cmap, _Group, _width_runs
from printkit.pdf.join import join
from printkit.pdf.part import Facts, PagePart
from tests.support.papers import build_edition, write_yaml

FACTS = Facts("题名 2024-01-10", "某报", "zh-CN", ("工会", "职工"), "D:20240110000000Z", "printkit 0")


@dataclass(frozen=True)
class Blank:
    """A page of nothing."""

    width: int = 300

    def pdf(self) -> bytes:
        made = pikepdf.new()
        made.add_blank_page(page_size=(self.width, 400))
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def joined(*labels: str) -> pikepdf.Pdf:
    parts = [PagePart(Blank(300 + n).pdf(), (), label) for n, label in enumerate(labels)]
    return pikepdf.open(io.BytesIO(join(parts, FACTS)))


def test_pages_keep_order_and_size() -> None:
    assert [int(p.mediabox[2]) for p in joined("01版", "02版", "03版").pages] == [300, 301, 302]


def test_facts_stand_in_info_and_metadata() -> None:
    pdf = joined("01版")
    assert str(pdf.docinfo.Title) == FACTS.title
    assert str(pdf.docinfo.CreationDate) == FACTS.date
    assert str(pdf.Root.Lang) == "zh-CN"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == FACTS.title
        assert metadata["dc:creator"] == [FACTS.author]
        assert metadata["pdf:Keywords"] == "工会, 职工"


def test_labels() -> None:
    pdf = joined("01版：要闻", "A02版")
    numbers: Any = pdf.Root.PageLabels.Nums
    assert [(int(numbers[n]), str(numbers[n + 1].P)) for n in (0, 2)] == [(0, "01版：要闻"), (1, "A02版")]


def test_the_same_bytes_twice() -> None:
    parts = [PagePart(Blank().pdf(), (), "01版")]
    assert join(parts, FACTS) == join(parts, FACTS)


def test_equal_pictures_of_several_pages_are_one_object(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "images").mkdir()
    Image.new("RGB", (64, 48), "navy").save(tmp_path / "images/a.png")
    write_yaml(tmp_path / "paper.yaml", {"name": "某报"})
    pages = []
    for number in (1, 2, 3):
        shot = {"file": "../images/a.png", "caption": f"图注{number}"}
        article = {"headline": f"题{number}", "body": "正文。" * 20, "pictures": [shot]}
        write_yaml(tmp_path / f"articles/a{number}.yaml", article)
        pages.append({"number": str(number), "layout": "feature", "stories": [{"article": f"articles/a{number}.yaml"}]})
    path = write_yaml(tmp_path / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": pages})
    found = build_edition(path, tmp_path / "out", "--only", "edition")
    assert found.code == 0
    pdf = pikepdf.open(found.pdf())
    images = {o.objgen for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"}
    assert len(images) == 1
    descriptors = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    names = [str(d.FontName) for d in descriptors]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("widths", "text"),
    [({}, ""), ({3: 1000}, "3 [1000]"), ({3: 1000, 4: 500, 9: 1}, "3 [1000 500] 9 [1]"), ({0: 7, 1: 8}, "0 [7 8]")],
)
def test_width_runs(widths: dict[int, int], text: str) -> None:
    assert _width_runs(widths) == text


def test_a_conflict_makes_a_group_of_its_own() -> None:
    groups: list[_Group] = []
    first = _agreeing(groups, {1: "一", 2: "二"})
    assert _agreeing(groups, {2: "二", 3: "三"}) is first
    assert _agreeing(groups, {1: "⼀"}) is not first
    assert len(groups) == 2
    assert first.values == {1: "一", 2: "二", 3: "三"}


def test_a_map_of_texts_is_cut_into_hundreds() -> None:
    cmap = _cmap({n: chr(0x4E00 + n) for n in range(250)} | {999: "𠮷", 1000: ""})
    assert cmap.count("beginbfchar") == 3
    assert "100 beginbfchar" in cmap
    assert "51 beginbfchar" in cmap
    assert "<03e7> <d842dfb7>" in cmap
    assert "<03e8>" not in cmap
