"""docs/gallery.md and the README's pictures: every layout is shown, its YAML is a sample's, pictures are small."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
GALLERY = (ROOT / "docs/gallery.md").read_text(encoding="utf-8")
SHOWN_ELSEWHERE = {"reprint", "reprint-large", "reprint-phone", "shared", "site"}
"""Layouts of no newspaper's page, and what is no layout."""


def test_every_layout_is_shown() -> None:
    layouts = {path.parent.name for path in (ROOT / "layouts").glob("*/page.html.j2")} - SHOWN_ELSEWHERE
    assert set(re.findall(r"^## (\S+)$", GALLERY, re.MULTILINE)) == layouts


def test_its_yaml_is_a_samples() -> None:
    shown = re.findall(
        r"^\[samples/\S+\]\(\.\./(samples/\S+)\)[^\n]*\n\n```yaml\n(.*?)\n```", GALLERY, re.DOTALL | re.MULTILINE
    )
    assert len(shown) == GALLERY.count("\n## ")
    for edition, text in shown:
        written = (ROOT / edition).read_text(encoding="utf-8")
        assert "\n".join(f"  {line}" for line in text.split("\n")) in written, (edition, text)


def test_pictures_are_there_and_small() -> None:
    texts = {ROOT / "docs": GALLERY} | {
        ROOT: (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    }
    found = {folder / src for folder, text in texts.items() for src in re.findall(r'<img src="([^"]+)"', text)}
    assert len(found) >= 15
    assert {path.name: path.stat().st_size for path in found if path.stat().st_size > 100_000} == {}
