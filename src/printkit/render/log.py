"""What WeasyPrint logs: collected while it works, and told as findings."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from printkit.diagnostics import Diagnostic, Say, Severity, SourceRef


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs from warnings up; nothing of it reaches the terminal by itself."""
    logger = logging.getLogger("weasyprint")
    records: list[logging.LogRecord] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler, level, handlers, propagate = Handler(), logger.level, logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def log_findings(records: Sequence[logging.LogRecord], where: SourceRef) -> list[Diagnostic]:
    """Turn WeasyPrint's log into findings: what it could not load is an error, what it ignored a warning."""
    found: dict[str, Diagnostic] = {}
    for record in records:
        text = record.getMessage()
        error = record.levelno >= logging.ERROR
        found[text] = Diagnostic(
            "style.failed" if error else "style.ignored",
            Say(f"WeasyPrint: {text}", f"WeasyPrint：{text}"),
            Severity.ERROR if error else Severity.WARNING,
            _LEFT_OUT if error else None,
            where=where,
        )
    return list(found.values())


_LEFT_OUT = Say(
    "see that what it names is there, inside the paper's folder, whole and plainly drawn, or leave it out",
    "请检查所指的文件是否存在、在本报文件夹内、完整、画法简单，或去掉它",
)
