"""`printkit lint`: its arguments and what it shows."""

from pathlib import Path
from typing import Annotated

import typer

from printkit.cli.terminal import Progress, confirmed, echo, show, show_json
from printkit.cli.usage import refused


def lint(
    files: Annotated[
        list[Path], typer.Argument(help="Editions or articles. 期次文件或稿件，可多个。", metavar="EDITION|ARTICLE...")
    ],
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is safe, in the files. 自动改可靠的，写回文件。")
    ] = False,
    ask: Annotated[
        bool, typer.Option("--ask", help="With --fix: ask about the others. 与 --fix 连用：其余逐条询问。")
    ] = False,
    archive: Annotated[
        Path | None,
        typer.Option("--archive", help="A site's folder: has it been printed? 网站文件夹，查重稿。", metavar="DIR"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Hints, too. 连参考性的提示一起列出。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON. 以 JSON 输出报告。")] = False,
) -> None:
    """Read the copy as a copy desk does: marks, numerals, words, dates, names. 校核：标点、数字、用词、日期、人名。"""
    if ask and (as_json or not fix):
        message = ("it goes through what --fix leaves, in a terminal", "它在终端里逐条询问 --fix 没改的")
        raise refused("--ask", *message, "add --fix, and leave out --json", "请加 --fix，去掉 --json")
    from printkit.commands.lint import Options
    from printkit.commands.lint import lint as run

    options = Options(fix, confirmed if ask else None, everything, archive)
    if ask:
        result = run(files, options)  # it asks meanwhile
    else:
        with Progress() as progress:
            result = run(files, options, progress)
    code = int(result.exit_code)
    if as_json:
        show_json(result.report())
        raise typer.Exit(code)
    show(result.diagnostics, result.base, notes=everything)
    for said in result.summary:
        echo(said)
    raise typer.Exit(code)
