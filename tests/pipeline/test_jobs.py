"""Work shared out to processes: the same as alone, whatever happens to one of them."""

import gc
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from printkit.diagnostics import ExitCode, InputError, SourceRef
from printkit.limits import at
from printkit.pipeline import jobs as of_jobs
from printkit.pipeline.draw import drawn_pages
from printkit.pipeline.jobs import Ended, aside, forked, shared_out
from printkit.pipeline.make_up import MadeUp, made_up
from printkit.pipeline.run import Run
from printkit.pipeline.spawned import Worker
from printkit.render.look import SCREEN
from printkit.variants import WEB
from tests.support.cluster import done_here
from tests.support.papers import PAPER, SMALL_PAGE, run, write_paper, write_yaml

pytestmark = pytest.mark.usefixtures("anew")
STORIES = {name: {"headline": f"第{name}篇", "body": "谁来，都有一杯。" * 30} for name in ("one", "two", "three")}


class Meeting:
    """Keeps two processes at their first pieces until each has one."""

    def __init__(self) -> None:
        self._parent = os.getpid()
        self._to_parent, self._to_other = os.pipe(), os.pipe()
        self._met = False
        self.other = 0
        """The other's process, once they have met."""

    @property
    def is_other(self) -> bool:
        return os.getpid() != self._parent

    def meet(self) -> None:
        if self._met:
            return
        self._met = True
        if self.is_other:
            os.write(self._to_parent[1], os.getpid().to_bytes(4, "big"))
            os.read(self._to_other[0], 1)
        else:
            os.write(self._to_other[1], b".")
            self.other = int.from_bytes(os.read(self._to_parent[0], 4), "big")


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_pieces_come_in_order(count: int, jobs: int) -> None:
    assert list(shared_out(lambda n: n * n, count, jobs, lambda _: None)) == [n * n for n in range(count)]


def test_more_pieces_than_a_pipe_holds() -> None:
    assert list(shared_out(lambda n: n, 25_000, 2, lambda _: None)) == list(range(25_000))


@pytest.mark.parametrize(
    ("count", "jobs", "workers"), [(1, 2, 0), (32, 2, 1), (33, 2, 1), (66, 2, 3), (96, 3, 4), (400, 2, 8)]
)
def test_a_worker_is_relieved_after_some_pieces(
    monkeypatch: pytest.MonkeyPatch, count: int, jobs: int, workers: int
) -> None:
    begun = []

    def told(*given: Any) -> int:
        begun.append(forked(*given))
        return begun[-1]

    monkeypatch.setattr(of_jobs, "forked", told)
    assert list(shared_out(lambda n: n, count, jobs, lambda _: None)) == list(range(count))
    assert len(begun) == workers


def test_both_processes_work() -> None:
    both = Meeting()

    def work(number: int) -> int:
        both.meet()
        return os.getpid()

    found = set(shared_out(work, 6, 2, lambda _: None))
    assert found == {os.getpid(), both.other}


def test_other_work_is_done_aside() -> None:
    with aside(os.getpid) as waited:
        assert waited() not in {os.getpid(), Ended(0)}


def test_what_work_done_aside_raises_is_raised_where_it_is_waited_for() -> None:
    def wrong() -> None:
        raise ValueError("ours")

    with aside(wrong) as waited, pytest.raises(ValueError, match="ours"):
        waited()


def test_work_done_aside_that_dies_is_told() -> None:
    with aside(lambda: os.kill(os.getpid(), signal.SIGKILL)) as waited:
        assert waited() == Ended(signal.SIGKILL)


def test_work_done_aside_that_nobody_waits_for_is_ended() -> None:
    begun, told = os.pipe()

    def endless() -> None:
        os.write(told, os.getpid().to_bytes(4, "big"))
        signal.pause()

    with aside(endless):
        other = int.from_bytes(os.read(begun, 4), "big")
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_of_a_worker_that_dies_one_piece_is_missing() -> None:
    both = Meeting()

    def work(number: int) -> str:
        both.meet()
        if both.is_other:
            os.kill(os.getpid(), signal.SIGKILL)
        return f"piece {number}"

    found = list(shared_out(work, 5, 2, lambda _: None))
    assert found.count(Ended(signal.SIGKILL)) == 1
    assert all(isinstance(one, Ended) or one == f"piece {number}" for number, one in enumerate(found))


def test_a_fault_of_ours_in_a_worker_is_raised() -> None:
    both = Meeting()

    def work(number: int) -> int:
        both.meet()
        if both.is_other:
            raise ZeroDivisionError(f"at {number}")
        return number

    with pytest.raises(ZeroDivisionError, match="at "):
        list(shared_out(work, 5, 2, lambda _: None))


def test_who_is_stopped_leaves_no_worker() -> None:
    both = Meeting()

    def work(number: int) -> int:
        both.meet()
        if both.is_other:
            signal.pause()  # works for ever
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(shared_out(work, 5, 2, lambda _: None))
    assert both.other
    with pytest.raises(ProcessLookupError):
        os.kill(both.other, 0)


# --- pages ------------------------------------------------------------------------------------------------


def paper(folder: Path, count: int = 3) -> Path:
    """Write an edition of some pages, a story on each."""
    pages = [
        {"number": f"{number}", "name": "要闻", "layout": "feature",
         "stories": [{"article": f"articles/{name}.yaml", "level": 1}]}
        for number, name in enumerate([*STORIES][:count], 1)
    ]  # fmt: skip
    return write_yaml(
        write_paper(folder, STORIES), {"paper": "paper.yaml", "date": "2024-01-10", "issue": "7", "pages": pages}
    )


