"""`printkit check`: read, measure and make up an edition; draw nothing."""

from collections.abc import Sequence
from pathlib import Path

from printkit.commands.result import Result, result_of, with_copy
from printkit.diagnostics import files_named_from
from printkit.pipeline.assign import chosen_numbers
from printkit.pipeline.lint import copy_report
from printkit.pipeline.make_up import made_up
from printkit.pipeline.run import Progress, Run, no_progress
from printkit.variants import VARIANTS


def check(
    path: Path,
    page: str | None = None,
    progress: Progress = no_progress,
    variants: Sequence[str] = ("web",),
    jobs: int = 1,
    *,
    cache: bool = True,
) -> Result:
    """Tell all faults of an edition, or of a page of it, and how its stories fit.

    Raises:
        PrintkitError: its files cannot be read, or the system lacks a part.
    """
    run = Run(progress, cache=cache, jobs=jobs)
    reading = run.read(path)
    with files_named_from(reading.edition.paper.folder):
        result = result_of(run, made_up(run, reading, [VARIANTS[name] for name in variants], page))
        return with_copy(result, copy_report(result.edition, chosen_numbers(result.edition, page), result.pages))
