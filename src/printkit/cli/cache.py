"""`printkit cache info` and `clear`: their arguments and what they show."""

from dataclasses import asdict
from typing import Annotated

import typer

from printkit.cli.terminal import echo, show_json
from printkit.diagnostics import Say

app = typer.Typer(help="What earlier runs have kept. 缓存：以前各次留下的版面和图片。")


@app.command()
def info(as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON. 以 JSON 输出。")] = False) -> None:
    """Tell where it is and how large. 缓存在哪里、有多大。"""
    from printkit.commands.cache import rooms

    found = rooms()
    if as_json:
        show_json({room.name: asdict(room) for room in found})
        return
    for room in found:
        size, most = f"{room.bytes / 2**20:.1f}", room.largest // 2**20
        echo(
            Say(
                f"{room.folder}: {room.files} files, {size} of {most} MB",
                f"{room.folder}：{room.files} 个文件，{size} MB，上限 {most} MB",
            )
        )


@app.command()
def clear() -> None:
    """Remove all of it; the next run makes it anew. 清空缓存；下次全部重做。"""
    from printkit.commands.cache import clear as run
    from printkit.commands.cache import rooms

    freed = sum(room.bytes for room in rooms()) / 2**20
    run()
    echo(Say(f"removed {freed:.1f} MB", f"已清除 {freed:.1f} MB"))
