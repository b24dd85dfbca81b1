"""`printkit import`: its arguments and what it shows."""

from pathlib import Path
from typing import Annotated

import typer

from printkit.cli.terminal import Progress, Settings, show, show_json, show_table


def import_manuscripts(
    files: Annotated[
        list[Path], typer.Argument(help="Manuscripts: .docx, .txt, .md, .html. 来稿，可多个。", metavar="FILE...")
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="The article's file, or a folder. 稿件文件或文件夹。", metavar="ARTICLE|DIR"),
    ] = Path(),
    split: Annotated[
        bool, typer.Option("--split", help="Part a file that holds several stories. 一个文件里的几篇稿件分开。")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace articles that are there. 替换已有的稿件。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON. 以 JSON 输出报告。")] = False,
) -> None:
    """Make articles of copy from Word, WeChat or mail; tell what was changed. 来稿导入：把来稿变成稿件文件。"""
    from printkit.cli.tables import import_table
    from printkit.commands.importing import Options, bring_in

    with Progress() as progress:
        options = Options(out, split=split, force=force, language=Settings.language)
        result = bring_in(files, options, progress.waiting)
    if as_json:
        show_json(result.report())
    else:
        show_table(import_table(result.imported, Settings.language))
        for one in result.imported:
            for path in (one.path, *one.pictures):
                typer.echo(path.as_posix())
        show(result.diagnostics, result.base)
    raise typer.Exit(int(result.exit_code))
