"""The command line: arguments in, exit code out; no logic.

Heavy imports wait inside the commands, so that ``--help`` and faulty input answer at once.
"""

import datetime
import json
import locale
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from printkit import __version__
from printkit.diagnostics import Diagnostic, ExitCode, PrintkitError, Say, Severity, UsageError, shown_path

app = typer.Typer(
    name="printkit",
    help="Chinese newspapers from YAML. 用 YAML 排中文报纸。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class _Settings:
    """What holds for the whole command line."""

    language = "en"


def _system_language() -> str:
    """Return the language of the locale: ``zh`` or ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    found = locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"printkit {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    lang: Annotated[str, typer.Option(help="Language of messages: en or zh. 消息语言。")] = "",
    version: Annotated[  # typer calls back before this runs
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version. 显示版本。")
    ] = False,
) -> None:
    if lang and lang not in ("en", "zh"):
        raise typer.BadParameter("en | zh", param_hint="--lang")
    _Settings.language = lang or _system_language()


Edition = Annotated[Path, typer.Argument(help="The edition file. 期次文件 edition.yaml。", metavar="EDITION")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON. 以 JSON 输出报告。")]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Make every picture anew and keep none. 图片全部重做，不用也不留缓存。")
]
OnePage = Annotated[str, typer.Option("--page", help="Only this page. 只做这一版。", metavar="N")]


@app.command()
def new(
    directory: Annotated[Path, typer.Argument(help="A folder that is not there yet. 新文件夹。", metavar="DIR")],
) -> None:
    """Make a paper with one edition that builds as it stands. 新建一份可直接排版的报纸。"""
    from printkit.starter import create

    made = create(directory)
    _echo(Say(f"made {made}; now: printkit build {made}", f"已建 {made}；接着运行：printkit build {made}"))


@app.command()
def check(
    edition: Edition,
    page: OnePage = "",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors. 警告也算错误。")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell all faults and how every story fits; draw nothing. 检查全部错误与各稿长短，不出版面。"""
    from printkit.build import Options
    from printkit.build import check as run

    result = run(edition, Options(page=page or None), _Progress())
    _finish(result, as_json=as_json, strict=strict)


@app.command()
def build(
    edition: Edition,
    out: Annotated[Path, typer.Option("--out", "-o", help="Output folder. 输出文件夹。", metavar="DIR")] = Path("out"),
    variants: Annotated[
        str, typer.Option("--for", help="What to make: web, print, archive. 做哪种：web、print、archive。")
    ] = "web",
    only: Annotated[str, typer.Option("--only", help="Only `edition` or only `pages`. 只出整期或只出分版。")] = "",
    page: OnePage = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing where there is an error. 有错误就不出文件。")
    ] = False,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """Build the PDFs of an edition. 排出一期的 PDF。"""
    wanted = tuple(dict.fromkeys(v.strip() for v in variants.split(",")))
    _check_choices(wanted, only, page)
    from printkit.build import Options
    from printkit.build import build as run
    from printkit.variants import Variant

    chosen = tuple(variant for variant in Variant if variant in wanted)
    options = Options(out=out, only=only or None, page=page or None, strict=strict, cache=not no_cache, variants=chosen)
    result = run(edition, options, _Progress())
    if not as_json:
        for output in result.outputs:
            typer.echo((out / output.path).as_posix())
    _finish(result, as_json=as_json, strict=False)


@app.command()
def reprint(
    edition: Edition,
    stories: Annotated[
        list[str] | None,
        typer.Option("--story", help="Only this story; may be repeated. 只做这篇，可重复。", metavar="ID"),
    ] = None,
    large: Annotated[
        bool, typer.Option("--large", help="In large type, one column of 16 pt. 大字版：单栏 16 点。")
    ] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="Output folder. 输出文件夹。", metavar="DIR")] = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Set every story anew on A4, for the board and the file. 剪报：每篇稿件重排成 A4。"""
    from printkit.reprint import Options
    from printkit.reprint import reprint as run

    result = run(edition, Options(out=out, stories=tuple(stories or ()), large=large), _Progress())
    if not as_json:
        for output in result.outputs:
            typer.echo((out / output.path).as_posix())
    _finish(result, as_json=as_json, strict=False)


@app.command()
def site(
    editions: Annotated[
        list[Path], typer.Argument(help="The edition files. 期次文件 edition.yaml，可多个。", metavar="EDITION...")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The site's folder. 网站文件夹。", metavar="DIR")],
    correct: Annotated[
        bool,
        typer.Option("--correct", help="Replace issues that are there by corrected ones. 更正：替换网站上已有的期次。"),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing where there is an error. 有错误就不上网。")
    ] = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then show it on this machine, 127.0.0.1. 做完后在本机打开。")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="Where --serve listens. --serve 的端口。", metavar="N")] = 8000,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """Add editions to the paper's site: the e-paper as plain files. 数字报：把各期加入静态网站。"""
    if serve and as_json:
        raise _usage(
            "--serve",
            "--json prints one object and ends",
            "--json 只输出一个对象就结束",
            "leave out one of them",
            "请去掉其中一个",
        )
    if serve:
        from printkit.epaper.serve import check_port

        check_port(port)  # now, not after the whole build
    from printkit.site import Options, look
    from printkit.site import site as run

    result = run(editions, Options(out, _today(), correct=correct, strict=strict, cache=not no_cache), _Progress())
    if not as_json:
        for added in result.added:
            typer.echo((out / added.folder / "index.html").as_posix())
    if serve:
        _show(result.diagnostics, result.base)
        look(result, out, port, typer.echo)
        raise typer.Exit(int(result.exit_code))
    _finish(result, as_json=as_json, strict=False)


