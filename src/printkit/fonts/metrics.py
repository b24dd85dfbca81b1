"""Widths and glyphs of text, from the very files that WeasyPrint embeds.

In: faces (file and index). Out: `FontMetrics` for the composer and glyph runs for drawing, from one
shaping, so that what was measured is what is drawn. Shaped by HarfBuzz with script Hani and language
zh-Hans: with script Common ``——`` comes out 1.69 em wide in Noto Serif.

A character is set by the first face of the chain whose character map has it; one that none has
stands as ``〓`` (U+3013) and is told by `missing`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import uharfbuzz as hb

from printkit.fonts.files import broken, opened
from printkit.fonts.subset import forget_subsets
from printkit.model.style import Face, TextStyle
from printkit.model.text import Run

GETA = "〓"
"""Drawn where no face has a character (下駄, the compositor's turned type)."""

SUPERIOR = 0.6
"""Size of a superior note mark to its text: the common 3/5 of hot metal."""
SMALL = 0.85
"""Size of a small run to its text: one step down (9 to 7.5 pt)."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped cluster: id, origin from the cluster's origin and advance, in thousandths of an em."""

    gid: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Shaped:
    """One cluster shaped: its text, the face that sets it, glyphs and natural advance (thousandths of an em)."""

    text: str
    face: Face
    glyphs: tuple[Glyph, ...]
    advance: float
    missing: bool = False


class _Font:
    """A face opened once: HarfBuzz font and character coverage."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.hb_face = opened(face.file, face.index)
        self.font = hb.Font(self.hb_face)
        self.scale: float = 1000 / self.hb_face.upem

    def has(self, char: str) -> bool:
        """Say whether it has a character; one whose glyph is empty has no Han."""
        gid = self.font.get_nominal_glyph(ord(char))
        if not gid or not "\u3400" <= char <= "\u9fff":
            return bool(gid)
        ink = self.ink(gid)
        return bool(ink.width and ink.height)

    def ink(self, gid: int) -> hb.GlyphExtents:
        """Return what a glyph blackens, in units of the font.

        Raises:
            InputError: the font has no such glyph, though it names it.
        """
        if ink := self.font.get_glyph_extents(gid):
            return ink
        raise broken(self.face.file)

    def shape(self, text: str, vertical: bool = False) -> list[Shaped]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.script = "Latn" if text[0].isascii() and text.isalpha() and text.isascii() else "Hani"
        buffer.language = "zh-Hans"
        buffer.direction = "TTB" if vertical else "LTR"
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        hb.shape(self.font, buffer, {"liga": False})
        k = self.scale
        ends = dict(pairwise([*sorted({info.cluster for info in buffer.glyph_infos}), len(text)]))
        groups: dict[int, list[Glyph]] = {}
        pens: dict[int, float] = {}
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            pen = pens.get(info.cluster, 0.0)
            groups.setdefault(info.cluster, []).append(
                Glyph(info.codepoint, place.x_offset * k + (0 if vertical else pen), place.y_offset * k)
            )
            pens[info.cluster] = pen + (-place.y_advance if vertical else place.x_advance) * k
        return [Shaped(text[s : ends[s]], self.face, tuple(groups[s]), pens[s]) for s in sorted(groups)]


@lru_cache(maxsize=64)
def _font(face: Face) -> _Font:
    """Open a face once for the process; HarfBuzz maps the file, so this costs about a millisecond."""
    return _Font(face)


def glyph_advance(face: Face, gid: int) -> int:
    """Return a glyph's own advance in thousandths of an em, rounded as a PDF's W array has it."""
    font = _font(face)
    advance: int = font.font.get_glyph_h_advance(gid)
    return round(advance * font.scale)


def _joins(char: str) -> bool:
    """Say whether a character belongs to the cluster before it and shows nothing of its own when alone."""
    if "\u3030" < char < "\ufdff" or char < "\u0300":  # Han and ASCII, nearly every character there is
        return char in "\u3099\u309a\u00ad"
    return unicodedata.combining(char) != 0 or unicodedata.category(char) in ("Mn", "Me", "Cf")


@lru_cache(maxsize=200_000)
def _face_for(char: str, chain: tuple[Face, ...]) -> Face | None:
    for face in chain:
        if _font(face).has(char):
            return face
    return None


def missing(text: str, chain: tuple[Face, ...]) -> tuple[str, ...]:
    """Return the characters of a text that no face of a chain has, each once, in order."""
    once = dict.fromkeys(text)
    return tuple(c for c in once if not c.isspace() and not _joins(c) and _face_for(c, chain) is None)


def _pieces(text: str, chain: tuple[Face, ...]) -> list[tuple[str, Face | None]]:
    """Cut a text where its face changes; accents and joiners stay with what they stand on."""
    pieces: list[tuple[str, Face | None]] = []
    for char in text:
        if pieces and _joins(char):
            face = pieces[-1][1]
        else:
            face = chain[0] if char in " \u3000\u00a0" else _face_for(char, chain)
        if pieces and face is not None and pieces[-1][1] == face:  # equal, not one: faces come from other processes too
            pieces[-1] = (pieces[-1][0] + char, face)
        elif pieces and face is None and _joins(char):
            pieces[-1] = (pieces[-1][0] + char, None)
        else:
            pieces.append((char, face))
    return pieces


@lru_cache(maxsize=50_000)
def shape(text: str, chain: tuple[Face, ...], vertical: bool = False) -> tuple[Shaped, ...]:
    """Shape a text with the first face that has each character.

    Args:
        text: one word, mark or Han; kerning and ligated ``——`` want it whole.
        chain: the present faces, in the order declared.
        vertical: shape for 竖题 with the vertical forms of marks; advances then go downward.

    Returns:
        The clusters in order; joined they are the text.
    """
    shaped: list[Shaped] = []
    for piece, face in _pieces(text, chain):
        if face is None:
            geta_face = _face_for(GETA, chain) or chain[0]
            geta = _font(geta_face).shape(GETA)[0]
            shaped.append(Shaped(piece, geta.face, geta.glyphs, geta.advance, missing=True))
        else:
            shaped.extend(_font(face).shape(piece, vertical))
    return tuple(shaped)


def chain_of(style: TextStyle, run: Run) -> tuple[Face, ...]:
    """Return the faces that set a run of a style."""
    if run.strong and style.strong:
        return style.strong
    if run.kai and style.kai:
        return style.kai
    return style.chain


def scale_of(run: Run) -> float:
    """Return the size of a run to its paragraph's."""
    if run.superior:
        return SUPERIOR
    return SMALL if run.small else 1.0


_UNIT = re.compile("—+|…+|⋯+|[^\\s“”‘’·—…⋯\u2e80-\U0010ffff]+|.", re.DOTALL)
"""What is shaped together: runs of dashes (they ligate), words of narrow letters (they kern), else one character."""
_JOINING = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u08ff\u200b-\u200f\u2028-\u202e\u2060-\u206f\u20d0-\u20ff"
                      "\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]")  # fmt: skip


