"""Compose plain text with no font and no file: lengths are em, as floats.

For tests, for trying the rules out and for other programs. Inside, an em is 1,000,000 mpt, so that a
thousandth of an em and its usual fractions are whole numbers.
"""

from dataclasses import dataclass, replace

from printkit.compose.metrics import FixedMetrics
from printkit.compose.prepare import Fit, Prepared, prepare
from printkit.model.lines import Adjustment, FontMetrics
from printkit.model.style import Composition, Prohibition, Punctuation, TextStyle
from printkit.model.text import plain

EM = 1_000_000
"""The internal em in mpt. Metrics handed in measure in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One composed line. `advances` and `clusters` are parallel; lengths are em.

    The advances make the measure, less the indent of the first line and plus what `hangs`.
    """

    text: str
    clusters: tuple[str, ...]
    advances: tuple[float, ...]
    hangs: float
    adjustment: Adjustment
    x: float = 0.0
    hyphen: bool = False
    """Whether a hyphen that is not in the text ends the line."""


def compose_text(
    text: str,
    measure_em: float,
    *,
    indent_em: float = 0,
    prohibition: Prohibition = "gb",
    punctuation: Punctuation = "quanjiao",
    fit: Fit = "optimum",
    han_latin_gap: float | None = None,
    hanging: bool = False,
    metrics: FontMetrics | None = None,
) -> tuple[Line, ...]:
    """Break and justify one paragraph.

    Args:
        text: the paragraph.
        measure_em: the lines' length.
        indent_em: first-line indent.
        prohibition: ``none``, ``basic``, ``gb`` or ``strict`` (K1).
        punctuation: ``quanjiao``, ``kaiming``, ``banjiao`` or ``hangmobanjiao`` (3.1).
        fit: ``optimum`` or ``first``.
        han_latin_gap: gap between Han and Latin or digits; None for 1/8 em at Latin and none at digits.
        hanging: let 、，。：；！？ stand outside the measure at a line's end (G1).
        metrics: widths at an em of 1,000,000; None for Han 1 em, Latin and digits half an em.

    Returns:
        The lines; none for an empty text.
    """
    prepared = _prepare(text, indent_em, prohibition, punctuation, han_latin_gap, hanging, metrics)
    return tuple(
        Line(
            line.text,
            line.clusters,
            tuple(advance / EM for advance in line.advances),
            line.hangs / EM,
            line.adjustment,
            line.x / EM,
            line.hyphen,
        )
        for line in prepared.compose(round(measure_em * EM), fit=fit)
    )


def natural_widths(
    text: str,
    *,
    prohibition: Prohibition = "gb",
    punctuation: Punctuation = "quanjiao",
    han_latin_gap: float | None = None,
    metrics: FontMetrics | None = None,
) -> tuple[float, ...]:
    """Return the advance of every cluster of a text on one line that is not adjusted, in em.

    Arguments are those of `compose_text`. The blanks of marks at both edges stay, so that a pair of
    marks can be looked at alone; inside the text neighbours have given up what they give (3.3).
    """
    material = _prepare(text, 0, prohibition, punctuation, han_latin_gap, False, metrics).material
    widths = [width / EM for width in material.natural]
    if widths and punctuation in ("quanjiao", "hangmobanjiao"):
        if material.letters[0] == "O":
            widths[0] += 0.5
        if material.letters[-1] in "CAS":
            widths[-1] += 0.5
    return tuple(widths)


def line_options(
    text: str,
    measure_em: float,
    *,
    indent_em: float = 0,
    prohibition: Prohibition = "gb",
    punctuation: Punctuation = "quanjiao",
    han_latin_gap: float | None = None,
    hanging: bool = False,
    metrics: FontMetrics | None = None,
) -> dict[int, float]:
    """Return the feasible numbers of lines, from three under the best to three over, and the cost of each.

    Arguments are those of `compose_text`.
    """
    prepared = _prepare(text, indent_em, prohibition, punctuation, han_latin_gap, hanging, metrics)
    return prepared.options(round(measure_em * EM))


def _prepare(
    text: str,
    indent_em: float,
    prohibition: Prohibition,
    punctuation: Punctuation,
    han_latin_gap: float | None,
    hanging: bool,
    metrics: FontMetrics | None,
) -> Prepared:
    composition = Composition(prohibition=prohibition, punctuation=punctuation, hanging=hanging)
    if han_latin_gap is not None:
        gap = round(han_latin_gap * 1000)
        composition = replace(composition, gap_latin=gap, gap_digit=gap)
    style = TextStyle("body", EM, EM * 3 // 2, indent=round(indent_em * 1000), composition=composition)
    return prepare(plain(text), style, metrics or FixedMetrics(EM))