def _today() -> datetime.date:
    """Return the day that a correction is dated: SOURCE_DATE_EPOCH's where it is set, else the clock's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = time.gmtime(int(given)) if given.isdecimal() else time.localtime()
    return datetime.date(*seconds[:3])


_VARIANTS = ("web", "print", "archive")
"""What ``--for`` takes; the names are checked before the build is loaded."""


def _check_choices(variants: Sequence[str], only: str, page: str) -> None:
    """Refuse values that the options do not take."""
    if wrong := [v for v in variants if v not in _VARIANTS]:
        message = f"there is no variant “{wrong[0]}”", f"没有“{wrong[0]}”这种版本"
        raise _usage("--for", *message, ", ".join(_VARIANTS), "、".join(_VARIANTS))
    if only not in ("", "edition", "pages"):
        message = f"“{only}” is not what can be asked for", f"不能写“{only}”"
        raise _usage("--only", *message, "edition or pages", "edition 或 pages")
    if "archive" in variants and (page or only == "pages"):
        message = "the archive's file needs every page", "存档文件需要全部版面"
        raise _usage("--for", *message, "leave out --page and --only pages", "请去掉 --page 和 --only pages")
    if only == "edition" and page:
        message = "the edition's file needs every page", "整期文件需要全部版面"
        raise _usage("--only", *message, "leave out --page", "请去掉 --page")
    if only == "edition" and "print" in variants:
        message = "presses take one file a page", "印刷厂要的是一版一个文件"
        raise _usage("--only", *message, "leave out --only, or print", "请去掉 --only，或去掉 print")


def _usage(option: str, en: str, zh: str, hint_en: str, hint_zh: str) -> UsageError:
    return UsageError(
        [Diagnostic("usage.option", Say(f"{option}: {en}", f"{option}：{zh}"), hint=Say(hint_en, hint_zh))]
    )


@app.command()
def capacity(edition: Edition, page: OnePage = "", as_json: AsJson = False) -> None:
    """Tell how many characters each slot takes, before anything is written. 约稿单：各版位容多少字。"""
    from printkit.planning import capacity as run
    from printkit.planning import capacity_object, capacity_table

    slots = run(edition, page or None)
    if as_json:
        typer.echo(json.dumps(capacity_object(slots), ensure_ascii=False, indent=1))
    else:
        Console(soft_wrap=True).print(capacity_table(slots, _Settings.language))


@app.command()
def preflight(
    file: Annotated[Path, typer.Argument(help="A finished PDF. 成品 PDF。", metavar="FILE.pdf")],
    profile: Annotated[
        str, typer.Option("--profile", help="What it is for: newspaper, web or archive. 用途。")
    ] = "newspaper",
    tac: Annotated[float, typer.Option("--tac", help="Total ink in %. 总墨量上限（%）。", metavar="N")] = 0,
    ppi: Annotated[float, typer.Option("--ppi", help="What pictures should have. 图片应有的 ppi。", metavar="N")] = 0,
    size: Annotated[str, typer.Option("--size", help="Trimmed page, 270x390 in mm. 成品尺寸（毫米）。")] = "",
    fonts: Annotated[
        str, typer.Option("--fonts", help="Fonts that may be used, with commas. 可用字体，逗号分隔。", metavar="LIST")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Check a finished PDF as the press, a reader or the archive would. 印前检查：检查成品 PDF。"""
    if profile not in ("newspaper", "web", "archive"):
        raise typer.BadParameter("newspaper | web | archive", param_hint="--profile")
    if tac < 0 or ppi < 0:
        raise typer.BadParameter("> 0", param_hint="--tac" if tac < 0 else "--ppi")
    from printkit.preflight import Profile, parse_size, report_table, settings_for
    from printkit.preflight import preflight as run

    try:
        page_size = parse_size(size) if size else None
    except ValueError as error:
        raise typer.BadParameter("tabloid | broadsheet | 270x390", param_hint="--size") from error
    names = tuple(name.strip() for name in fonts.split(",") if name.strip()) or None
    settings = settings_for(Profile(profile), tac=tac or None, ppi=ppi or None, page_size=page_size, fonts=names)
    report = run(file, settings=settings)
    if not as_json:
        Console(soft_wrap=True).print(report_table(report, _Settings.language))
    _finish(report, as_json=as_json, strict=False)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the three files, for editors that complete keys. 输出三种文件的 JSON Schema。"""
    from printkit.source import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


class _Progress:
    """A bar on a terminal; nothing otherwise."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._status: Any = None
        self._names = {
            "make up": Say("making up", "组版"),
            "draw": Say("drawing", "出版面"),
            "preflight": Say("preflight", "印前检查"),
            "reprint": Say("reprinting", "排剪报"),
        }

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self._console.is_terminal:
            return
        if done == total:
            if self._status:
                self._status.stop()
                self._status = None
            return
        text = f"{self._names[stage].to(_Settings.language)} {done + 1}/{total}"
        if self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        else:
            self._status.update(text)


