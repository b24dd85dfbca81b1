"""`printkit build` and `printkit site` of many editions: whole editions shared out to processes of this machine, or of a cluster.

In: edition files. Out: of each what became of it, in the order given. Each is built, or made into the files of a site, by a
process of its own: memory stays flat, and one that fails stops no other; this one adds issues to the site, one after the other.
What waits for the processes is an executor of `concurrent.futures`, dask's among them. What is done is kept with the hashes of
all its files, so that a run that was stopped goes on where it stopped; `editions.json` tells people how far it came.
"""

import datetime
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

from printkit import __version__
from printkit.commands import site
from printkit.commands.build import Options, build
from printkit.commands.executor import LOCAL, completed, done_apart
from printkit.commands.executor import executor as who_works
from printkit.commands.result import exit_code_of, left_by
from printkit.diagnostics import (
    Diagnostic,
    ExitCode,
    InputError,
    PrintkitError,
    Say,
    UsageError,
    diagnostic_object,
    named_from,
)
from printkit.epaper.folder.disk import check_place, is_site
from printkit.epaper.folder.tree import whole
from printkit.limits import Limits
from printkit.model.paper import Paper
from printkit.output.manifest import Output, Recorded, json_bytes, put_whole
from printkit.output.tree import unusable
from printkit.pipeline.jobs import Ended
from printkit.pipeline.kept import Kept, editions_folder
from printkit.pipeline.run import Progress, Run, no_progress

