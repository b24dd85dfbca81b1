"""`printkit build` and `printkit site` of many editions: what they show."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.cli.terminal import Progress, echo, show, show_json, show_next
from printkit.cli.usage import not_a_choice, refused
from printkit.diagnostics import Say

if TYPE_CHECKING:
    from printkit.commands.build import Options
    from printkit.commands.editions import Told
    from printkit.commands.site import Options as SiteOptions


def build_each(paths: Sequence[Path], options: "Options", executor: str, *, as_json: bool) -> int:
    """Build editions, tell of each as it is done, and return the exit code: the worst of theirs."""
    from printkit.commands.editions import build_each as run

    _check(executor)
    with Progress() as progress:
        return _told(run(paths, options, executor, progress), options.out, as_json=as_json)


def add_each(paths: Sequence[Path], options: "SiteOptions", executor: str, *, serve: bool, as_json: bool) -> int:
    """Add editions to a site, tell of each as it is done, and return the exit code: the worst of theirs."""
    from printkit.commands.editions import add_each as run

    _check(executor)
    if serve:
        message = "--executor ends when all issues are added", "--executor 在各期都加入后就结束"
        hint = "look at the site by the same run without --executor", "完成后请不加 --executor 再运行，即可打开"
        raise refused("--serve", *message, *hint)
    with Progress() as progress:
        return _told(run(paths, options, executor, progress), options.out, as_json=as_json)


def _check(executor: str) -> None:
    from printkit.commands.executor import DASK, LOCAL

    if executor != LOCAL and not executor.removeprefix(DASK).rpartition(":")[2].isdecimal():
        raise not_a_choice("--executor", executor, LOCAL, f"{DASK}HOST:PORT")


def _told(editions: Iterable["Told"], out: Path, *, as_json: bool) -> int:
    """Tell of each edition as it is done; return the worst exit code."""
    found = []
    for told in editions:
        found.append((told.state, told.exit_code, told.report() if as_json else None))
        if not as_json:
            _show(told, out)
    worst = max(int(code) for _, code, _ in found)
    if as_json:
        show_json({"editions": [report for _, _, report in found]})
        return worst
    failed = sum(state == "failed" for state, _, _ in found)
    done = len(found) - failed
    echo(Say(f"{done} of {len(found)} editions done", f"{len(found)} 期中完成 {done} 期"))
    if failed:
        show_next(
            Say(
                "mend what is told and run the same again: what is done stays done",
                "改好后再运行同一命令：已完成的不会重做",
            )
        )
    return worst


def _show(told: "Told", out: Path) -> None:
    """Print an edition's files and findings, under its name."""
    states = {
        "done": ("done", "完成"),
        "findings": ("done, with errors", "完成，有错误"),
        "failed": ("failed", "未完成"),
    }
    state = Say("done before", "先前已完成") if told.before else Say(*states[told.state])
    echo(Say(f"{told.edition}: {state.en}", f"{told.edition}：{state.zh}"))
    for path in told.made if not told.before else ():
        echo(Say(*[(out / path).as_posix()] * 2))
    show(told.diagnostics, told.base)
