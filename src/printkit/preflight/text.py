"""What the operators of text do: a text object's matrices, strings shown (ISO 32000-1, 9.2 to 9.4)."""

# ruff: noqa: D102  # an operator's method does what the standard says of the operator

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from printkit.preflight.fonts import Font
from printkit.preflight.geometry import IDENTITY, Box, box_under, times, upwards
from printkit.preflight.graphics import Graphics, numbers, six
from printkit.preflight.marks import TextMark

_INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing: hidden, and clip only (9.3.6)."""
_EM_ABOVE, _EM_BELOW = 0.88, 0.12
"""How the em box of a Han character stands on the baseline (the ideographic box of OpenType's BASE table)."""


class Text(Graphics):
    """The graphics and text of one content stream; `content` has the marked content that is open, by number."""

    text_matrix = line_matrix = IDENTITY
    content: list[int | None]

    def begin_text(self, _: Sequence[Any]) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def set_text_matrix(self, operands: Sequence[Any]) -> None:
        self.text_matrix = self.line_matrix = six(operands)

    def next_line(self, operands: Sequence[Any]) -> None:
        x, y = numbers(operands)
        self.text_matrix = self.line_matrix = times((1, 0, 0, 1, x, y), self.line_matrix)

    def next_line_leading(self, operands: Sequence[Any]) -> None:
        self.state.leading = -float(operands[1])
        self.next_line(operands)

    def new_line(self, _: Sequence[Any] = ()) -> None:
        self.next_line((0, -self.state.leading))

    def set_font(self, operands: Sequence[Any]) -> None:
        self.state.size = float(operands[1])
        self.state.font = self.font(self.resources["/Font"][str(operands[0])])

    def set_text_state(self, name: str, operands: Sequence[Any], unit: float = 1.0) -> None:
        setattr(self.state, name, type(getattr(self.state, name))(float(operands[0]) * unit))

    def show(self, operands: Sequence[Any]) -> None:
        self.show_pieces(operands[:1])

    def show_array(self, operands: Sequence[Any]) -> None:
        self.show_pieces(operands[0])

    def show_line(self, operands: Sequence[Any]) -> None:
        self.new_line()
        self.show(operands)

    def show_spaced_line(self, operands: Sequence[Any]) -> None:
        self.state.word_space, self.state.character_space = float(operands[0]), float(operands[1])
        self.show_line(operands[2:])

    def show_pieces(self, pieces: Iterable[Any]) -> None:
        """Show strings with the steps between them (9.4.4), as one mark."""
        state, font = self.state, self.state.font
        if font is None:
            raise ValueError("text without a font")
        pen, least, most = 0.0, 0.0, 0.0
        codes: list[int] = []
        vertical = font.encoding.vertical
        for piece in pieces:
            if isinstance(piece, (int, float, Decimal)):
                pen -= float(piece) / 1000 * state.size
                continue
            for code in font.codes(bytes(piece)):
                codes.append(code)
                advance = -state.size if vertical else font.width(code) * state.size
                least, most = min(least, pen, pen + advance), max(most, pen, pen + advance)
                pen += advance - state.character_space if vertical else advance + state.character_space
                if code == ord(" ") and font.encoding.size == 1:
                    pen += state.word_space
        if codes:
            self.add_text(font, tuple(codes), least, most)
        step = (1, 0, 0, 1, 0, pen) if vertical else (1, 0, 0, 1, pen * state.stretch, 0)
        self.text_matrix = times(step, self.text_matrix)

    def add_text(self, font: Font, codes: tuple[int, ...], least: float, most: float) -> None:
        state = self.state
        em = state.size
        if font.encoding.vertical:
            box = Box(-em / 2, least, em / 2, most)
        else:
            box = Box(
                least * state.stretch, state.rise - _EM_BELOW * em, most * state.stretch, state.rise + _EM_ABOVE * em
            )
        matrix = times(self.text_matrix, state.ctm)
        where = self.shown(box_under(box, matrix))
        if where is None:
            return
        look = state.look(stroke=state.mode in (1, 5))
        size = abs(em) * upwards(matrix)
        mcid = next((one for one in reversed(self.content) if one is not None), None)
        self.add(TextMark(self.cover or where, look, font, size, codes, state.mode not in _INVISIBLE, mcid))
