"""Make printkit's default newsprint profile from published aims: `python profiles/make_newsprint.py`.

In: the aims below. Out: `src/printkit/colour/newsprint.icc`, the same bytes on every run with one release of argyll.
It needs Debian's package `argyll` (colprof); sRGB.icm comes with it. README.md beside the profile tells where every
figure is from. The press is a model: Neugebauer's equations over sixteen solids, each tone widened by one curve of tone
value increase. Nothing was measured on a press, and the profile's name says so.
"""

import hashlib
import itertools
import math
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/printkit/colour/newsprint.icc"
SRGB = Path("/usr/share/color/argyll/ref/sRGB.icm")
NAME = "printkit newsprint (modelled)"
COPYING = "CC0 1.0: no rights reserved. Modelled from published aims; not made or endorsed by ISO or WAN-IFRA."

Lab = tuple[float, float, float]
Xyz = tuple[float, float, float]

PAPER: Lab = (82, 0, 3)
SOLIDS: dict[str, Lab] = {
    "": PAPER,
    "C": (57, -23, -27),
    "M": (54, 44, -2),
    "Y": (78, -3, 58),
    "MY": (52, 41, 25),
    "CY": (53, -34, 17),
    "CM": (41, 7, -22),
    "CMY": (40, 0, 1),
}
"""Solids without black. All but CMY are aims of ISO 12647-3, from memory; CMY is that of the IFRA26S data, rounded."""
BLACK: Lab = (36, 1, 4)
UNDER_BLACK = 0.17
"""What a colour under solid black still darkens: its ratio to paper to this power. Fits the 400 % patch of IFRA26S."""

TONE_VALUE_INCREASE = 0.26
"""At the 50 % tone; ISO 12647-3 has one for all four inks. The curve round it is half a sine, which is ours."""

TOTAL_INK = 220
"""Per cent; ISO 12647-3:2013 recommends it."""
MOST_BLACK = 95

TONES = (0, 10, 20, 30, 40, 55, 75, 100)
BLACK_TONES = (0, 10, 20, 40, 60, 80, 100)
D50: Xyz = (96.42, 100.0, 82.49)
DATE = (2024, 1, 1, 0, 0, 0)
"""Stands in the header instead of the day on which the script ran."""


def main() -> None:
    """Write the patches, let colprof fit them, and fix what would change from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "newsprint"
        base.with_suffix(".ti3").write_text(patches(), encoding="ascii")
        subprocess.run(
            ["colprof", "-nc", "-ql", "-bm", f"-l{TOTAL_INK}", f"-L{MOST_BLACK}", "-cpp", "-dpp",
             "-S", str(SRGB), "-A", "printkit", "-M", NAME, "-D", NAME, "-C", COPYING, "-O", f"{base}.icc", str(base)],
            check=True, stdout=sys.stderr,
        )  # fmt: skip
        made = dated(base.with_suffix(".icc").read_bytes())
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(made)
    print(f"{TARGET}: {len(made)} bytes, sha256 {hashlib.sha256(made).hexdigest()}")


def patches() -> str:
    """Return the modelled press as a CGATS table of patches, as colprof reads it."""
    rows = []
    colours = itertools.product(TONES, TONES, TONES, BLACK_TONES)
    for number, inks in enumerate(colours, 1):
        xyz = " ".join(f"{value:.5f}" for value in printed(inks))
        rows.append(f"{number} {' '.join(str(ink) for ink in inks)} {xyz}")
    head = [
        "CTI3",
        "",
        'DESCRIPTOR "modelled newsprint"',
        'ORIGINATOR "printkit profiles/make_newsprint.py"',
        'CREATED "Mon Jan 01 00:00:00 2024"',
        'DEVICE_CLASS "OUTPUT"',
        'COLOR_REP "CMYK_XYZ"',
        "NUMBER_OF_FIELDS 8",
        "BEGIN_DATA_FORMAT",
        "SAMPLE_ID CMYK_C CMYK_M CMYK_Y CMYK_K XYZ_X XYZ_Y XYZ_Z",
        "END_DATA_FORMAT",
        f"NUMBER_OF_SETS {len(rows)}",
        "BEGIN_DATA",
    ]
    return "\n".join([*head, *rows, "END_DATA", ""])


def printed(inks: tuple[int, int, int, int]) -> Xyz:
    """Return the colour of four tones (per cent) by Neugebauer's equations with Demichel's shares."""
    areas = [widened(ink / 100) for ink in inks]
    total = [0.0, 0.0, 0.0]
    for present in itertools.product((False, True), repeat=4):
        share = math.prod(area if on else 1 - area for area, on in zip(areas, present, strict=True))
        solid = solid_colour(present)
        total = [sum_ + share * value for sum_, value in zip(total, solid, strict=True)]
    return total[0], total[1], total[2]


def widened(tone: float) -> float:
    """Return the share of paper that a tone covers in print."""
    return tone + TONE_VALUE_INCREASE * math.sin(math.pi * tone)


def solid_colour(present: tuple[bool, ...]) -> Xyz:
    """Return the colour of solids over one another; over black every colour darkens a little."""
    below = from_lab(SOLIDS["".join(ink for ink, on in zip("CMY", present, strict=False) if on)])
    if not present[3]:
        return below
    paper, black = from_lab(PAPER), from_lab(BLACK)
    x, y, z = (k * (b / p) ** UNDER_BLACK for k, b, p in zip(black, below, paper, strict=True))
    return x, y, z


def from_lab(lab: Lab) -> Xyz:
    """Convert CIELAB to XYZ for D50 (CIE 15)."""
    fy = (lab[0] + 16) / 116
    x, y, z = (white * inverse(f) for white, f in zip(D50, (fy + lab[1] / 500, fy, fy - lab[2] / 200), strict=True))
    return x, y, z


def inverse(f: float) -> float:
    """Undo the cube root of CIELAB."""
    return f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29)


def dated(profile: bytes) -> bytes:
    """Set the header's date (ICC.1:2022, 7.2.8) and platform, which vary from run to run and system to system."""
    date = b"".join(part.to_bytes(2, "big") for part in DATE)
    return profile[:24] + date + profile[36:40] + bytes(4) + profile[44:]


if __name__ == "__main__":
    main()
