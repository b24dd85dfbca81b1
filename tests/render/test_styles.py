"""Custom properties as values: what a role's CSS says about composing, over what the paper says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import tinycss2

from printkit.model.style import Composition
from printkit.preflight.settings import Settings
from printkit.render.styles import StyleError, Tokens, composition
from printkit.render.templates import LAYOUTS, STYLES


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


# --- inks -----------------------------------------------------------------------------------------------

_COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|device-cmyk)a?\(|gradient\(|opacity"
)
_WORDS = re.compile(r"(?:color|background|border[a-z-]*|outline)\s*:[^;}]*\b(?:black|white|red|gray|grey|blue)\b")


def inks(look: str) -> dict[str, str]:
    """Return the inks that the built-in styles name for a look."""
    block = re.search(
        rf":where\(html\.{look}\) \{{(.*?)\}}", (STYLES / "base.css").read_text(encoding="utf-8"), re.DOTALL
    )
    assert block
    return dict(re.findall(r"(--[a-z-]+): ([^;]+);", block[1]))


def test_every_ink_has_a_screen_and_a_press_value() -> None:
    screen, press = inks("screen"), inks("press")
    assert list(screen) == list(press)
    assert all(re.fullmatch("#[0-9a-f]{3,6}", value) for value in screen.values())
    parts = {name: re.fullmatch(r"device-cmyk\(([\d. ]+)\)", value) for name, value in press.items()}
    numbers = {name: [float(part) for part in found[1].split()] for name, found in parts.items() if found}
    assert set(numbers) == set(press)
    assert all(len(ink) == 4 and sum(ink) <= 2.2 for ink in numbers.values())
    assert numbers["--ink"] == [0, 0, 0, 1]
    assert numbers["--paper"] == [0, 0, 0, 0]


OF_SCREENS = {"site.css", "archive.css", "viewer.css", "kit.css", "wechat.css", "epub.css", "epub-large.css"}
"""Never go to a press; nor does what is set for telephones."""
OF_LAYOUTS = [sheet for sheet in LAYOUTS.rglob("*.css") if sheet.parent.name != "reprint-phone"]
SHEETS = sorted(sheet for sheet in (*STYLES.rglob("*.css"), *OF_LAYOUTS) if sheet.name not in OF_SCREENS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_built_in_styles_name_inks_and_no_colours(sheet: Path) -> None:
    text = re.sub(r":where\(html\.\w+\) \{.*?\}", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert _COLOUR.findall(text) == _WORDS.findall(text) == []


def test_the_built_in_rules_pass_the_press_check_of_their_own_files() -> None:
    """A pull quote's red rule of .9 pt was told at the article, whose editor can do nothing about it."""
    sheets = [STYLES / "base.css", STYLES / "house.css", *OF_LAYOUTS]
    rules = [
        (float(width), ink)
        for sheet in sheets
        for width, ink in re.findall(
            r"border[a-z-]*: ([\d.]+)pt \w+ var\(--(\w[\w-]*)\)", sheet.read_text(encoding="utf-8")
        )
    ]
    limits = Settings()
    coloured = [width for width, ink in rules if ink in ("accent", "alert")]
    assert coloured
    assert min(coloured) >= limits.inks_rule
    assert min(width for width, _ in rules) >= limits.rule_error
