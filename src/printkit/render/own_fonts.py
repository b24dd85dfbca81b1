"""Fonts that a paper brings: what `@font-face` names is used where it lies, or told.

In: a rule of a style sheet, as WeasyPrint has read it. Out: the font in WeasyPrint's configuration. `engine` imports it.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from weasyprint.text.fonts import FontConfiguration

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef, file_name
from printkit.fonts.files import NO_FONT, why_not
from printkit.gate import read_file
from printkit.render.fetcher import Fetcher, RefusedError, path_of
from printkit.render.log import listening


class _InPlace:
    """Stands for the folder and the file that WeasyPrint would copy a font to: the font's own file, which is there."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __truediv__(self, _: str) -> "_InPlace":
        return self

    def exists(self) -> bool:
        return False  # in the font configuration

    def write_bytes(self, _: bytes) -> None:
        """Leave it as it is."""

    def as_posix(self) -> str:
        return self._file.as_posix()


class OwnFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """WeasyPrint's, with the fonts of `@font-face` used where they lie.

    WeasyPrint copies each into a folder of the process: those of workers are left behind, and a page that is kept names a file
    that a later run has not.
    """

    _folder: Any = None

    def __init__(self, changed: Callable[[], object]) -> None:
        """Begin without any; `changed` is called where a font has come, or is another."""
        super().__init__()
        self._changed = changed
        self._known: set[tuple[object, ...]] = set()
        """What was added: a rule with one source, the folders that it may be read from, the state of its file."""

    def add_font_face(self, rule: Mapping[str, Any], fetcher: Fetcher) -> None:
        """Add the first source of a rule that is a font of the paper.

        Raises:
            RefusedError: none is; the page would be set in another.
        """
        reasons, where = [], None
        for kind, url in rule["src"]:
            if kind != "external" or urlsplit(url).scheme != "file":
                reasons.append(_NO_FILE)
                continue
            path = path_of(url)
            fetcher.read.add(path)
            where = where or SourceRef(file_name(path, *fetcher.roots))
            try:
                wrong = self._added({**rule, "src": [(kind, url)]}, path, fetcher)
            except OSError as error:
                wrong = Say(str(error.strerror), str(error.strerror))
            if wrong is None:
                return
            reasons.append(wrong)
        raise RefusedError(_not_loaded(str(rule["font_family"]), reasons, where))

    def _added(self, rule: Mapping[str, Any], path: Path, fetcher: Fetcher) -> Say | None:
        """Add a rule's only source, if that is not done; return why it cannot be."""
        state = path.stat()
        key = str(rule), fetcher.roots, state.st_mtime_ns, state.st_size
        if key in self._known:
            return None
        if wrong := why_not(read_file(path, fetcher.roots)):
            return wrong
        self._changed()
        self._folder = _InPlace(path)
        try:
            with listening() as records:
                super().add_font_face(rule, fetcher)
        finally:
            self._folder = None
        if records:
            return NO_FONT
        self._known.add(key)
        return None


_NO_FILE = Say(
    "it is no file of the paper; a family that is installed is named without `@font-face`",
    "不是本报文件夹里的文件；系统已装的字体直接写字体名，不用 @font-face",
)


def _not_loaded(family: str, reasons: Sequence[Say], where: SourceRef | None) -> InputError:
    every = dict.fromkeys(reasons)
    message = Say(
        f"the font “{family}” of `@font-face` cannot be loaded: {'; '.join(one.en for one in every)}",
        f"@font-face 的字体“{family}”无法载入：{'；'.join(one.zh for one in every)}",
    )
    hint = Say(
        "put its TTF or OTF into the paper's folder, or take the rule out",
        "请把 TTF 或 OTF 放进本报文件夹，或去掉这条规则",
    )
    return InputError([Diagnostic("fonts.not-loaded", message, hint=hint, where=where)])
