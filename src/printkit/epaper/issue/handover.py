"""What is handed over to the site's folder: an issue made into files, and what holds for the whole site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from printkit.epaper.issue.facts import Issue


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """An issue made into files.

    `files` are named from the issue's folder (`names.py`), without index.html, issue.json and manifest.json, which are
    written with the tree; `shared` from the site's (``assets/site-HASH.css``, ``pack/DATE.zip``).
    """

    issue: Issue
    files: Mapping[str, bytes]
    shared: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class SiteAbout:
    """What holds for the whole site.

    `render(template, root, **values)` returns a page of ``layouts/site/`` as bytes; `root` is the way from the page to
    the site's folder: empty, or ``../../../``. It gives the template `root`, `paper`, `language` and `assets` itself.
    """

    paper: str
    address: str
    """Where the site stands, with a slash at its end; empty where that is not known."""
    language: str
    render: Callable[..., bytes]
    assets: Mapping[str, bytes]
    """What every page that `render` returns links to, under its path from the site's folder."""
    offline: bool = False
    """Whether browsers are to keep the last issues."""
    worker: bytes = b""
    """The script that does so."""