MANIFEST = "editions.json"
"""Beside the issues, or beside the folder of the site, which readers see: how far the run came, for people."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an edition."""

    edition: Path
    exit_code: ExitCode
    diagnostics: tuple[Diagnostic, ...]
    base: Path | None = None
    """The folder that the files of findings are named from."""
    outputs: tuple[Output | Recorded, ...] = ()
    """The files that stand there now, from the output folder or the site's."""
    folder: str = ""
    """That of the issue."""
    made: tuple[Path, ...] = ()
    """Those of its files that people look for."""
    read: frozenset[Path] = frozenset()
    left: frozenset[Path] = frozenset()
    """By which it is known the next time that all is as it was, with those that were read; none where it is not kept."""
    before: bool = False
    """Whether an earlier run had done it, and nothing has changed since."""

    @property
    def state(self) -> str:
        """``done``, ``findings`` (done, with errors on its pages) or ``failed``: nothing was written."""
        if not self.outputs:
            return "failed"
        return "findings" if self.exit_code else "done"

    def report(self) -> dict[str, Any]:
        """Return the edition's part of what ``--json`` prints; its pages and stories are in its report.json."""
        return {
            "edition": self.edition.as_posix(),
            "state": self.state,
            "exit_code": int(self.exit_code),
            "outputs": [{**asdict(output), "path": Path(output.path).as_posix()} for output in self.outputs],
            "diagnostics": [diagnostic_object(found) for found in self.diagnostics],
        }


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done with each edition."""

    stage: str
    asked: Any
    """The options that decide what comes of it."""
    apart: Callable[[Path], Any]
    """Is called in another process; it can be pickled."""
    take: Callable[[Path, Any], Told]
    """Is called in this one with what came of that."""
    manifest: Path
    in_turn: bool = False
    """Whether one is taken after those before it alone."""
    begin: Callable[[Paper], object] = lambda _: None
    """Is called before anything is asked of others."""


def build_each(
    paths: Sequence[Path], options: Options, executor: str = LOCAL, progress: Progress = no_progress
) -> Generator[Told, None, None]:
    """Build editions; yield what became of each, in the order given, as soon as those before it are done.

    Args:
        paths: the edition files.
        options: as for one of them; `jobs` is how many processes work on this machine.
        executor: ``local``, or ``dask://HOST:PORT`` for a scheduler whose workers see the same files.
        progress: is told of each edition.

    Raises:
        UsageError: two are of one day, or the scheduler is not to be reached or has no workers.
        MissingPartError: dask is not installed.
    """
    out = options.out.absolute()
    each = max(1, options.jobs // len(set(paths))) if executor == LOCAL else 1
    asked = replace(options, out=out, jobs=1)
    apart = partial(built, options=replace(asked, jobs=each))
    work = _Work("edition", asked, apart, lambda _, told: told, out / MANIFEST)
    return _each(paths, work, options.jobs, executor, progress, cache=options.cache)


def add_each(
    paths: Sequence[Path], options: site.Options, executor: str, progress: Progress = no_progress
) -> Generator[Told, None, None]:
    """Add editions to a site as `build_each` builds them: others make the issues' files, this process adds them in the order given.

    Raises:
        UsageError: as `build_each`, or nothing can be added to the folder.
        MissingPartError: dask is not installed.
    """
    out = options.out.absolute()
    asked = replace(options, out=out, jobs=1)

    def begin(paper: Paper) -> None:
        check_place(out, paper.name)
        if is_site(out, paper.name):
            with whole(out, site.about_of(paper)):  # nobody else mends it while issues are made
                pass

    work = _Work(
        "edition of a site",
        replace(asked, today=datetime.date.min),  # a correction that is made is made
        partial(made, options=asked),
        partial(_added, asked),
        out.with_name(f"{out.name}.{MANIFEST}"),
        in_turn=True,
        begin=begin,
    )
    return _each(paths, work, options.jobs, executor, progress, cache=options.cache)


def _each(
    paths: Sequence[Path], work: _Work, jobs: int, executor: str, progress: Progress, *, cache: bool
) -> Generator[Told, None, None]:
    paths = [*dict.fromkeys(paths)]  # one that is named twice is one
    kept = Kept(editions_folder() if cache else None)
    keys = {path: kept.key(work.stage, (path.absolute(), work.asked)) for path in paths}
    known = {path: found[0] for path, key in keys.items() if (found := kept.find(key))}
    wanted = [path for path in paths if path not in known]
    if paper := _refuse_one_day(wanted, known):
        work.begin(paper)
    told: dict[Path, Told] = {path: replace(known[path], edition=path, before=True) for path in known}
    answers: dict[Path, Any] = {}
    shown = 0
    with who_works(executor, min(jobs, len(paths))) as (pool, has_workers):
        _write(work.manifest, paths, told)
        futures = {pool.submit(done_apart, partial(work.apart, path.absolute()), __version__): path for path in wanted}
        for future in (None, *completed(set(futures), has_workers)):
            if future:
                path = futures.pop(future)
                answers[path] = _outcome(future, path)
            turn = [path for path in wanted if path not in told]
            ready = takewhile(answers.__contains__, turn) if work.in_turn else filter(answers.__contains__, turn)
            for path in [*ready]:
                answer = answers.pop(path)
                told[path] = replace(answer if isinstance(answer, Told) else work.take(path, answer), edition=path)
                if told[path].left:
                    kept.keep(keys[path], told[path], told[path].read, told[path].left)
                _write(work.manifest, paths, told)
            while shown < len(paths) and paths[shown] in told:
                yield told[paths[shown]]
                shown += 1
            progress("editions", len(told), len(paths))
    kept.trim()


# --- one edition ------------------------------------------------------------------------------------------


def built(path: Path, options: Options) -> Told:
    """Build one edition in this process; what ends it is told, too."""
    try:
        result = build(path, options)
    except PrintkitError as error:
        return Told(path, error.exit_code, error.diagnostics, error.base)
    found = Told(path, result.exit_code, result.diagnostics, result.base, result.outputs, read=result.read)
    if not result.outputs:
        return found
    paths = tuple(output.path for output in result.outputs)
    left = frozenset(options.out / name for name in left_by(result.outputs))
    return replace(found, folder=paths[0].parts[0], made=paths, left=left)


def made(path: Path, options: site.Options) -> "Told | _Issue":
    """Make an edition into the files of an issue in this process; what ends it is told, too."""
    try:
        issue, found, base, read = site.made_apart(path, options)
    except PrintkitError as error:
        return Told(path, error.exit_code, error.diagnostics, error.base)
    told = Told(path, exit_code_of(found), found, base, read=read)
    return _Issue(issue, told) if issue else told


@dataclass(frozen=True, slots=True)
class _Issue:
    """An issue that was made, and what was found on its pages."""

    made: site.Made
    told: Told


def _added(options: site.Options, path: Path, issue: _Issue) -> Told:
    """Add an issue to the site."""
    told = issue.told
    try:
        done, found, about = site.added_apart(issue.made, options)
    except PrintkitError as error:
        return Told(path, error.exit_code, (*told.diagnostics, *error.diagnostics), told.base)
    found = tuple(
        dict.fromkeys((*told.diagnostics, *named_from(told.base or Path.cwd(), found, issue.made.edition.paper.folder)))
    )
    decided = site.decided_by(site.Result((done,), found, told.base, about.address, told.read), options.out)
    files = (*done.files, *([done.pack] if done.pack else []))
    return replace(
        told,
        exit_code=exit_code_of(found),
        diagnostics=found,
        outputs=files,
        folder=done.folder,
        made=(Path(done.folder, "index.html"),),
        left=decided[1] if decided else frozenset(),
    )


def _outcome(future: "Future[Any]", path: Path) -> Told | _Issue:
    """Return what came of an edition whose workers may have died of it."""
    try:
        answer: object = future.result()
    except PrintkitError as error:
        return Told(path, error.exit_code, error.diagnostics)
    except Exception as error:  # noqa: BLE001  # the cluster's own: whatever it was, the others go on
        answer = error
    if isinstance(answer, Told | _Issue):
        return answer
    if isinstance(answer, Ended):
        ended = answer.told(Limits.of_user(), None, Say("edition", "本期"))
        return Told(path, ended.exit_code, ended.diagnostics)
    return Told(path, ExitCode.INTERNAL, (_lost(answer),))


def _refuse_one_day(paths: Sequence[Path], known: dict[Path, Told]) -> Paper | None:
    """Refuse two editions of one day: their issues stand in one folder. Return the paper of the first.

    What else is wrong with an edition is told when it has its turn.
    """
    days = {told.folder.replace("/", "-"): path for path, told in known.items()}
    paper: Paper | None = None
    wrong = []
    run = Run(cache=False)
    for path in paths:
        with suppress(InputError):
            edition = run.read(path, planning=True).edition
            paper = paper or edition.paper
            day = edition.date.isoformat()
            if (first := days.setdefault(day, path)) is not path:
                wrong.append(_twice(path, first, day))
    if wrong:
        raise UsageError(wrong)
    return paper


def _write(manifest: Path, paths: Sequence[Path], told: dict[Path, Told]) -> None:
    """Write the run's manifest: of each edition its state and its folder."""
    editions = [
        {
            "edition": path.as_posix(),
            "state": told[path].state if path in told else "waiting",
            "folder": (told[path].folder or None) if path in told else None,
        }
        for path in paths
    ]
    try:
        manifest.parent.mkdir(parents=True, exist_ok=True)
        put_whole(manifest, json_bytes({"editions": editions}))
    except OSError as error:
        raise UsageError([unusable(manifest.parent, error)]) from error


def _lost(answer: object) -> Diagnostic:
    kind = f"{type(answer).__name__}: {answer}"
    message = Say(f"the cluster gave this edition up: {kind}", f"集群未能完成本期：{kind}")
    hint = Say("run the same again: what is done stays done", "请再次运行同一命令：已完成的不会重做")
    return Diagnostic("internal.worker-ended", message, hint=hint)


def _twice(path: Path, first: Path, day: str) -> Diagnostic:
    return Diagnostic(
        "usage.same-day",
        Say(f"{path} and {first} are both of {day}", f"{path} 和 {first} 都是 {day} 的"),
        hint=Say("build one of them into another folder with -o", "请把其中一期用 -o 排到别的文件夹"),
    )
