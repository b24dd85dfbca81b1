"""Symbols of units in the wrong case."""

from printkit.copydesk.rule import Certainty, Kind, Mend, Rule, each_match
from printkit.diagnostics import Say

_RIGHT = {
    **dict.fromkeys(("KG", "Kg", "kG"), "kg"), **dict.fromkeys(("KM", "Km"), "km"), **dict.fromkeys(("CM", "Cm"), "cm"),
    **dict.fromkeys(("MM", "Mm"), "mm"), **dict.fromkeys(("ML", "Ml"), "mL"), **dict.fromkeys(("KW", "Kw", "kw"), "kW"),
    **dict.fromkeys(("KWH", "Kwh", "kwh", "KWh"), "kWh"), **dict.fromkeys(("HZ", "hz"), "Hz"), "KHZ": "kHz", "khz": "kHz",
    "mhz": "MHz", "MHZ": "MHz", "KPA": "kPa", "Kpa": "kPa", "MPA": "MPa", "Mpa": "MPa", "°c": "℃", "℃C": "℃",
}  # fmt: skip

check = Rule(
    id="unit-symbol",
    clause="GB 3100",
    title=Say("symbol of a unit", "计量单位符号大小写不对"),
    rationale=Say("kg is a kilogram; KG is nothing.", "单位符号大小写有别。"),
    wrong="50KG",
    right="50kg",
    certainty=Certainty.LIKELY,
    mend=Mend.ASK,
    kind=Kind.WORD,
    look=each_match(
        rf"(?<=\d)[ \u00a0]?(?P<x>{'|'.join(sorted(_RIGHT, key=len, reverse=True))})(?![A-Za-z0-9])", _RIGHT
    ),
)
