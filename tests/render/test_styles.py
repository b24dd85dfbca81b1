"""Custom properties as values: what a role's CSS says about composing, over what the paper says."""

from collections.abc import Callable

import pytest
import tinycss2

from printkit.model.style import Composition
from printkit.render.styles import StyleError, Tokens, composition


def declared(**properties: str) -> Callable[[str], Tokens]:
    """Return the reader of a role's properties, as WeasyPrint keeps them."""
    tokens = {name: tinycss2.parse_component_value_list(text) for name, text in properties.items()}
    return lambda name: tokens.get(name, ())


HOUSE = Composition(punctuation="kaiming", gap_latin=250, interpunct=1000, least_blank=250, stop_blank=500)


def test_what_a_role_leaves_open_is_the_papers() -> None:
    assert composition(declared(), HOUSE) == HOUSE
    assert composition(declared(), Composition()) == Composition()


def test_a_roles_own_blanks_win() -> None:
    own = declared(interpunct="3/4em", least_blank="0", stop_blank="0.25em")
    assert composition(own, HOUSE) == Composition(
        punctuation="kaiming", gap_latin=250, interpunct=750, least_blank=0, stop_blank=250
    )


@pytest.mark.parametrize(
    ("name", "text", "bounds"),
    [
        ("interpunct", "1/4em", "0.5 and 1em"),
        ("least_blank", "1em", "0 and 0.5em"),
        ("stop_blank", "1em", "0 and 0.5em"),
    ],
)
def test_a_share_out_of_bounds_is_told(name: str, text: str, bounds: str) -> None:
    with pytest.raises(StyleError, match=f"not between {bounds}"):
        composition(declared(**{name: text}), HOUSE)
