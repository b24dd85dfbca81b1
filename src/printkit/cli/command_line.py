"""What a command line came to: an exit code, and every error as one message."""

import errno
import functools
import os
from typing import Any

import typer

from printkit.cli.arguments import app
from printkit.cli.terminal import Settings, language_of, tell
from printkit.cli.usage import PARSER_ERROR, of_the_parser
from printkit.diagnostics import Diagnostic, ExitCode, PrintkitError, Say, UsageError, fault_of_ours


@functools.cache
def _command() -> Any:
    """Return the command that typer makes of the functions' signatures: the same for every call in a process."""
    return typer.main.get_command(app)


def run(given: list[str]) -> int:
    """Run a command line and return its exit code."""
    Settings.language = language_of(given)
    try:
        _check_here()
        code = int(_command()(args=given or ["--help"], prog_name="printkit", standalone_mode=False) or 0)
        if not given:
            code = int(ExitCode.USAGE)
    except PARSER_ERROR as error:
        code = int(ExitCode.USAGE)
        tell(of_the_parser(error).diagnostics, as_json="--json" in given)
    except PrintkitError as error:
        code = int(error.exit_code)
        tell(error.diagnostics, error.base, as_json="--json" in given)
    except (KeyboardInterrupt, typer.Abort):  # the parser makes the one of the other
        code = 130
    except Exception as error:  # the last line: a fault of ours is told as one, with what to report
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            tell([_no_room(error)], as_json=False)  # it may be standard output that is full
            return int(ExitCode.USAGE)
        hint = Say("run again with PRINTKIT_DEBUG=1 and report it", "请加 PRINTKIT_DEBUG=1 再运行，并报告此错误")
        tell([fault_of_ours(error, hint=hint)], as_json="--json" in given)
        if os.environ.get("PRINTKIT_DEBUG"):
            raise
        code = int(ExitCode.INTERNAL)
    return code


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def _no_room(error: OSError) -> Diagnostic:
    message = Say(f"nothing more can be written: {error.strerror}", f"写不下了：{error.strerror}")
    hint = Say("make room on the disk that is written to, and run the same again", "请腾出磁盘空间，再运行同一命令")
    return Diagnostic("usage.no-room", message, hint=hint)


def _check_here() -> None:
    """See that the current folder, from which files are named, is there.

    Raises:
        UsageError: it was taken away.
    """
    try:
        os.getcwd()  # noqa: PTH109  # Path.cwd is this
    except OSError as error:
        message = Say("the current folder is not there any more", "当前文件夹已经不存在")
        hint = Say("change into another one: cd ~", "请换到别的文件夹：cd ~")
        raise UsageError([Diagnostic("usage.no-folder", message, hint=hint)]) from error
