"""`printkit preview`: its arguments, and what it says on the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from printkit.cli.terminal import Settings, today
from printkit.cli.usage import refused
from printkit.diagnostics import Say


def preview(
    edition: Annotated[Path, typer.Argument(help="The edition file. 期次文件 edition.yaml。", metavar="EDITION")],
    port: Annotated[
        int, typer.Option("--port", help="Where the desk listens; 0 for any. 编辑台的端口，0 为任意。", metavar="N")
    ] = 8100,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser. 不打开浏览器。")] = False,
    editor: Annotated[
        str,
        typer.Option(
            "--editor",
            envvar="PRINTKIT_EDITOR",
            show_default=False,
            help="Address that opens a file: {file}, {line}, {column}; VS Code's by default. 打开文件的地址，默认 VS Code。",
            metavar="URL",
        ),
    ] = "vscode://file/{file}:{line}:{column}",
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where its buttons write. 各按钮的输出文件夹。", metavar="DIR")
    ] = Path("out"),
) -> None:
    """Work on an edition in the browser, live. 编辑台：在浏览器里看版、改稿、调版。"""
    if "{file}" not in editor:
        message = "an address needs {file} in it", "地址里要有 {file}"
        raise refused("--editor", *message, "such as vscode://file/{file}:{line}", "例如 vscode://file/{file}:{line}")
    from printkit.preview.running import Options, run

    def tell(address: str) -> None:
        typer.echo(address)
        if not no_open:
            typer.launch(address)

    def warn(what: Say) -> None:
        typer.echo(what.to(Settings.language), err=True)

    run(edition, Options(port, editor, out, today(), Settings.language), tell, warn)
