"""A first paper: ``printkit new`` writes a folder with one edition that builds as it stands.

In: a folder that is not there yet, or is empty. Out: the files of `starter_data`, two pictures drawn here (a
paper's own files need no binary in the repository), and the JSON Schemas that VS Code completes keys from.
"""

import json
import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from printkit.diagnostics import Diagnostic, Say, UsageError
from printkit.source import json_schema

_SCHEMA_OF = {
    "paper": ["paper.yaml"],
    "edition": ["edition*.yaml", "editions/**/*.yaml"],
    "article": ["articles/**/*.yaml"],
    "names": ["desk/names.yaml"],
    "terms": ["desk/terms.yaml"],
}
"""Which files follow which schema, as globs of VS Code's YAML extension."""

_SIZE = (1400, 934)
_Colour = tuple[int, int, int]


def create(directory: Path) -> Path:
    """Write the first paper into a folder and return the path of its edition.

    Raises:
        UsageError: something stands in the folder or in its place, or it cannot be written. Nothing is left behind.
    """
    there = _is_free(directory)
    name = f".{os.getpid()}{_ASIDE}"  # of this run alone
    aside = directory / name if there else directory.with_name(f".{directory.name}{name}")
    try:
        aside.mkdir(parents=True)
        _write(aside)
        if there:
            for entry in sorted(aside.iterdir()):
                entry.rename(directory / entry.name)
            for left in directory.glob(f".*{_ASIDE}"):  # of runs that were stopped, too
                shutil.rmtree(left)
        else:
            aside.rename(directory)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        if there:
            _empty(directory)
        raise UsageError([_not_written(directory, error)]) from error
    return directory / "edition.yaml"


_ASIDE = ".new"
"""Ends the name of the folder in which all is written before it comes to its place."""


def _is_free(directory: Path) -> bool:
    """Tell whether the folder is there already, empty; raise when something is in the way."""
    try:
        there = directory.is_dir()
        in_the_way = not there and (directory.exists() or directory.is_symlink())
        full = there and any(not entry.name.endswith(_ASIDE) for entry in directory.iterdir())
    except OSError as error:
        raise UsageError([_not_written(directory, error)]) from error
    if in_the_way:
        raise UsageError(
            [
                Diagnostic(
                    "usage.not-a-folder",
                    Say(f"{directory} is a file", f"{directory} 是一个文件"),
                    hint=Say("name a folder that is not there yet", "请给一个还不存在的文件夹名"),
                )
            ]
        )
    if full:
        raise UsageError(
            [
                Diagnostic(
                    "usage.folder-not-empty",
                    Say(f"{directory} is not empty", f"{directory} 里已有文件"),
                    hint=Say(
                        "name a folder that is not there yet; nothing was changed",
                        "请给一个还不存在的文件夹名；没有改动任何文件",
                    ),
                )
            ]
        )
    return there


def _not_written(directory: Path, error: OSError) -> Diagnostic:
    reason = error.strerror or str(error)
    return Diagnostic(
        "usage.cannot-write",
        Say(
            f"cannot write {error.filename or directory}: {reason}", f"无法写入 {error.filename or directory}：{reason}"
        ),
        hint=Say("choose a place where you may make a folder", "请换一个可以新建文件夹的地方"),
    )


def _empty(directory: Path) -> None:
    """Remove what came to its place before a fault."""
    for entry in directory.iterdir():
        shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)


def _write(directory: Path) -> None:
    for name, source in _data_files(files("printkit") / "starter_data"):
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    images = directory / "images"
    images.mkdir()
    _street().save(images / "station.jpg", quality=88)
    _hall().save(images / "workshop.jpg", quality=88)
    code = directory / ".vscode"
    code.mkdir()
    for name, schema in json_schema().items():
        _write_json(code / f"{name}.schema.json", schema)
    schemas = {f"./.vscode/{name}.schema.json": globs for name, globs in _SCHEMA_OF.items()}
    _write_json(code / "settings.json", {"yaml.schemas": schemas, "files.encoding": "utf8"})
    _write_json(code / "extensions.json", {"recommendations": ["redhat.vscode-yaml"]})


