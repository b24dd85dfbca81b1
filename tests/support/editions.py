"""Small editions on disk for the tests of `source`."""

from pathlib import Path

from PIL import Image

PAPER = "name: 某某工会报\n"
EDITION = """\
paper: paper.yaml
date: 2024-01-10
pages:
  - number: 1
    layout: front
    stories:
      - article: articles/lead.yaml
        slot: lead
"""
ARTICLE = """\
headline: 工会服务职工
body: |
  第一段。
"""
FILES: dict[str, str | bytes | None] = {
    "paper.yaml": PAPER,
    "edition.yaml": EDITION,
    "articles/lead.yaml": ARTICLE,
}


def write_edition(folder: Path, **changes: str | bytes | None) -> Path:
    """Write the small edition with some files changed (`None`: left out); return the edition file.

    A name other than `paper`, `edition` and `lead` is that of another article; `images/a.png` is 40 by 30.
    """
    names = {"paper": "paper.yaml", "edition": "edition.yaml", "lead": "articles/lead.yaml"}
    files = FILES | {names.get(name, f"articles/{name}.yaml"): text for name, text in changes.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            path.write_bytes(text.encode())
        elif text is not None:
            path.write_bytes(text)
    (folder / "images").mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), "gray").save(folder / "images/a.png")
    return folder / "edition.yaml"
