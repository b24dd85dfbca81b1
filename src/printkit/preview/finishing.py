"""What ends the work at the desk: files built, the site added to, manuscripts and pictures brought in, by the commands' own drivers.

In: the browser's word, or a file that was dropped. Out: exit code, findings and outputs as on the command line, each output with
an address where it can be looked at. What takes long is done apart from the desk's own work, and loaded there.
"""

import contextlib
import datetime
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from printkit.diagnostics import Diagnostic, InputError, PrintkitError, Say, UsageError
from printkit.makeup.page.laid import key_of
from printkit.pictures.sizes import BadPictureError, read_pixels, svg_size
from printkit.pipeline.run import Progress
from printkit.preview.apart import Apart
from printkit.preview.desk import Desk
from printkit.preview.work import Urgency

MANUSCRIPTS = (".docx", ".txt", ".md", ".html", ".htm")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".svg")
LARGEST = 100 * 2**20
"""Bytes of a file that is dropped."""

_CANDIDATES = 4
_JOBS = max(1, (os.cpu_count() or 1) - 1)
"""Processes that a build is shared out to: one processor is left to whoever goes on working."""

_VARIANTS = {"web": ("web",), "print": ("print",)}


@dataclass(frozen=True, slots=True)
class Finish:
    """Where the buttons write, the day that a correction is dated, and the language of an article's keys."""

    out: Path
    today: datetime.date
    language: str


