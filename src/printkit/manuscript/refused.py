"""Manuscripts that cannot be read: one message with place and hint each."""

from printkit.diagnostics import Diagnostic, InputError, Say, SourceRef

CONVERT = "soffice --headless --convert-to docx"


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