def _data_files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield every file of the starter with its path inside the new folder."""
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            yield from _data_files(entry, f"{name}/")
        else:
            yield name, entry


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


# --- placeholder pictures ---------------------------------------------------------------------------


def _sky(top: _Colour, foot: _Colour) -> Image.Image:
    """Return a picture that shades from one colour at the top to another at the foot."""
    ramp = Image.linear_gradient("L").resize(_SIZE)
    return Image.composite(Image.new("RGB", _SIZE, foot), Image.new("RGB", _SIZE, top), ramp)


def _street() -> Image.Image:
    """Draw a lit corner shop at dusk before a row of towers."""
    picture = _sky((52, 66, 104), (236, 178, 128))
    draw = ImageDraw.Draw(picture)
    width, height = _SIZE
    for row, (colour, low) in enumerate((((96, 100, 132), 330), ((58, 64, 92), 230))):
        for index in range(14):
            left = index * 110 - 40 * row
            top = height - low - (index * 73 + row * 51) % 190 - 150
            draw.rectangle((left, top, left + 92 + 14 * row, height), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(2))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height - 150, width, height), fill=(44, 44, 54))
    draw.rectangle((430, 470, 1010, height - 110), fill=(122, 58, 46))
    draw.polygon([(390, 480), (470, 400), (970, 400), (1050, 480)], fill=(74, 36, 32))
    for left in (470, 650):
        draw.rectangle((left, 540, left + 150, 690), fill=(255, 222, 150))
        draw.line((left + 75, 540, left + 75, 690), fill=(122, 58, 46), width=8)
    draw.rectangle((850, 540, 960, height - 110), fill=(255, 206, 120))
    draw.ellipse((1100, 700, 1130, 730), fill=(30, 30, 38))
    draw.rounded_rectangle((1090, 728, 1140, 840), 20, fill=(30, 30, 38))
    for left in (290, 1190):
        draw.rectangle((left, 380, left + 10, height - 120), fill=(30, 30, 38))
        draw.ellipse((left - 26, 350, left + 36, 412), fill=(255, 240, 196))
    return picture


def _hall() -> Image.Image:
    """Draw a workshop under a skylight, with machines on both sides and people between them."""
    picture = _sky((226, 214, 184), (120, 112, 100))
    draw = ImageDraw.Draw(picture)
    width, height = _SIZE
    centre, horizon = width // 2, 430
    for index in range(9):
        left = index * width // 8
        draw.line((left, 0, centre + (left - centre) // 4, horizon - 90), fill=(146, 134, 112), width=10)
    for share in (0, 90, 170, 235):
        draw.line((share * 2, share + 30, width - share * 2, share + 30), fill=(150, 138, 116), width=9)
    draw.polygon([(0, height), (centre - 170, horizon), (centre + 170, horizon), (width, height)], fill=(156, 148, 134))
    for step in range(5):
        scale = 1 - step * 0.19
        half, tall = int(150 * scale) + 30, int(310 * scale)
        foot = horizon + int(430 * scale)
        for side in (-1, 1):
            x = centre + side * int(610 * scale)
            draw.rectangle((x - half, foot - tall, x + half, foot), fill=(52, 74 + 6 * step, 84 + 8 * step))
            draw.rectangle((x - half // 2, foot - tall + 30, x + half // 2, foot - tall // 2), fill=(150, 190, 190))
    for x, foot, size in ((560, 860, 62), (690, 800, 52), (800, 880, 64), (900, 790, 50)):
        draw.ellipse((x - size // 2, foot - size * 5, x + size // 2, foot - size * 4), fill=(236, 176, 60))
        draw.rounded_rectangle((x - size, foot - size * 4 + 4, x + size, foot), size // 2, fill=(46, 52, 66))
    return picture.filter(ImageFilter.GaussianBlur(1))