def depends_on_neighbours(cluster: str) -> bool:
    """Say whether a cluster's shape may depend on its neighbours."""
    return cluster in "—…⋯" or (cluster < "\u2e80" and cluster not in "“”‘’")


def overhang(style: TextStyle, cluster: str, run: Run) -> int:
    """Return how far a Han's ink, or a half-em digit's own width, stands outside its box at the right, in mpt."""
    if style.composition.half_digits and cluster.isascii() and cluster.isdigit():
        over = sum(s.advance for s in shape(cluster, chain_of(style, run))) - 500
        return max(0, round(over / 2 * scale_of(run) * style.size / 1000))
    if len(cluster) != 1 or not "\u3400" <= cluster <= "\u9fff":
        return 0
    return round(_ink_over(cluster, chain_of(style, run)) * scale_of(run) * style.size / 1000)


@lru_cache(maxsize=20_000)
def _ink_over(char: str, chain: tuple[Face, ...]) -> float:
    face = _face_for(char, chain)
    if face is None:
        return 0.0
    font = _font(face)
    gid = font.font.get_nominal_glyph(ord(char))
    ink = font.ink(gid)
    over: float = (ink.x_bearing + ink.width - font.font.get_glyph_h_advance(gid)) * font.scale
    return max(0.0, over)


