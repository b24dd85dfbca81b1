"""No encryption."""

from collections.abc import Iterable

from printkit.diagnostics import Say
from printkit.preflight.check import EVERY, Finding, error, rule
from printkit.preflight.document import Document
from printkit.preflight.settings import Settings


@rule(
    "encryption",
    number=2,
    title=Say("no encryption", "未加密"),
    rationale=Say(
        "A locked file cannot be imposed, read aloud or opened in thirty years.",
        "加了密的文件拼不了大版、读屏读不了，三十年后也打不开。",
    ),
    source="ISO 15930-7; ISO 19005-2, 6.1.3",
    profiles=EVERY,
)
def check(document: Document, _: Settings) -> Iterable[Finding]:
    """Look at the trailer."""
    if document.pdf.is_encrypted:
        yield error("the file is encrypted", "文件已加密")
