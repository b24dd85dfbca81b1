"""`printkit build` of many editions: whole editions shared out to processes of this machine, or of a cluster.

In: edition files. Out: of each what its build came to, in the order given. Each is built by a process of its own: memory
stays flat, and one that fails stops no other. What waits for the processes is an executor of `concurrent.futures`, dask's
among them. What is done is kept with the hashes of all its files, so that a run that was stopped goes on where it stopped;
`editions.json` beside the issues tells people how far it came.
"""

import gc
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from printkit import __version__
from printkit.commands.build import Options, build
from printkit.commands.result import left_by
from printkit.diagnostics import (
    Diagnostic,
    ExitCode,
    InputError,
    MissingPartError,
    PrintkitError,
    Say,
    UsageError,
    diagnostic_object,
)
from printkit.limits import Limits, is_foreign, of_signal, share_place
from printkit.output.manifest import Output, json_bytes, put_whole
from printkit.output.tree import unusable
from printkit.pipeline.kept import Kept, editions_folder
from printkit.pipeline.run import Progress, Run, no_progress

LOCAL, DASK = "local", "dask://"

MANIFEST = "editions.json"
"""Beside the issues: how far the run came, for people."""

_PATIENCE = "30s"
"""How long a scheduler may take to answer."""
_SCHEDULER = Say("is it running? `dask scheduler` prints its address", "它在运行吗？`dask scheduler` 会显示地址")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an edition."""

    edition: Path
    exit_code: ExitCode
    diagnostics: tuple[Diagnostic, ...]
    base: Path | None = None
    """The folder that the files of findings are named from."""
    outputs: tuple[Output, ...] = ()
    read: frozenset[Path] = frozenset()
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
            "outputs": [{**asdict(output), "path": output.path.as_posix()} for output in self.outputs],
            "diagnostics": [diagnostic_object(found) for found in self.diagnostics],
        }


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
        UsageError: two are of one day, or the scheduler is not to be reached.
        MissingPartError: dask is not installed.
    """
    paths = [*dict.fromkeys(paths)]  # one that is named twice is one
    out = options.out.absolute()
    asked = replace(options, out=out, jobs=max(1, options.jobs // len(paths)) if executor == LOCAL else 1)
    kept = Kept(editions_folder() if options.cache else None)
    keys = [kept.key("edition", (path.absolute(), replace(asked, jobs=1))) for path in paths]
    known = {path: found[0] for path, key in zip(paths, keys, strict=True) if (found := kept.find(key))}
    _refuse_one_day([path for path in paths if path not in known], known)
    told: dict[Path, Told] = {path: replace(known[path], edition=path, before=True) for path in known}
    shown = 0
    with _executor(executor, min(options.jobs, len(paths))) as pool:
        _write(out, paths, told)
        futures = {pool.submit(_apart, path.absolute(), asked, __version__): path for path in paths if path not in told}
        for future in (None, *as_completed(futures)):
            if future:
                path = futures[future]
                told[path] = replace(_outcome(future, path), edition=path)
                key = keys[paths.index(path)]
                if told[path].outputs:
                    kept.keep(key, told[path], told[path].read, [out / left for left in left_by(told[path].outputs)])
                _write(out, paths, told)
            while shown < len(paths) and paths[shown] in told:
                yield told[paths[shown]]
                shown += 1
            progress("editions", len(told), len(paths))
    kept.trim()


def built(path: Path, options: Options) -> Told:
    """Build one edition in this process; what ends it is told, too."""
    try:
        result = build(path, options)
    except PrintkitError as error:
        return Told(path, error.exit_code, error.diagnostics, error.base)
    return Told(path, result.exit_code, result.diagnostics, result.base, result.outputs, result.read)


_running: set["subprocess.Popen[bytes]"] = set()
"""The processes that build editions now."""


def _apart(path: Path, options: Options, version: str) -> Told:
    """Build an edition in a process of its own, on whatever machine this runs."""
    if version != __version__:
        return Told(path, ExitCode.USAGE, (_other_version(version),))
    asked = [sys.executable, "-c", f"from {__name__} import answer; answer()"]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        _running.add(process)
        to, from_ = process.stdin, process.stdout
        try:
            with suppress(BrokenPipeError):
                pickle.dump((path, options), to)  # type: ignore[arg-type]
                to.flush()  # type: ignore[union-attr]  # and left open: it ends with us
            said = from_.read()  # type: ignore[union-attr]
        finally:
            process.kill()
            _running.discard(process)
    try:
        told: Told = pickle.loads(said)  # of our own process
    except (EOFError, pickle.UnpicklingError):
        found = _ended(process.returncode)
        code = ExitCode.INTERNAL if found.code.startswith("internal.") else ExitCode.BAD_INPUT
        return Told(path, code, (found,))
    return told


def answer() -> None:
    """Build the edition that standard input asks for; what became of it goes to standard output.

    Standard input stays open as long as somebody waits for it: where it ends, so does this process.
    """
    gc.disable()
    share_place()  # the kernel may end this process: somebody tells of it
    path, options = pickle.load(sys.stdin.buffer)  # of the process that began this one
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer

    def end_with_it() -> None:
        sys.stdin.buffer.read(1)
        os._exit(int(ExitCode.INTERNAL))

    threading.Thread(target=end_with_it, daemon=True).start()
    with said:
        said.write(pickle.dumps(built(path, options)))
    os._exit(0)


@contextmanager
def _executor(name: str, jobs: int) -> Iterator[Executor]:
    """Offer what runs functions elsewhere; where the block ends early nothing that it began goes on."""
    pool, close = _local(jobs) if name == LOCAL else _dask(name)
    try:
        yield pool
    finally:
        for process in list(_running):
            process.kill()
        close()


def _local(jobs: int) -> tuple[Executor, Callable[[], None]]:
    pool = ThreadPoolExecutor(jobs)
    return pool, lambda: pool.shutdown(cancel_futures=True)


def _dask(name: str) -> tuple[Executor, Callable[[], None]]:
    try:
        from distributed import Client
    except ImportError as error:
        hint = Say('python -m pip install "printkit[cluster]"', 'python -m pip install "printkit[cluster]"')
        message = Say(
            f"{name} needs dask.distributed, which is not installed", f"{name} 需要 dask.distributed，尚未安装"
        )
        raise MissingPartError([Diagnostic("system.no-dask", message, hint=hint)]) from error
    address = name.removeprefix(DASK)
    try:
        connect: Any = Client  # it has no types
        client = connect(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        message = Say(f"no scheduler answers at {address}", f"{address} 没有调度器应答")
        raise UsageError([Diagnostic("usage.executor", message, hint=_SCHEDULER)]) from error
    except Exception as error:
        if not is_foreign(error):
            raise
        message = Say(f"what answers at {address} is no scheduler", f"{address} 应答的不是调度器")
        raise UsageError([Diagnostic("usage.executor", message, hint=_SCHEDULER)]) from error
    return client.get_executor(pure=False), client.close  # what nobody waits for any more is not begun


def _outcome(future: "Future[Told]", path: Path) -> Told:
    """Return what became of an edition whose workers may have died of it."""
    try:
        told: object = future.result()
    except Exception as error:  # noqa: BLE001  # the cluster's own: whatever it was, the others go on
        told = error
    return told if isinstance(told, Told) else Told(path, ExitCode.INTERNAL, (_lost(told),))


def _refuse_one_day(paths: Sequence[Path], known: dict[Path, Told]) -> None:
    """Refuse two editions of one day: their issues stand in one folder.

    What else is wrong with an edition is told when it has its turn.
    """
    days = {told.outputs[0].path.parts[0]: path for path, told in known.items()}
    wrong = []
    run = Run(cache=False)
    for path in paths:
        with suppress(InputError):
            day = run.read(path, planning=True).edition.date.isoformat()
            if (first := days.setdefault(day, path)) is not path:
                wrong.append(_twice(path, first, day))
    if wrong:
        raise UsageError(wrong)


def _write(out: Path, paths: Sequence[Path], told: dict[Path, Told]) -> None:
    """Write the run's manifest: of each edition its state and its folder."""
    editions = [
        {
            "edition": path.as_posix(),
            "state": told[path].state if path in told else "waiting",
            "folder": told[path].outputs[0].path.parts[0] if path in told and told[path].outputs else None,
        }
        for path in paths
    ]
    try:
        out.mkdir(parents=True, exist_ok=True)
        put_whole(out / MANIFEST, json_bytes({"editions": editions}))
    except OSError as error:
        raise UsageError([unusable(out, error)]) from error


def _ended(code: int) -> Diagnostic:
    if over := of_signal(Limits.of_user(), -code):
        return over
    message = Say(f"the process that built this edition was ended ({code})", f"制作本期的进程被终止（{code}）")
    hint = Say("was there too little memory? `--jobs 1` takes the least", "是否内存不足？`--jobs 1` 占用最少")
    return Diagnostic("internal.worker-ended", message, hint=hint)


def _lost(answer: object) -> Diagnostic:
    kind = f"{type(answer).__name__}: {answer}"
    message = Say(f"the cluster gave this edition up: {kind}", f"集群未能完成本期：{kind}")
    hint = Say("run the same again: what is done stays done", "请再次运行同一命令：已完成的不会重做")
    return Diagnostic("internal.worker-ended", message, hint=hint)


def _other_version(asked: str) -> Diagnostic:
    return Diagnostic(
        "usage.executor",
        Say(
            f"a worker has printkit {__version__}, and {asked} asks",
            f"工作机上的 printkit 是 {__version__}，本机是 {asked}",
        ),
        hint=Say("install the same on all machines: the files would differ", "请在各机装同一版本，否则文件不一致"),
    )


def _twice(path: Path, first: Path, day: str) -> Diagnostic:
    return Diagnostic(
        "usage.same-day",
        Say(f"{path} and {first} are both of {day}", f"{path} 和 {first} 都是 {day} 的"),
        hint=Say("build one of them into another folder with -o", "请把其中一期用 -o 排到别的文件夹"),
    )