def test_findings_files_and_pages_are_those_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = paper(tmp_path, 2)
    write_yaml(tmp_path / "paper.yaml", PAPER | SMALL_PAGE)
    asked: list[object] = []

    def anew(worker: Worker, work: Callable[[], Any]) -> Any:
        asked.append(work)
        return done_here(worker, work)

    def made(jobs: int) -> tuple[MadeUp, object, set[Path]]:
        run = Run(cache=False, jobs=jobs)
        pages = made_up(run, run.read(path), [WEB])
        return pages, drawn_pages(run, pages.pages, [SCREEN]), run.files

    alone = made(1)
    assert alone[0].findings
    assert made(2) == alone
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr("printkit.pipeline.run._WORTH", 2)
    monkeypatch.setattr(Worker, "done", anew)
    assert made(2) == alone
    assert len(asked) == 4, "two pages were made up, and drawn"


def test_a_page_whose_worker_was_ended_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(work: Any, count: int, *_: Any) -> Iterator[Any]:
        return (Ended(signal.SIGKILL) if number == 1 else work(number) for number in range(count))

    path = paper(tmp_path)
    monkeypatch.setattr("printkit.pipeline.run.shared_out", ended)
    done = run("build", path, "-o", tmp_path / "out", "--json")
    assert done.code == ExitCode.INTERNAL
    wrong = [told for told in done.report["diagnostics"] if told["code"] == "internal.worker-ended"]
    assert [told["page"] for told in wrong] == ["2"]
    assert "--jobs 1" in wrong[0]["hint"]
    assert [page["number"] for page in done.report["pages"]] == ["1", "3"]
    assert not (tmp_path / "out").exists()


SIGNALS = {
    signal.SIGXCPU: "limits.time",
    signal.SIGABRT: "limits.memory",
    signal.SIGTRAP: "limits.memory",
    signal.SIGSEGV: "limits.memory",
    signal.SIGBUS: "limits.memory",
    signal.SIGXFSZ: "limits.memory",
}
"""What libraries end in, and the kernel: over which limit that was."""


@pytest.mark.parametrize("number", SIGNALS)
def test_a_worker_that_the_kernel_ended_is_told_at_its_piece(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINTKIT_SECONDS", "7")
    monkeypatch.setenv("PRINTKIT_MEMORY", "900")
    both = Meeting()

    def ended(piece: int) -> int:
        both.meet()
        if both.is_other:
            signal.signal(number, signal.SIG_DFL)  # Python does not end of SIGXFSZ
            os.kill(os.getpid(), number)
        return piece

    made = list(Run(jobs=2).each("draw", 2, ended, lambda n: SourceRef(f"page{n}.yaml", 3)))
    (lost,) = [n for n, one in enumerate(made) if isinstance(one, InputError)]
    assert made[1 - lost] == 1 - lost, "the other piece is whole"
    (told,) = made[lost].diagnostics  # type: ignore[union-attr]  # found above
    assert (told.code, told.where) == (SIGNALS[number], SourceRef(f"page{lost}.yaml", 3))
    assert ("7 s" if number is signal.SIGXCPU else "900 MB") in told.message.en


def test_a_worker_that_the_kernel_ended_is_told_at_the_file_that_it_was_at() -> None:
    both, near = Meeting(), SourceRef("ads/甲.pdf")

    def dies() -> None:
        with at(near):
            os.kill(os.getpid(), signal.SIGTRAP)

    def ended(piece: int) -> None:
        both.meet()
        with at(SourceRef("ads/乙.pdf")):
            pass
        if both.is_other:
            dies()

    made = list(Run(jobs=2).each("draw", 2, ended, lambda n: SourceRef(f"page{n}.yaml", 3)))
    (lost,) = [one for one in made if isinstance(one, InputError)]
    assert [(one.code, one.where) for one in lost.diagnostics] == [("limits.memory", near)]
    with aside(dies) as waited:
        assert waited() == Ended(signal.SIGTRAP, near)


def test_the_kernel_may_end_a_worker_for_its_time_but_not_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printkit.limits._SHARED", [])  # nobody waits for this process
    both = Meeting()

    def held(piece: int) -> tuple[bool, bool]:
        both.meet()
        return both.is_other, resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY

    assert set(Run(jobs=2).each("draw", 2, held, lambda _: None)) == {(False, False), (True, True)}


@pytest.mark.parametrize(("others", "wanted"), [(0, ["count", "freeze", "unfreeze"] * 2), (5, ["count"])])
def test_what_is_left_alone_is_counted_no_more_than_it_must(
    others: int, wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stages of a piece share what the outermost leaves alone; what others have left before stays so."""
    done: list[str] = []

    def counted() -> int:
        done.append("count")
        return others

    monkeypatch.setattr(of_jobs, "_LEFT", [])
    monkeypatch.setattr(gc, "isenabled", lambda: False)
    monkeypatch.setattr(gc, "get_freeze_count", counted)
    monkeypatch.setattr(gc, "freeze", lambda: done.append("freeze"))
    monkeypatch.setattr(gc, "unfreeze", lambda: done.append("unfreeze"))

    def piece(number: int) -> list[int | Ended]:
        return list(shared_out(lambda inner: number + inner, 2, 1, lambda _: None))

    for _ in range(2):
        assert list(shared_out(piece, 2, 1, lambda _: None)) == [[0, 1], [1, 2]]
    assert done == wanted
