"""Draws the pictures of the README and of docs/gallery.md, and writes the gallery: `python samples/gallery.py OUT`.

OUT has what `make demo` made, beside it the other editions of the samples and the weekly's e-paper in OUT/weekly-site. Pages are WebP under 100 KB; the slots of a
layout are an SVG drawn from what CSS gives them; the YAML is the sample's own. The phone wants Chromium.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from printkit.model.geometry import PageGeometry
from printkit.pipeline.assign import contexts_of
from printkit.pipeline.measure import measured
from printkit.pipeline.run import Run
from printkit.source import read_edition

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs/pictures"
PHONE = (412, 860)
"""Width and height of a phone's screen, CSS pixels."""
LIMIT = 100_000
"""Bytes of a picture at most."""

LAYOUTS = {
    "front": (
        "tabloid/edition 1",
        "",
        "头版: lead, two stories, a picture, briefs down the side. 头条、两篇稿、一张图片，旁边一栏简讯。",
    ),
    "front-b": (
        "weekly/edition 1",
        "broadsheet/weekend 1",
        "头版: the lead over the whole width, a box between two stories. 通栏头条，下有竖题稿、框内评论和简讯。",
    ),
    "inside": (
        "weekly/edition 2",
        "",
        "内页: lead and a side column; facing pages are mirrors. 头条加边栏，左右两页互为镜像。",
    ),
    "inside-ad": ("tabloid/more 6", "", "内页: `inside` with an advertisement over the foot. 下有通栏广告的内页。"),
    "inside-b": (
        "weekly/edition 3",
        "broadsheet/weekend 2",
        "内页: a group of stories under one head. 上半版是组合报道。",
    ),
    "supplement": (
        "weekly/edition 6",
        "broadsheet/weekend 4",
        "副刊: essays, verse, a serial, a picture. 散文、诗、连载、书画。",
    ),
    "pictures": (
        "weekly/edition 8",
        "broadsheet/weekend T1",
        "图片: one picture over all columns, four below. 一张通栏大图，四张小图。",
    ),
    "service": (
        "weekly/edition 7",
        "broadsheet/weekend 3",
        "服务: advice, tables, notices in small type. 服务稿、表格、便民启事。",
    ),
    "spread": ("weekly/edition 4, 5", "", "跨版: two facing pages as one sheet. 左右两版一张排。"),
    "feature": (
        "tabloid/edition 4",
        "broadsheet/edition A06",
        "专版: one theme, the body as large as it fits. 一个主题，正文取放得下的最大字号。",
    ),
    "auto": ("tabloid/more 5", "", "自动: no slots; the page lays itself out. 没有版位，版面自己拼满。"),
}
"""A sample's page for each layout, one in broadsheet where a sample has it, and what it is for."""

HEAD = """\
# Gallery of layouts · 版式一览

Each layout on a page of a sample paper, its slots, and the YAML that fills them. Written by `make pictures`.
每种版式一页样报、它的版位，以及排出这一页的 YAML。由 `make pictures` 生成。

"""


def page(pdf: Path) -> Image.Image:
    """Draw the first page of a PDF, larger than any use of it here."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn: Image.Image = document[0].render(scale=2).to_pil().convert("RGB")
        return drawn
    finally:
        document.close()


def save(image: Image.Image, name: str, width: int) -> None:
    """Write a picture at a width, as well as the limit allows, within a hair line."""
    small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    ImageDraw.Draw(small).rectangle((0, 0, small.width - 1, small.height - 1), outline=(200, 196, 190))
    target = PICTURES / name
    for quality in (84, 76, 68, 60, 50, 40):
        small.save(target, quality=quality, method=6)
        if target.stat().st_size <= LIMIT:
            break
    print(target.relative_to(ROOT), target.stat().st_size)


def phones(site: Path, name: str) -> None:
    """Take pictures of the e-paper as a phone shows it, a page and a story side by side."""
    [issue] = [path.parent for path in site.glob("*/*/*/01.html")]
    sheet = Image.new("RGB", (2 * PHONE[0] * 2 + 40, PHONE[1] * 2), (255, 255, 255))
    with tempfile.TemporaryDirectory() as folder:
        for place, view in enumerate((issue / "01.html", issue / "story/ferry-school.html")):
            shot = Path(folder) / f"{place}.png"
            size = f"--window-size={PHONE[0]},{PHONE[1]}"
            options = ("--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2", size)
            browser = shutil.which("chromium-headless-shell") or "chromium"
            command = [browser, *options, f"--screenshot={shot}", view.resolve().as_uri()]
            subprocess.run(command, check=True, capture_output=True)
            sheet.paste(Image.open(shot).convert("RGB"), (place * (2 * PHONE[0] + 40), 0))
    save(sheet, name, 2 * PHONE[0] + 20)


def geometry(layout: str, folder: Path) -> PageGeometry:
    """Measure a layout's slots on an empty tabloid page."""
    (folder / "paper.yaml").write_text("name: 样报\npage_size: tabloid\n", encoding="utf-8")
    pages = "".join(
        f"  - {{number: {n}, name: 样, layout: {layout}, stories: [{{ad: reserved, slot: x}}]}}\n"
        for n in (("1", "[2, 3]", "4") if layout == "spread" else ("1", "2"))
    )
    edition = folder / "edition.yaml"
    edition.write_text(f"paper: paper.yaml\ndate: 2024-01-10\npages:\n{pages}", encoding="utf-8")
    return measured(Run(), contexts_of(read_edition(edition)[0])[1], {})[0]


