"""Chinese set as the best typesetters set it: breaks, punctuation widths, justification.

Pure: it imports only `printkit.model`, `diagnostics`, `units` and the standard library. Fonts come in as
`FontMetrics`, words as `WordBreaker`, hyphens as `Hyphenator`.
"""

from printkit.compose.dump import dump
from printkit.compose.findings import findings
from printkit.compose.heading import compose_heading, ends_after_mark
from printkit.compose.metrics import FixedMetrics
from printkit.compose.prepare import Measure, Prepared, prepare
from printkit.compose.text import Line, compose_text, line_options, natural_widths
from printkit.compose.vertical import compose_vertical

__all__ = [
    "FixedMetrics",
    "Line",
    "Measure",
    "Prepared",
    "compose_heading",
    "compose_text",
    "compose_vertical",
    "dump",
    "ends_after_mark",
    "findings",
    "line_options",
    "natural_widths",
    "prepare",
]
