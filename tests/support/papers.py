"""Papers on disk for tests of whole builds: written, built through the command line, read back."""

import contextlib
import functools
import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image, ImageDraw

from printkit import cli
from printkit.model.page import MadeUpPage
from printkit.pipeline import run as pipeline
from printkit.pipeline.make_up import made_up
from printkit.variants import WEB


def digest(file: Path) -> str:
    """Return what stands for a file's bytes where two are compared: of megabytes that differ pytest tells for minutes."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


SESSION_CACHE = "PRINTKIT_TESTS_CACHE"
"""Names the variable that names the cache of what fixtures make."""


@contextlib.contextmanager
def in_session_cache() -> Iterator[None]:
    """Keep what is made for many tests where all find it, though a test asks for it in its midst, with a cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", os.environ[SESSION_CACHE])
        yield


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the command said: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        """The object that ``--json`` printed."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Built:
    """A built edition: the edition file, how the run ended, and the folder of the issue."""

    source: Path
    code: int
    folder: Path
    report: Any

    def pdf(self, stem: str = "edition") -> Path:
        """The path of one of the web PDFs."""
        return self.folder / "web" / f"{stem}.pdf"

    def story(self, name: str) -> Any:
        """The report's entry of a story."""
        return next(s for s in self.report["stories"] if s["id"] == name)

    def page(self, number: str) -> Any:
        """The report's entry of a page."""
        return next(p for p in self.report["pages"] if p["number"] == number)

    def errors(self) -> list[str]:
        """Code and message of every finding that is an error."""
        return [f"{d['code']}: {d['message']}" for d in self.report["diagnostics"] if d["severity"] == "error"]


def run(*arguments: object) -> Run:
    """Run a command in this process, in English unless the arguments say otherwise."""
    out, err = io.StringIO(), io.StringIO()
    given = [str(a) for a in arguments]
    if "--lang" not in given:
        given = ["--lang", "en", *given]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(given)
    return Run(code, out.getvalue(), err.getvalue())


def build_edition(source: Path, out: Path, *arguments: object) -> Built:
    """Build an edition and read its report."""
    ended = run("build", source, "-o", out, "--json", *arguments)
    report = ended.report
    folder = out / Path(report["outputs"][0]["path"]).parents[1] if report["outputs"] else out
    return Built(source, ended.code, folder, report)


@functools.cache
def pages_of(source: Path) -> tuple[MadeUpPage, ...]:
    """Make the pages of an edition up, once for all tests of a worker, from what fixtures have built: for what nobody changes."""
    with in_session_cache():
        run = pipeline.Run(alike=True)
        return made_up(run, run.read(source), [WEB]).pages


def write_yaml(path: Path, value: object) -> Path:
    """Write a file of the paper; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=2**20), encoding="utf-8")
    return path


def portrait(path: Path, number: int = 0) -> Path:
    """Draw a placeholder portrait, 3 by 4."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.new("L", (300, 400), 225 - number % 4 * 12)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((90, 70, 210, 220), fill=150)
    pen.pieslice((40, 240, 260, 560), 180, 360, fill=110)
    picture.save(path)
    return path


PAPER = {"name": "试排日报", "page_size": "tabloid"}
SMALL_PAGE = {"page_size": {"width": "190mm", "height": "210mm"}}
"""What a paper has whose page is soon full, and soon drawn."""


def write_paper(
    folder: Path,
    articles: dict[str, dict[str, Any]],
    *,
    layout: str = "feature",
    paper: dict[str, Any] | None = None,
    stories: list[dict[str, Any]] | None = None,
) -> Path:
    """Write a paper with one page; return the edition file.

    Args:
        folder: the paper's folder.
        articles: the articles by the stem of their file.
        layout: the page's layout.
        paper: keys of paper.yaml beside or instead of name and size.
        stories: entries of the page; left out, each article in order at level 1.
    """
    write_yaml(folder / "paper.yaml", PAPER | (paper or {}))
    for name, article in articles.items():
        write_yaml(folder / f"articles/{name}.yaml", article)
    entries = [{"article": f"articles/{name}.yaml", "level": 1} for name in articles] if stories is None else stories
    page = {"number": "1", "name": "试版", "layout": layout, "stories": entries}
    return write_yaml(folder / "edition.yaml", {"paper": "paper.yaml", "date": "2024-01-10", "pages": [page]})