def slots(layout: str) -> None:
    """Draw a layout's slots with their names, and their text columns as thin lines."""
    with tempfile.TemporaryDirectory() as folder:
        found = geometry(layout, Path(folder))
    grid, scale = found.grid, 240 / found.height
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {found.width * scale:.0f} 240" font-family="sans-serif">',
        f'<rect width="{found.width * scale:.0f}" height="240" fill="#fff" stroke="#c8c4be"/>',
    ]
    for slot in found.slots.values():
        r = slot.rect
        x, y, w, h = (value * scale for value in (r.x, r.y, r.width, r.height))
        columns = slot.columns or max(1, round((r.width + grid.gutter) / (grid.column + grid.gutter)))
        lines.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="#efece6" stroke="#b5121b" stroke-width=".6"/>'
        )
        for k in range(1, columns):
            cx = x + w * k / columns
            lines.append(f'<path d="M{cx:.1f} {y:.1f}v{h:.1f}" stroke="#c9c2b8" stroke-width=".5"/>')
        lines.append(
            f'<text x="{x + w / 2:.1f}" y="{y + h / 2 + 3:.1f}" text-anchor="middle" font-size="{min(9.0, w / len(slot.name) / 0.58):.1f}" fill="#231f20">{slot.name}</text>'
        )
    (PICTURES / f"{layout}.svg").write_text("\n".join([*lines, "</svg>\n"]), encoding="utf-8")


def yaml_of(edition: Path, number: str) -> str:
    """Return a page's own lines of an edition."""
    pages = re.split(r"\n  - (?:number|版次): ", edition.read_text(encoding="utf-8"))[1:]
    found = next(p for p in pages if p.split("\n", 1)[0].strip("[]") == number)
    return "\n".join(["- number: " + found.split("\n", 1)[0], *(line[2:] for line in found.rstrip().split("\n")[1:])])


def shown(out: Path, place: str, name: str, width: int = 360) -> tuple[Path, str]:
    """Draw a sample's page; return its edition and its number."""
    sample, edition, number = re.split("[/ ]", place, maxsplit=2)
    stem = "-".join(n.zfill(2) for n in number.split(", "))
    [pdf] = out.glob(f"{sample if edition == 'edition' else edition}/*/web/{stem}.pdf")
    save(page(pdf), name, width)
    return ROOT / "samples" / sample / f"{edition}.yaml", number


def main(out: Path) -> None:
    """Write everything."""
    PICTURES.mkdir(exist_ok=True)
    gallery = [HEAD]
    for layout, (tabloid, broadsheet, words) in LAYOUTS.items():
        edition, number = shown(out, tabloid, f"{layout}.webp", 640 if layout == "spread" else 360)
        images = [f'<img src="pictures/{layout}.webp" alt="{layout}" height="480">']
        if layout != "auto":
            slots(layout)
            images.append(f'<img src="pictures/{layout}.svg" alt="slots · 版位" height="480">')
        source = edition.relative_to(ROOT).as_posix()
        named = [f"[{source}](../{source})"]
        if broadsheet:
            other = shown(out, broadsheet, f"{layout}-broadsheet.webp")[0].relative_to(ROOT).as_posix()
            images.append(
                f'<img src="pictures/{layout}-broadsheet.webp" alt="{layout}, broadsheet · 对开" height="480">'
            )
            named.append(f"broadsheet 对开: [{other}](../{other})")
        yaml = f"```yaml\n{yaml_of(edition, number)}\n```"
        gallery.append(f"## {layout}\n\n{words}\n\n{' '.join(images)}\n\n{' · '.join(named)}\n\n{yaml}\n\n")
    (ROOT / "docs/gallery.md").write_text("".join(gallery).rstrip() + "\n", encoding="utf-8")
    for number, name in (("01", "front-page.webp"), ("06", "supplement-page.webp")):
        [pdf] = out.glob(f"weekly/*/web/{number}.pdf")
        save(page(pdf), name, 560)
    phones(out / "weekly-site", "phone.webp")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: gallery.py OUT")
    main(Path(sys.argv[1]))
