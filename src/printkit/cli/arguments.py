"""The commands: each takes its arguments, calls what does the work, and shows what came of it; no logic.

Heavy imports wait inside the commands, so that ``--help`` and faulty input answer at once.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from printkit import __version__
from printkit.cli import again
from printkit.cli.cache import app as cache
from printkit.cli.importing import import_manuscripts
from printkit.cli.lint import lint
from printkit.cli.preview import preview
from printkit.cli.terminal import (
    LANGUAGES,
    Progress,
    Settings,
    echo,
    is_watched,
    show,
    show_json,
    show_next,
    show_pages,
    show_table,
    today,
)
from printkit.cli.usage import check_choices, listed, not_a_choice, refused
from printkit.diagnostics import ExitCode, Say, Severity

if TYPE_CHECKING:
    from printkit.commands.result import Result
    from printkit.model.page import MadeUpPage

app = typer.Typer(
    name="printkit",
    help="Chinese newspapers from YAML. 用 YAML 排中文报纸。",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its boxes round the help cost more than all else that the help needs
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    if lang and lang not in LANGUAGES:
        raise not_a_choice("--lang", lang, *LANGUAGES)


Editions = Annotated[
    list[Path], typer.Argument(help="The edition files. 期次文件 edition.yaml，可多个。", metavar="EDITION...")
]
Edition = Annotated[Path, typer.Argument(help="The edition file. 期次文件 edition.yaml。", metavar="EDITION")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON. 以 JSON 输出报告。")]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Make everything anew and keep nothing. 全部重做，不用也不留缓存。")
]


def _or_cores(given: int) -> int:
    """Return how many processes are asked for, else how many of this machine may work at once."""
    from printkit.pipeline.jobs import cores

    return given or cores()


Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        min=0,
        envvar="PRINTKIT_JOBS",
        callback=_or_cores,
        show_default=False,
        help="Processes that make pages; by default one a core. 同时排版的进程数；默认每核一个。",
        metavar="N",
    ),
]
Executor = Annotated[
    str, typer.Option("--executor", help="local, or dask://HOST:PORT. 在本机，或交给 dask 集群。", metavar="WHO")
]
Strict = Annotated[bool, typer.Option("--strict", help="Write nothing where there is an error. 有错误就什么也不写。")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Output folder. 输出文件夹。", metavar="DIR")]
OnePage = Annotated[str, typer.Option("--page", help="Only this page. 只做这一版。", metavar="N")]


@listed(app)
def new(
    directory: Annotated[Path, typer.Argument(help="A folder that is not there yet. 新文件夹。", metavar="DIR")],
) -> None:
    """Make a paper with one edition that builds as it stands. 新建一份可直接排版的报纸。"""
    from printkit.commands.new import create

    made = create(directory)
    echo(Say(f"made {made}; now: printkit build {made}", f"已建 {made}；接着运行：printkit build {made}"))


@listed(app)
def check(
    edition: Edition,
    page: OnePage = "",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors. 警告也算错误。")] = False,
    no_cache: NoCache = False,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Tell all faults and how every story fits; draw nothing. 检查全部错误与各稿长短，不出版面。"""
    from printkit.cli.tables import fit_table
    from printkit.commands.check import check as run

    with Progress() as progress:
        result = run(edition, page or None, progress, jobs=jobs, cache=not no_cache)
    _remember(result, None, no_cache=no_cache)
    code = _code(result, strict=strict)
    if as_json:
        show_json(result.report())
        raise typer.Exit(code)
    if result.pages:
        show_table(fit_table(result.pages, Settings.language))
    show(result.diagnostics, result.base, result.pages)
    show_pages(result.pages, result.grade)
    show_next(_next(f"{edition}{f' --page {page}' if page else ''}", result, code))
    raise typer.Exit(code)


def _next(rest: str, result: "Result", code: int) -> Say:
    """Return what to do after a check; `rest` is what follows the command's name."""
    if code:
        return Say(
            f"mend what is told above, then printkit check {rest}", f"改好以上各处，再运行 printkit check {rest}"
        )
    command = f"printkit build {rest}"
    if any(made.under_lines for made in result.pages):
        return Say(f"fill what is short, or build it as it is: {command}", f"补足空缺，或照此出版面：{command}")
    return Say(command, command)


