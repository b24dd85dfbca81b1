"""`printkit build` of many editions: what it shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from printkit.cli.terminal import Progress, echo, show, show_json, show_next
from printkit.cli.usage import not_a_choice
from printkit.diagnostics import Say

if TYPE_CHECKING:
    from printkit.commands.build import Options
    from printkit.commands.editions import Told


def build_each(paths: Sequence[Path], options: "Options", executor: str, *, as_json: bool) -> int:
    """Build editions, tell of each as it is done, and return the exit code: the worst of theirs."""
    from printkit.commands.editions import DASK, LOCAL
    from printkit.commands.editions import build_each as run

    if executor != LOCAL and not executor.removeprefix(DASK).rpartition(":")[2].isdecimal():
        raise not_a_choice("--executor", executor, LOCAL, f"{DASK}HOST:PORT")
    found = []
    with Progress() as progress:
        for told in run(paths, options, executor, progress):
            found.append((told.state, told.exit_code, told.report() if as_json else None))
            if not as_json:
                _show(told, options.out)
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
    for output in told.outputs if not told.before else ():
        echo(Say(*[(out / output.path).as_posix()] * 2))
    show(told.diagnostics, told.base)
