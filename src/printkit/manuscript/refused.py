"""Manuscripts that cannot be read: one message with place and hint each."""

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef

CONVERT = "soffice --headless --convert-to docx"

MOST_CHARACTERS = 500_000
"""Of a manuscript. All pages of a thick issue have 200,000."""
MOST_BLOCKS = 20_000
MOST_RUNS = 30_000
"""Stretches in one manner each: what is parted by links and marks is written, and read back, mark by mark."""


def check_size(name: str, characters: int, blocks: int = 0, runs: int = 0) -> None:
    """Refuse what nobody prints before each of its lines is looked at."""
    if characters <= MOST_CHARACTERS and blocks <= MOST_BLOCKS and runs <= MOST_RUNS:
        return
    message = Say(
        f"the manuscript has more than {MOST_CHARACTERS:,} characters, {MOST_BLOCKS:,} paragraphs "
        f"or {MOST_RUNS:,} changes of bold, links and other marks",
        f"稿件超过 {MOST_CHARACTERS} 字、{MOST_BLOCKS} 段，或加粗、链接等记号超过 {MOST_RUNS} 处",
    )
    raise refusal("too-large", name, message, Say("part it into several files", "请分成几个文件"))


def refusal(code: str, where: SourceRef | str, message: Say, hint: Say) -> InputError:
    """Return the error of a file that cannot be imported."""
    place = SourceRef(where) if isinstance(where, str) else where
    return InputError([Diagnostic(f"import.{code}", message, hint=hint, where=place)])


def to_convert(name: str, kind: str) -> InputError:
    """Return the error of a kind that another program has to turn into .docx."""
    message = Say(f"this is {kind}, which is not read", f"这是 {kind} 文件，不能直接导入")
    hint = Say(
        f"save it as .docx in Word or WPS, or run: {CONVERT} --outdir . {name}",
        f"请在 Word 或 WPS 里另存为 .docx，或运行：{CONVERT} --outdir . {name}",
    )
    return refusal("other-kind", name, message, hint)
