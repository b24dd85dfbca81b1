"""One run: an edition is read once, and every file that was read is known."""

from hashlib import sha256
from pathlib import Path

import pytest

from printkit.diagnostics import InputError
from printkit.pipeline.finish import web_pdfs
from printkit.pipeline.make_up import made_up
from printkit.pipeline.run import Run
from printkit.variants import PRINT, WEB
from tests.support.papers import portrait, write_paper

LAYOUT = """\
{% extends "shared/page.html.j2" %}
{% block page %}{% include "own/foot.html.j2" %}<main><section data-slot="one" class="whole"></section></main>
{% endblock %}
"""


def paper(folder: Path) -> Path:
    """Write a paper with a layout, a style sheet with another one in it, and a picture of its own."""
    portrait(folder / "images/one.png")
    (folder / "layouts/own").mkdir(parents=True)
    (folder / "layouts/own/page.html.j2").write_text(LAYOUT, encoding="utf-8")
    (folder / "layouts/own/foot.html.j2").write_text("<footer></footer>", encoding="utf-8")
    (folder / "house.css").write_text('@import "more.css";\n', encoding="utf-8")
    (folder / "more.css").write_text(".body{}\n", encoding="utf-8")
    story = {"headline": "一篇", "body": "一句话。", "pictures": [{"file": "../images/one.png", "caption": "一张"}]}
    return write_paper(folder, {"one": story}, layout="own", paper={"stylesheets": ["house.css"]})


def of_paper(run: Run, folder: Path) -> set[str]:
    """Return the files of a paper that a run knows of."""
    home = folder.resolve()
    return {f.relative_to(home).as_posix() for f in run.files if f.is_relative_to(home) and f.exists()}


def test_every_file_that_was_read_is_known(tmp_path: Path) -> None:
    run = Run(cache=False)
    assert not made_up(run, run.read(paper(tmp_path)), [WEB, PRINT]).faults
    known = of_paper(run, tmp_path)
    assert known == {f.relative_to(tmp_path).as_posix() for f in tmp_path.rglob("*") if f.is_file()}


def test_a_second_run_knows_them_too(tmp_path: Path) -> None:
    path = paper(tmp_path)
    first, second = Run(cache=False), Run(cache=False)
    for run in (first, second):  # style sheets and templates that were parsed before are read all the same
        made_up(run, run.read(path), [WEB])
    assert second.files == first.files


def test_a_file_that_is_missing_is_one_to_watch(tmp_path: Path) -> None:
    path = paper(tmp_path)
    (tmp_path / "articles/one.yaml").unlink()
    run = Run(cache=False)
    with pytest.raises(InputError):
        run.read(path)
    assert (tmp_path / "articles/one.yaml").resolve() in run.files
    assert {"edition.yaml", "paper.yaml"} <= of_paper(run, tmp_path)


def test_an_edition_is_read_once(tmp_path: Path) -> None:
    path = paper(tmp_path)
    run = Run(cache=False)
    before = run.read(path)
    path.write_text("broken: [", encoding="utf-8")
    assert run.read(path) is before
    with pytest.raises(InputError):
        Run(cache=False).read(path)


def test_an_edition_that_another_process_reads_is_the_same(tmp_path: Path) -> None:
    path = paper(tmp_path)
    alone, two = Run(cache=False), Run(cache=False, jobs=2)
    loaded: list[str] = []
    assert two.read(path, meanwhile=lambda: loaded.append("here")) == alone.read(path)
    assert (loaded, two.files) == (["here"], alone.files)
    (tmp_path / "articles/one.yaml").unlink()
    again = Run(cache=False, jobs=2)
    with pytest.raises(InputError) as told:
        again.read(path, meanwhile=list)
    assert [found.code for found in told.value.diagnostics] == ["source.missing-file"]
    assert (tmp_path / "articles/one.yaml").resolve() in again.files


def test_a_run_that_lives_on_makes_what_a_new_one_makes(tmp_path: Path) -> None:
    path, living = paper(tmp_path), Run()
    story = next((tmp_path / "articles").iterdir())
    for copy in ("一句话。", "又一句话，长一些。", "一句话。"):
        story.write_text(story.read_text(encoding="utf-8").replace("一句话。", copy), encoding="utf-8")
        living = living.again()
        made = [made_up(run, run.read(path), [WEB]) for run in (living, Run(cache=False))]
        assert made[0].pages == made[1].pages
        pdfs = [
            web_pdfs(living, made[0].edition, made[0].pages),
            web_pdfs(Run(cache=False), made[1].edition, made[1].pages),
        ]
        assert [sha256(pdf).hexdigest() for pdf in pdfs[0]] == [sha256(pdf).hexdigest() for pdf in pdfs[1]]