def forget_fonts() -> None:
    """Forget what was read of fonts: a paper's own has come, or changed."""
    for known in (_font, _face_for, shape, _ink_over, _known):
        known.cache_clear()
    forget_subsets()


class StyleMetrics:
    """`FontMetrics` of one TextStyle (model.lines): widths by its chains of faces."""

    def __init__(self, style: TextStyle) -> None:
        """Open nothing yet: faces open with the first text."""
        self._style = style
        self._known: dict[tuple[tuple[Face, ...], float], dict[str, tuple[tuple[str, int], ...]]] = {}

    def clusters(self, text: str, run: Run) -> Sequence[tuple[str, int]]:
        """Return clusters and natural advances in mpt (see `FontMetrics`)."""
        chain, scale = chain_of(self._style, run), scale_of(run) * self._style.size / 1000
        known = self._known.setdefault((chain, scale), {})
        out: list[tuple[str, int]] = []
        for unit in units(text):
            measured = known.get(unit)
            if measured is None:
                measured = tuple((s.text, round(s.advance * scale)) for s in shape(unit, chain))
                known[unit] = measured
            out.extend(measured)
        return out


def units(text: str) -> list[str]:
    """Cut a text into what is shaped at a time; accents and joiners stay with what they stand on."""
    found = _UNIT.findall(text)
    if _JOINING.search(text) is None:
        return found
    joined: list[str] = []
    for unit in found:
        if joined and _joins(unit[0]) and not joined[-1].isspace():
            joined[-1] += unit
        else:
            joined.append(unit)
    return joined


def shape_line(clusters: Sequence[str], chain: tuple[Face, ...]) -> list[Shaped]:
    """Shape the clusters of a line in the units that were measured, one `Shaped` for each cluster.

    A cluster of several pieces (``……``) comes back as one; where the shaper's clusters do not meet the
    composer's, each is shaped alone.
    """
    known = _known(chain)
    quick = [known.get(cluster) for cluster in clusters]
    if all(quick):
        return quick  # type: ignore[return-value]  # no None is left
    pieces = [s for unit in units("".join(clusters)) for s in shape(unit, chain)]
    found = []
    position = 0
    for cluster in clusters:
        text, members = "", []
        while len(text) < len(cluster) and position < len(pieces):
            text += pieces[position].text
            members.append(pieces[position])
            position += 1
        if text != cluster:
            return [_joined(c, shape(c, chain)) for c in clusters]
        found.append(_joined(cluster, members))
    for cluster, made in zip(clusters, found, strict=True):
        if not depends_on_neighbours(cluster):
            known[cluster] = made
    return found


@lru_cache(maxsize=64)
def _known(chain: tuple[Face, ...]) -> dict[str, Shaped]:
    """Return what stands shaped of a chain: clusters that no neighbour changes."""
    return {}


def _joined(cluster: str, pieces: Sequence[Shaped]) -> Shaped:
    """Return shaped pieces as one; a piece of another face than the first's shows nothing (`missing` tells it)."""
    if len(pieces) == 1:
        return pieces[0]
    glyphs: list[Glyph] = []
    x = 0.0
    for piece in pieces:
        if piece.face is pieces[0].face:
            glyphs.extend(Glyph(g.gid, g.x + x, g.y) for g in piece.glyphs)
        x += piece.advance
    return Shaped(cluster, pieces[0].face, tuple(glyphs), x, any(p.missing for p in pieces))