def _echo(message: Say) -> None:
    typer.echo(message.to(_Settings.language))


_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def _at_hand(found: Diagnostic, base: Path | None) -> Diagnostic:
    """Return a finding whose file is named so that the terminal can open it."""
    if found.where is None or base is None:
        return found
    file = base / found.where.file
    if not file.exists():
        from printkit.render.templates import LAYOUTS

        file = own if (own := LAYOUTS.parent / found.where.file).exists() else file
    return replace(found, where=replace(found.where, file=shown_path(file)))


def _show(found: Sequence[Diagnostic], base: Path | None) -> None:
    """Print findings on standard error, coloured only on a terminal; what is only for the report stays there.

    Their files are named from the folder `base`. What became of a site is told in any case: that an issue is there already looks like success.
    """
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for diagnostic in found:
        if diagnostic.severity is Severity.INFO and not diagnostic.code.startswith("site."):
            continue
        text = Text(_at_hand(diagnostic, base).to_text(_Settings.language))
        text.highlight_words([f"{diagnostic.severity}[{diagnostic.code}]"], _COLOURS[diagnostic.severity])
        console.print(text)


def _finish(result: Any, *, as_json: bool, strict: bool) -> None:
    """Print the findings or the report, and end with the exit code."""
    if as_json:
        typer.echo(json.dumps(result.report(), ensure_ascii=False, indent=1))
    else:
        _show(result.diagnostics, result.base)
    code = result.exit_code
    if strict and any(d.severity is Severity.WARNING for d in result.diagnostics):
        code = ExitCode.FINDINGS
    if code:
        raise typer.Exit(int(code))


def _tell(found: Sequence[Diagnostic], base: Path | None = None, *, as_json: bool) -> None:
    """Tell what ended a run."""
    if as_json:
        from printkit.report import failure_object

        typer.echo(json.dumps(failure_object(found), ensure_ascii=False, indent=1))
    else:
        _show(found, base)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        app(args=given, standalone_mode=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except PrintkitError as error:
        code = int(error.exit_code)
        _tell(error.diagnostics, error.base, as_json="--json" in given)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # the last line: a fault of ours is told as one, with what to report
        message = Say(f"internal error: {type(error).__name__}: {error}", f"内部错误：{type(error).__name__}: {error}")
        hint = Say("run again with PRINTKIT_DEBUG=1 and report it", "请加 PRINTKIT_DEBUG=1 再运行，并报告此错误")
        _tell([Diagnostic("internal.error", message, hint=hint)], as_json="--json" in given)
        if os.environ.get("PRINTKIT_DEBUG"):
            raise
        code = int(ExitCode.INTERNAL)
    if arguments is None:
        sys.exit(code)
    return code