@listed(app)
def build(
    editions: Editions,
    out: Out = Path("out"),
    variants: Annotated[
        str, typer.Option("--for", help="What to make: web, print, archive. 做哪种：web、print、archive。")
    ] = "web",
    only: Annotated[str, typer.Option("--only", help="Only `edition` or only `pages`. 只出整期或只出分版。")] = "",
    page: OnePage = "",
    strict: Strict = False,
    executor: Executor = "local",
    no_cache: NoCache = False,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Build the PDFs of editions. 排出一期或多期的 PDF。"""
    wanted = tuple(dict.fromkeys(v.strip() for v in variants.split(",")))
    check_choices(wanted, only, page)
    from printkit.pipeline.ahead import READ, ask

    ask(READ, (editions[0], False))  # it is read while what follows is loaded
    from printkit.commands.build import Options
    from printkit.commands.build import build as run
    from printkit.variants import VARIANTS

    chosen = tuple(name for name in VARIANTS if name in wanted)
    options = Options(out, only or None, page or None, strict, cache=not no_cache, variants=chosen, jobs=jobs)
    if len(editions) > 1 or executor != "local":
        from printkit.cli.editions import build_each

        raise typer.Exit(build_each(editions, options, executor, as_json=as_json))
    with Progress() as progress:
        result = run(editions[0], options, progress, progress.waiting)
    _remember(result, out, no_cache=no_cache)
    _finish(result, as_json=as_json, pages=result.pages, made=[out / output.path for output in result.outputs])


@listed(app)
def reprint(
    edition: Edition,
    stories: Annotated[
        list[str] | None,
        typer.Option("--story", help="Only this story; may be repeated. 只做这篇，可重复。", metavar="ID"),
    ] = None,
    large: Annotated[
        bool, typer.Option("--large", help="In large type, one column of 16 pt. 大字版：单栏 16 点。")
    ] = False,
    wechat: Annotated[
        bool,
        typer.Option("--wechat", help="Pictures and copy for WeChat instead of A4. 做微信用的长图、头图和公众号文稿。"),
    ] = False,
    out: Out = Path("out"),
    no_cache: NoCache = False,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Set every story anew on A4, for the board and the file. 剪报：每篇稿件重排成 A4。"""
    from printkit.commands.reprint import Options
    from printkit.commands.reprint import reprint as run

    if large and wechat:
        message = "pictures for phones have one size of type", "长图只有一种字号"
        raise refused("--wechat", *message, "leave out --large", "请去掉 --large")
    options = Options(out=out, stories=tuple(stories or ()), large=large, wechat=wechat, jobs=jobs, cache=not no_cache)
    with Progress() as progress:
        result = run(edition, options, progress, progress.waiting)
    _remember(result, out, no_cache=no_cache)
    _finish(result, as_json=as_json, pages=result.pages, made=[out / output.path for output in result.outputs])


@listed(app)
def site(
    editions: Editions,
    out: Annotated[Path, typer.Option("--out", "-o", help="The site's folder. 网站文件夹。", metavar="DIR")],
    correct: Annotated[
        bool,
        typer.Option("--correct", help="Replace issues that are there by corrected ones. 更正：替换网站上已有的期次。"),
    ] = False,
    strict: Strict = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then show it on this machine, 127.0.0.1. 做完后在本机打开。")
    ] = False,
    port: Annotated[int, typer.Option("--port", help="Where --serve listens. --serve 的端口。", metavar="N")] = 8000,
    executor: Executor = "local",
    no_cache: NoCache = False,
    jobs: Jobs = 0,
    as_json: AsJson = False,
) -> None:
    """Add editions to the paper's site: the e-paper as plain files. 数字报：把各期加入静态网站。"""
    if serve and as_json:
        message = "--json prints one object and ends", "--json 只输出一个对象就结束"
        raise refused("--serve", *message, "leave out one of them", "请去掉其中一个")
    if serve:
        from printkit.epaper.serve import check_port

        check_port(port)  # now, not after the whole build
    from printkit.commands.site import Options, decided_by, foreseen, look
    from printkit.commands.site import site as run

    options = Options(out, today(), correct=correct, strict=strict, cache=not no_cache, jobs=jobs)
    if executor != "local":
        from printkit.cli.editions import add_each

        raise typer.Exit(add_each(editions, options, executor, serve=serve, as_json=as_json))
    with Progress() as progress:
        result = run(editions, options, progress)
    made = [out / added.folder / "index.html" for added in result.added]
    if serve:
        code = _told(result, as_json=False, made=made)
        look(result, out, port, typer.echo)
        raise typer.Exit(code)
    if not no_cache and (decided := decided_by(result, out.absolute())):
        next_time = foreseen(result)
        again.foreseen(*decided, lambda: _told(next_time, as_json=as_json, made=made))
    _finish(result, as_json=as_json, made=made)


