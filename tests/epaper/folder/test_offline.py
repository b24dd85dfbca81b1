"""The last issues without a network: which the worker keeps, that its bytes tell of a change, and that it goes when it is not wanted."""

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.issues import about
from printkit.epaper import names
from printkit.epaper.folder.tree import add
from printkit.epaper.templates import SiteTemplates
from printkit.source import read_edition
from tests.support.papers import write_paper
from tests.support.sites import DAY, TODAY, made_of

WORKER = b"(() => {})();\n"


def put(out: Path, day: datetime.date, *, offline: bool = True) -> None:
    site = replace(about(), offline=offline, worker=WORKER)
    add(out, made_of(day), site, correct=False, today=TODAY)


def told(out: Path) -> dict[str, Any]:
    script = (out / names.WORKER).read_text(encoding="utf-8")
    match = re.fullmatch(r"const printkitOffline = (.*);\n" + re.escape(WORKER.decode()), script)
    assert match
    value: dict[str, Any] = json.loads(match[1])
    return value


def test_the_worker_keeps_the_newest_issues_and_changes_with_them(tmp_path: Path) -> None:
    days = [DAY + datetime.timedelta(days=7 * n) for n in (0, 3, 1, 2)]
    seen = set()
    for day in days:
        put(tmp_path, day)
        seen.add((tmp_path / names.WORKER).read_bytes())
    assert len(seen) == 4
    kept = told(tmp_path)
    assert [folder for folder, _ in kept["issues"]] == ["2024/01/31/", "2024/01/24/", "2024/01/17/"]
    assert all((tmp_path / folder / names.MANIFEST).is_file() for folder, _ in kept["issues"])
    assert {"index.html", names.LATEST, names.neighbours_script(max(days))} <= set(kept["shell"])
    assert [path for path in kept["shell"] if not (tmp_path / path).is_file()] == []
    assert sum(path.startswith("assets/") for path in kept["shell"]) > 3


def test_without_the_wish_there_is_none_and_one_that_was_there_lets_go(tmp_path: Path) -> None:
    put(tmp_path, DAY, offline=False)
    assert not (tmp_path / names.WORKER).exists()
    put(tmp_path, DAY + datetime.timedelta(days=7))
    assert told(tmp_path)["issues"]
    put(tmp_path, DAY + datetime.timedelta(days=14), offline=False)
    assert told(tmp_path) == {"issues": [], "shell": []}


def test_pages_name_the_worker_only_where_the_paper_wants_it(tmp_path: Path) -> None:
    pages: list[str] = []
    for wish in ({}, {"site": {"离线": "是"}}):
        folder = tmp_path / str(len(pages))
        path = write_paper(folder, {"a": {"headline": "题", "body": "文。"}}, paper=wish)
        templates = SiteTemplates(read_edition(path)[0].paper)
        pages.append(templates.render("edge.html", "../../", what="没有").decode())
    assert "data-worker" not in pages[0]
    assert ' data-worker="../../offline.js">' in pages[1]
    assert "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'" in pages[1]
    assert (
        b'location.protocol === "https:"'
        in templates.assets[next(n for n in templates.assets if "/site-" in n and n.endswith(".js"))]
    )
    assert b"printkitOffline" in templates.worker
