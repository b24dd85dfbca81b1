"""What report.json tells of pictures: what was cut off of each at which side."""

import json
from pathlib import Path

from benchmarks.generator import photograph
from tests.support.papers import run, write_paper

CHART = {"file": "../images/chart.jpg", "caption": "五年就业人数", "columns": 2}


def crops(folder: Path, **keys: object) -> list[dict[str, object]]:
    """The crops of a story of one picture, which stands lower than its own ratio asks for."""
    (folder / "images").mkdir(parents=True)
    photograph(folder / "images/chart.jpg", "chart")
    (folder / "house.css").write_text(".story { --picture-crop: 0.4 }", encoding="utf-8")
    entry = {"article": "articles/a.yaml", "at": {"column": 1, "row": 1, "columns": 2, "rows": 14}}
    copy = {"brief": "是", "pictures": [CHART | keys]}
    paper = {"stylesheets": ["house.css"]}
    edition = write_paper(folder, {"a": copy}, layout="auto", stories=[entry], paper=paper)
    [story] = json.loads(run("check", edition, "--json").out)["stories"]
    found: list[dict[str, object]] = story["crops"]
    return found


def test_every_crop_is_in_the_report_with_its_sides(tmp_path: Path) -> None:
    [crop] = crops(tmp_path / "a", focus=[0.5, 0])
    assert crop.pop("file") == "images/chart.jpg"
    assert {side: bool(share) for side, share in crop.items()} == {
        "left": False,
        "top": False,
        "right": False,
        "bottom": True,
    }


def test_a_picture_that_is_never_cropped_has_none(tmp_path: Path) -> None:
    assert crops(tmp_path / "b", crop="none") == []
    assert crops(tmp_path / "c", 裁图="none") == []