@listed(app)
def capacity(edition: Edition, page: OnePage = "", as_json: AsJson = False) -> None:
    """Tell how many characters each slot takes, before anything is written. 约稿单：各版位容多少字。"""
    from printkit.cli.tables import capacity_table
    from printkit.commands.capacity import capacity as run

    result = run(edition, page or None)
    if not as_json:
        show_table(capacity_table(result.slots, result.ads, Settings.language))
    _finish(result, as_json=as_json)


@listed(app)
def plan(
    edition: Edition,
    page: Annotated[
        str, typer.Option("--page", help="The page; without it, the pool. 哪一版；不写则看待编。", metavar="N")
    ] = "",
    candidates: Annotated[
        int, typer.Option("--candidates", help="How many ways at most. 最多几个方案。", metavar="N", min=1, max=20)
    ] = 5,
    write: Annotated[
        int,
        typer.Option(
            "--write", help="Write this one's places into the edition. 把这个方案的位置写入。", metavar="K", min=0
        ),
    ] = 0,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Show the ways in which a page can lay itself out, and keep one. 组版方案：自动版面的几种排法，可选定一种。"""
    from printkit.cli.tables import plan_table, pool_table
    from printkit.commands.plan import Options, plan_pool
    from printkit.commands.plan import plan as run

    options = Options(page, candidates, write, out)
    if not page:
        with Progress() as progress:
            shared = plan_pool(edition, options, progress)
        if not as_json:
            show_table(pool_table(shared.allotted, Settings.language))
        _finish(shared, as_json=as_json, made=[edition] if write else [])
    with Progress() as progress:
        result = run(edition, options, progress)
    if not as_json:
        show_table(plan_table(result.candidates, Settings.language))
    _finish(result, as_json=as_json, made=[result.sheet, *([edition] if write else [])])


@listed(app)
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
    if profile not in (profiles := ("newspaper", "web", "archive")):  # before the rules are loaded
        raise not_a_choice("--profile", profile, *profiles)
    for option, number in (("--tac", tac), ("--ppi", ppi)):
        if number < 0:
            raise not_a_choice(option, f"{number:g}", "> 0")
    from printkit.cli.tables import report_table
    from printkit.preflight import Profile, parse_size, settings_for
    from printkit.preflight import preflight as run

    try:
        page_size = parse_size(size) if size else None
    except ValueError as error:
        raise not_a_choice("--size", size, "tabloid", "broadsheet", "270x390") from error
    names = tuple(name.strip() for name in fonts.split(",") if name.strip()) or None
    settings = settings_for(Profile(profile), tac=tac or None, ppi=ppi or None, page_size=page_size, fonts=names)
    report = run(file, settings=settings)
    if not as_json:
        show_table(report_table(report, Settings.language))
    _finish(report, as_json=as_json)


@listed(app)
def schema() -> None:
    """Print the JSON Schema of the three files, for editors that complete keys. 输出三种文件的 JSON Schema。"""
    from printkit.source import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _remember(result: "Result", out: Path | None, *, no_cache: bool) -> None:
    """Let what a run tells be told again as long as the files that it read and left are as they are."""
    from printkit.commands.result import decided_by

    if not no_cache and (decided := decided_by(result, out)):
        again.decided_by(*decided)


def _finish(result: Any, *, as_json: bool, pages: "Sequence[MadeUpPage]" = (), made: Sequence[Path] = ()) -> None:
    """Print what was made and the findings, or the report, and end with the exit code."""
    raise typer.Exit(_told(result, as_json=as_json, pages=pages, made=made))


def _told(result: Any, *, as_json: bool, pages: "Sequence[MadeUpPage]" = (), made: Sequence[Path] = ()) -> int:
    """Print what was made and the findings, or the report; where somebody looks on, how the pages came out. Return the code."""
    if as_json:
        show_json(result.report())
    else:
        for path in made:
            typer.echo(path.as_posix())
        show(result.diagnostics, result.base, pages)
        if is_watched():
            show_pages(pages)
    return _code(result)


def _code(result: Any, *, strict: bool = False) -> int:
    warned = strict and any(d.severity is Severity.WARNING for d in result.diagnostics)
    return int(ExitCode.FINDINGS if warned else result.exit_code)


listed(app, "import")(import_manuscripts)
listed(app)(lint)
listed(app)(preview)
app.add_typer(cache, name="cache", short_help=cache.info.help)
