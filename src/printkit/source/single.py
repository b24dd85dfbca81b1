"""An article by itself: read without the edition that it stands in, with the paper whose folder it is in."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from printkit.diagnostics import Diagnostic, Say, SourceRef, shown_path
from printkit.gate import PAPER, paper_folder
from printkit.model.article import Article
from printkit.model.paper import Paper
from printkit.source.article import ArticleReader
from printkit.source.article_keys import ArticleKeys
from printkit.source.document import ALL_KEYS, names_of, read_document
from printkit.source.faults import Faults
from printkit.source.load import read_nodes
from printkit.source.nodes import Mapping, Scalar
from printkit.source.paper import make_paper
from printkit.source.schema import EditionKeys, PaperKeys


def is_edition(path: Path) -> bool:
    """Say whether a file is an edition: it has pages, or names its paper. What is wrong with it is told by who reads it."""
    nodes = read_nodes(path, ALL_KEYS, Faults(path.parent))
    known = names_of(EditionKeys)
    return nodes is None or any(known.get(key) in ("pages", "paper") for key in nodes.entries)


def _may_lead(path: Path) -> bool:
    """Say whether an article has headings alone, as the common head of a group (总题) has; its edition says whether it is one."""
    nodes = read_nodes(path, ALL_KEYS, Faults(path.parent))
    known = names_of(ArticleKeys)
    given = {known.get(key) for key in nodes.entries} if nodes else set()
    return "headline" in given and given.isdisjoint({"body", "sections", "pictures", "notices"})


def folder_named_in(nodes: Mapping, path: Path) -> Path | None:
    """Return the folder of the paper.yaml that an edition inside it names, before anything is told of either."""
    for key, value in nodes.entries.items():
        if isinstance(value, Scalar) and names_of(EditionKeys).get(key) == "paper":
            try:
                paper = (path.parent / value.strip()).resolve()
                return paper.parent if paper.is_file() and path.resolve().is_relative_to(paper.parent) else None
            except (OSError, RuntimeError, ValueError):  # the reader of the paper tells what is wrong with the name
                return None
    return None


def read_article(
    path: Path, note: Callable[[Iterable[Path]], None] = lambda _: None
) -> tuple[Article, Paper | None, tuple[Diagnostic, ...]]:
    """Read an article by itself, its paper where there is one, and warnings.

    Raises:
        InputError: anything in them is wrong.
    """
    folder = paper_folder(path)
    faults = Faults(folder or path.resolve().parent)
    document = read_document(folder / PAPER, PaperKeys, faults) if folder else None
    paper = make_paper(document, folder, faults) if document and folder else None
    real = Path(os.path.realpath(path))
    if folder and not real.is_relative_to(folder):
        message = Say(f"{shown_path(path)} leads out of the paper's folder", f"{shown_path(path)} 指向本报文件夹之外")
        hint = Say("name the file itself, or copy it into the paper", "请直接写那个文件，或复制到本报文件夹里")
        faults.error("wrong-path", SourceRef(faults.file_name(path)), message, hint)
    article = None if faults.are_errors else ArticleReader(folder, faults).read(real, leads=_may_lead(real))
    note(faults.files)
    faults.raise_errors()
    if article is None:  # Nothing is left out without a fault.
        raise AssertionError("an article was not read, and no fault says why")
    return article, paper, faults.found
