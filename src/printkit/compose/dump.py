"""Write composed lines as a table, a row a line, for cases and bug reports."""

from collections.abc import Iterable

from printkit.model.lines import ComposedLine


def dump(lines: Iterable[ComposedLine], em: int) -> str:
    """Return the lines as text: the line, its width and measure, widest gap, kind, steps and cost.

    Args:
        lines: what `Prepared.compose` returned.
        em: the size in mpt; lengths are printed in em.

    Returns:
        One row a line with tabs between the columns, headed by their names.
    """
    rows = ["text\tx\twidth\tmeasure\tgap\tkind\tsteps\tcost"]
    for line in lines:
        adjustment = line.adjustment
        steps = " ".join(f"{name}:{amount}" for name, amount in adjustment.steps) or "-"
        kind = (
            adjustment.kind
            + ("!" if adjustment.escape else "")
            + (f" hangs {line.hangs / em:.3f}" if line.hangs else "")
        )
        rows.append(
            f"{line.text}\t{line.x / em:.3f}\t{line.width / em:.3f}\t{line.measure / em:.3f}"
            f"\t{adjustment.gap / 1000:.3f}\t{kind}\t{steps}\t{adjustment.cost:g}"
        )
    return "\n".join(rows) + "\n"
