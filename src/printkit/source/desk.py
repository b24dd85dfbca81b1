"""The house's lists, and what is silenced: read from desk/names.yaml, desk/terms.yaml and `lint`."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from printkit.diagnostics import Say, SourceRef
from printkit.model.desk import DeskLists, HouseName, HouseTerm, Silence
from printkit.source.desk_keys import HouseNameKeys, HouseTermKeys, SilenceKeys
from printkit.source.document import Document, K, check_nodes
from printkit.source.faults import Faults
from printkit.source.keys import Keys, key
from printkit.source.load import read_list
from printkit.source.paths import find_file

FOLDER = "desk"


class NamesFile(Keys):
    """desk/names.yaml: a list."""

    names: list[HouseNameKeys] = key("", "the names", "人名", default=list)


class TermsFile(Keys):
    """desk/terms.yaml: a list."""

    terms: list[HouseTermKeys] = key("", "the words", "用语", default=list)


def read_desk(folder: Path, faults: Faults) -> DeskLists:
    """Read the lists of a paper's folder; one that is not there is empty."""
    return DeskLists(_names(folder, faults), _terms(folder, faults))


def _names(folder: Path, faults: Faults) -> tuple[HouseName, ...]:
    document = _list(folder, NamesFile, "names", faults)
    if document is None:
        return ()
    found = document.keys.names
    _refuse_twice([(one.name, ("names", n, "name")) for n, one in enumerate(found)], document, faults)
    right = {one.name for one in found}
    for number, one in enumerate(found):
        for word in one.never:
            if word in right:
                message = Say(f"`{word}` is a name of this list", f"“{word}”是本名单上的姓名")
                hint = Say("two people may have such names: take it out here", "确有此人，请从这里删去")
                faults.error("wrong-value", document.at("names", number, "never"), message, hint)
    return tuple(HouseName(one.name, one.title, one.order or 0, one.never) for one in found)


def _terms(folder: Path, faults: Faults) -> tuple[HouseTerm, ...]:
    document = _list(folder, TermsFile, "terms", faults)
    if document is None:
        return ()
    found = document.keys.terms
    never = [(word, ("terms", n, "never")) for n, one in enumerate(found) for word in one.never]
    _refuse_twice([*((one.say, ("terms", n, "say")) for n, one in enumerate(found)), *never], document, faults)
    return tuple(HouseTerm(one.say, one.never, one.why, one.since) for one in found)


def _list(folder: Path, kind: type[K], under: str, faults: Faults) -> Document[K] | None:
    name = f"{FOLDER}/{under}.yaml"
    faults.files.add(folder / name)
    if not os.path.lexists(folder / name):
        return None
    path = find_file(name, folder / "paper.yaml", folder, SourceRef(name), faults)
    nodes = read_list(path, under, faults) if path else None
    return check_nodes(path, nodes, kind, faults) if path and nodes else None


def _refuse_twice(words: Sequence[tuple[str, tuple[str | int, ...]]], document: Document[Any], faults: Faults) -> None:
    first: dict[str, int] = {}
    for word, steps in words:
        where = document.at(*steps)
        if word in first:
            message = Say(
                f"`{word}` stands twice (first in line {first[word]})",
                f"“{word}”列了两次（第一次在第 {first[word]} 行）",
            )
            faults.error("used-twice", where, message, Say("keep one of them", "请只保留一处"))
        first.setdefault(word, where.line)


def read_silences(given: Sequence[SilenceKeys], document: Document[Any], faults: Faults) -> tuple[Silence, ...]:
    """Read `lint` of an article or of a paper; a rule that there is none of is told."""
    if not given:
        return ()
    from printkit.copydesk.registry import RULES  # only who silences a rule loads them here

    known = [rule.id for rule in RULES]
    for number, one in enumerate(given):
        if one.ignore and one.ignore not in known:
            meant = faults.near(one.ignore, lambda: known)
            hint = Say("docs/lint.md lists the rules", "规则见 docs/lint.md")
            if meant:
                hint = Say(f"did you mean `{meant}`?", f"是不是“{meant}”？")
            message = Say(f"there is no rule `{one.ignore}`", f"没有“{one.ignore}”这条规则")
            faults.error("wrong-value", document.at("lint", number, "ignore"), message, hint)
    return tuple(
        Silence(one.ignore, one.reason, document.at("lint", number), one.text, one.by)
        for number, one in enumerate(given)
    )