@dataclass(slots=True)
class Finisher:
    """Finishes one desk's edition."""

    desk: Desk
    how: Finish
    apart: Apart
    links: Callable[[Diagnostic], dict[str, Any]]
    """Makes the browser's object of a finding."""
    outputs: list[Path] = field(default_factory=list)
    """Files that were made, which the browser may be shown."""
    _site: str = ""

    def finish(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Build the edition for the screen or the press, or add it to the site.

        Raises:
            PrintkitError: as the command.
        """
        kind = str(given.get("do"))
        if kind == "site":
            return self._add_to_site()
        if kind not in _VARIANTS:
            raise InputError([_unknown(kind)])
        code, found, made = self.apart.done(partial(_build, self.desk.path, self.how.out, _VARIANTS[kind]))
        return self._told(code, found, [self._shown(path) for path in made])

    def candidates(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the ways in which an automatic page can lay out what has no place yet, the cheapest first.

        Raises:
            PrintkitError: as `printkit plan`.
        """
        return self.apart.done(partial(_plan, self.desk.path, str(given.get("page"))))

    def _add_to_site(self) -> dict[str, Any]:
        folder = self.how.out / "site"
        code, found, added, address = self.apart.done(partial(_site, self.desk.path, folder, self.how.today))
        if added and not self._site:
            from printkit.epaper.serve import server

            running = server(folder, 0, address)
            threading.Thread(target=running.serve_forever, daemon=True).start()
            self._site = f"http://127.0.0.1:{running.server_address[1]}{running_base(address)}"
        made = [f"{issue}/index.html" for issue in added]
        shown = [{"path": (folder / name).as_posix(), "link": f"{self._site}{name}"} for name in made]
        return self._told(code, found, shown)

    def _shown(self, path: Path) -> dict[str, str]:
        if path not in self.outputs:
            self.outputs.append(path)
        return {"path": path.as_posix(), "link": f"/result/{self.outputs.index(path)}/{path.name}"}

    def _told(self, code: int, found: tuple[Diagnostic, ...], outputs: list[dict[str, str]]) -> dict[str, Any]:
        return {"code": code, "findings": [self.links(one) for one in found], "outputs": outputs}

    def take_in(self, name: str, data: bytes) -> dict[str, Any]:
        """Bring in a manuscript as articles beside the others, or a picture.

        Raises:
            PrintkitError: it cannot be read or written, or something of its name is there already; nothing is written.
        """
        file = Path(name.replace("\\", "/")).name
        try:
            return self._take(file, data)
        except OSError as error:
            reason = error.strerror or str(error)
            message = Say(f"{file} cannot be written: {reason}", f"无法写入 {file}：{reason}")
            hint = Say(
                "see to the folder's permissions, the room on the disk, the length of the name",
                "请检查文件夹权限、磁盘空间和文件名长度",
            )
            raise UsageError([Diagnostic("usage.cannot-write", message, hint=hint)]) from error

    def _take(self, file: str, data: bytes) -> dict[str, Any]:
        folder, suffix = self.desk.path.parent, "" if _CONTROL.search(file) else Path(file).suffix.lower()
        if suffix in PICTURES and not file.startswith("."):
            return self.desk.work.ask(lambda: self._take_picture(folder, file, data)).result()
        if suffix not in MANUSCRIPTS or file.startswith("."):
            raise UsageError([_no_manuscript(file)])
        out = self._inside(folder / "articles" if (folder / "articles").is_dir() else folder)
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / file
            path.write_bytes(data)
            try:
                made, told, found = self.apart.done(partial(_bring_in, path, out, self.how.language))
            except PrintkitError as error:
                raise type(error)(_as_dropped(error.diagnostics, path), error.base) from error
        self.desk.work.ask(lambda: self.desk.refresh(made), Urgency.CHANGED)
        shown = [{"path": path.as_posix(), "link": ""} for path in made]
        return self._told(0, _as_dropped(found, path), shown) | {"told": told}

    def _inside(self, folder: Path) -> Path:
        """Return a folder of the paper; refuse one that a link leads out of it."""
        if folder.resolve().is_relative_to(self.desk.base.resolve()):
            return folder
        message = Say(f"{folder.name} leads out of the paper's folder", f"{folder.name} 指向本报文件夹之外")
        hint = Say("put a folder in its place", "请换成真正的文件夹")
        raise UsageError([Diagnostic("usage.outside", message, hint=hint)])

    def _take_picture(self, folder: Path, name: str, data: bytes) -> dict[str, Any]:
        place = self._inside(folder / "images")
        _see_picture(name, data)
        place.mkdir(exist_ok=True)
        try:
            with (place / name).open("xb") as file, _whole_or_gone(place / name):
                file.write(data)
                file.flush()
        except FileExistsError as error:
            message = Say(f"images/{name} is there already", f"images/{name} 已经存在")
            hint = Say("give the picture another name", "请给图片另取一个名字")
            raise UsageError([Diagnostic("usage.exists", message, hint=hint)]) from error
        return self._told(0, (), [{"path": (place / name).as_posix(), "link": ""}])


# --- in a process of its own, which loads what it needs ---------------------------------------------------


def _build(
    path: Path, out: Path, variants: tuple[str, ...], progress: Progress
) -> tuple[int, tuple[Diagnostic, ...], list[Path]]:
    from printkit.commands.build import Options, build

    result = build(path, Options(out=out, variants=variants, jobs=_JOBS), progress)
    return int(result.exit_code), result.diagnostics, [out / output.path for output in result.outputs]


def _site(
    path: Path, folder: Path, today: datetime.date, progress: Progress
) -> tuple[int, tuple[Diagnostic, ...], list[str], str]:
    from printkit.commands.site import Options, site

    result = site([path], Options(folder, today, correct=True, jobs=_JOBS), progress)
    return int(result.exit_code), result.diagnostics, [one.folder for one in result.added], result.address


def _plan(path: Path, page: str, progress: Progress) -> dict[str, Any]:
    from printkit.commands.plan import Options, plan

    with tempfile.TemporaryDirectory() as place:
        result = plan(path, Options(page, _CANDIDATES, 0, Path(place)), progress)
    found = [
        {
            "closed": one.made.is_closed,
            "cost": one.cost / 100,
            "places": {name: [at.column, at.row, at.columns, at.rows] for name, at in one.places.items()},
            "forms": {name: dict([key_of(story)]) for name, story in one.forms.items()},
        }
        for one in result.candidates
    ]
    return {"candidates": found}


def _bring_in(
    path: Path, out: Path, language: str, progress: Progress
) -> tuple[list[Path], list[dict[str, str]], tuple[Diagnostic, ...]]:
    from printkit.commands.importing import Options, bring_in

    result = bring_in([path], Options(out, split=True, language=language))
    made = [path for one in result.imported for path in (one.path, *one.pictures)]
    told = [
        {"message": f"{one.done.en}: {one.words.en}", "message_zh": f"{one.done.zh}：{one.words.zh}"}
        for each in result.imported
        for one in each.told
    ]
    return made, told, result.diagnostics


def _see_picture(name: str, data: bytes) -> None:
    """Refuse a file that is no picture.

    Raises:
        InputError: what is wrong with it.
    """
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_bytes(data)
        try:
            (svg_size if path.suffix.lower() == ".svg" else read_pixels)(path)
        except BadPictureError as error:
            message = Say(f"{name}: {error.message.en}", f"{name}：{error.message.zh}")
            raise InputError([Diagnostic("source.bad-picture", message, hint=error.hint)]) from error


@contextlib.contextmanager
def _whole_or_gone(path: Path) -> Iterator[None]:
    """Take a file away that could not be written to its end."""
    try:
        yield
    except OSError:
        path.unlink()
        raise


def _as_dropped(found: Iterable[Diagnostic], path: Path) -> tuple[Diagnostic, ...]:
    """Return findings with a manuscript named as it was dropped, and not by where it lay while it was read."""
    return tuple(
        replace(one, where=replace(one.where, file=path.name)) if one.where and one.where.file == str(path) else one
        for one in found
    )


def running_base(address: str) -> str:
    """Return the path below which a site is shown, with a slash at its end."""
    return urlsplit(address).path.rstrip("/") + "/"


_CONTROL = re.compile(r"[\0-\x1f\x7f]")
"""Characters that no file's name has."""


def _unknown(kind: str) -> Diagnostic:
    hint = Say("it builds for web and print, and adds to the site", "可以出版面、付印、出数字报")
    return Diagnostic("desk.refused", Say(f"the desk does not do “{kind}”", f"编辑台不会“{kind}”"), hint=hint)


def _no_manuscript(name: str) -> Diagnostic:
    hint = Say(f"it takes {', '.join((*MANUSCRIPTS, *PICTURES))}", f"可用 {'、'.join((*MANUSCRIPTS, *PICTURES))}")
    return Diagnostic("usage.manuscript", Say(f"{name} is no manuscript", f"{name} 不是来稿文件"), hint=hint)
