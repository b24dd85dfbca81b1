"""What templates are given, looked at while they are rendered."""

from collections.abc import Iterator, Mapping
from typing import Any

import jinja2
import pytest
from markupsafe import Markup


def spied(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Mapping[str, Any]]]:
    """Return what every template is given from now on, by its name."""
    given: dict[str, list[Mapping[str, Any]]] = {}
    render = jinja2.Template.render

    def seen(template: jinja2.Template, *args: Any, **values: Any) -> str:
        given.setdefault(str(template.name), []).append(dict(*args, **values))
        return render(template, *args, **values)

    monkeypatch.setattr(jinja2.Template, "render", seen)
    return given


def strange(value: Any, path: str, mappings: tuple[type, ...] = (dict,)) -> Iterator[str]:
    """Yield where something stands that is no plain data, in a value and in all that it leads to."""
    if value is None or type(value) in (str, Markup, bool, int, float):
        return
    if type(value) is tuple:
        for index, item in enumerate(value):
            yield from strange(item, f"{path}[{index}]", mappings)
    elif type(value) in mappings:
        for key, item in value.items():
            if type(key) is not str:
                yield f"{path}, key {key!r}"
            yield from strange(item, f"{path}.{key}", mappings)
        for name, item in getattr(value, "__dict__", {}).items():
            yield from strange(item, f"{path}'s {name}", mappings)
    else:
        yield f"{path}: {type(value).__name__}"
