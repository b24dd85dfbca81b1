"""What is wrong with a command line, as findings in both languages: our own refusals, and those of the parser.

In: the values given, or typer's error. Out: `UsageError`, with the option named and the next step.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import typer

from printkit.diagnostics import Diagnostic, Say, UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

VARIANTS = ("web", "print", "archive")
"""What ``--for`` takes; the names are checked before the build is loaded."""

PARSER_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""What the parser raises of a command line that it cannot read; typer names only its daughters in public."""


def listed(app: typer.Typer, name: str | None = None) -> Callable[[Command], Command]:
    """Add a command to some: the list of all shows its first words whole, in both languages."""

    def add(function: Command) -> Command:
        words = " ".join((function.__doc__ or "").partition("\n\n")[0].split())
        return app.command(name, short_help=words)(function)

    return add


def refused(option: str, en: str, zh: str, hint_en: str, hint_zh: str) -> UsageError:
    """Return the error of an option's value."""
    return UsageError(
        [Diagnostic("usage.option", Say(f"{option}: {en}", f"{option}：{zh}"), hint=Say(hint_en, hint_zh))]
    )


def not_a_choice(option: str, value: object, *choices: str) -> UsageError:
    """Return the error of a value that is none of an option's choices, or not of their form."""
    hint = Say(f"it takes {', '.join(choices)}", f"可写 {'、'.join(choices)}")
    return refused(option, f"“{value}” is not what can be asked for", f"不能写“{value}”", *hint)


def check_choices(variants: Sequence[str], only: str, page: str) -> None:
    """Refuse values that the options of a build do not take."""
    if wrong := [v for v in variants if v not in VARIANTS]:
        raise not_a_choice("--for", wrong[0], *VARIANTS)
    if only not in ("", "edition", "pages"):
        raise not_a_choice("--only", only, "edition", "pages")
    if "archive" in variants and (page or only == "pages"):
        message = "the archive's file needs every page", "存档文件需要全部版面"
        raise refused("--for", *message, "leave out --page and --only pages", "请去掉 --page 和 --only pages")
    if only == "edition" and page:
        message = "the edition's file needs every page", "整期文件需要全部版面"
        raise refused("--only", *message, "leave out --page", "请去掉 --page")
    if only == "edition" and "print" in variants:
        message = "presses take one file a page", "印刷厂要的是一版一个文件"
        raise refused("--only", *message, "leave out --only, or print", "请去掉 --only，或去掉 print")


def of_the_parser(error: Any) -> UsageError:
    """Return an error of the parser as a finding; the hint leads to the help of the command concerned."""
    command = error.ctx.command_path if error.ctx else "printkit"
    hint = Say(f"see {command} --help", f"请看 {command} --help")
    name = getattr(error, "option_name", None)
    if name and error.ctx and name in {option for one in error.ctx.find_root().command.params for option in one.opts}:
        hint = Say(
            f"write it before the command: {_before(command, name)}", f"要写在命令前面：{_before(command, name)}"
        )
    elif near := getattr(error, "possibilities", None):
        hint = Say(f"did you mean {', '.join(near)}? {hint.en}", f"是不是 {'、'.join(near)}？{hint.zh}")
    return UsageError([Diagnostic("usage.command-line", _said(error), hint=hint)])


def _before(command: str, option: str) -> str:
    program, _, name = command.partition(" ")
    return f"{program} {option} … {name}"


def _said(error: Any) -> Say:
    """Return what the parser says; what it has no kind for stays in its own words."""
    own = error.format_message().strip()
    match type(error).__name__:
        case "MissingParameter":
            return Say(f"{_name(error.param)} is missing", f"缺少 {_name(error.param)}")
        case "NoSuchOption":
            return Say(f"there is no option {error.option_name}", f"没有 {error.option_name} 这个选项")
        case "BadOptionUsage" if "requires an argument" in own:
            return Say(f"{error.option_name} needs a value", f"{error.option_name} 后面要写一个值")
        case "BadOptionUsage":
            return Say(f"{error.option_name} takes no value", f"{error.option_name} 后面不写值")
        case "BadParameter":  # what is no number; all else that an option takes is looked at by the commands
            kind = getattr(error.param, "type", error.param)  # older typers have the bounds in the type
            least, most = getattr(kind, "min", None), getattr(kind, "max", None)
            name, some = _name(error.param), least is not None
            if some and most is not None:
                return Say(f"{name} takes a number from {least} to {most}", f"{name} 要写 {least} 至 {most} 的数字")
            en, zh = (f" from {least} on", f"，至少为 {least}") if some else ("", "")
            return Say(f"{name} takes a number{en}", f"{name} 要写数字{zh}")
    if found := re.match(r"No such command '(.*?)'", own):
        return Say(f"there is no command {found[1]}", f"没有 {found[1]} 这个命令")
    if found := re.match(r"Got unexpected extra argument.* \((.*)\)", own):
        return Say(f"this is too much: {found[1]}", f"多写了：{found[1]}")
    if own == "Missing command.":
        return Say("the command is missing", "缺少命令")
    return Say(own, f"命令行有误：{own}")


def _name(param: Any) -> str:
    """Name an option as it is written (``--out / -o``), an argument as the help shows it."""
    return " / ".join(param.opts) if param.opts[0].startswith("-") else str(param.metavar or param.name)
