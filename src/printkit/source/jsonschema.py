"""JSON Schema of the three files and of the house's two lists, from which editors complete keys and mark slips while typing.

Each key stands with its English and its Chinese name; giving both is an error there as in `printkit check`.
Draft 7, because that is what yaml-language-server (VS Code's YAML extension) knows best.
"""

from itertools import combinations
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from printkit.source.desk_keys import LISTS
from printkit.source.document import yaml_name
from printkit.source.schema import FILES


def json_schema() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of ``paper``, ``edition``, ``article`` and of the lists, each complete in itself."""
    schemas = {}
    for name, kind in (FILES | LISTS).items():
        schema = kind.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_Quiet)
        definitions = schema.pop("$defs", {})
        for part in (schema, *definitions.values()):
            _name_keys(part)
        used = {inner: part for inner, part in definitions.items() if _is_used(inner, [schema, *definitions.values()])}
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"printkit {name}.yaml"}
        if name in LISTS:
            schemas[name] = head | {"type": "array", "items": schema}
        else:
            schemas[name] = schema | head | {"definitions": used}
    return schemas


class _Quiet(GenerateJsonSchema):
    """Leaves defaults out: editors would see ours as values to type."""

    def default_schema(self, schema: Any) -> dict[str, Any]:
        """Describe the value alone."""
        return self.generate_inner(schema["schema"])


def _name_keys(part: dict[str, Any]) -> None:
    """Give each key its Chinese twin, and say which are needed and which exclude each other."""
    part.pop("title", None)
    properties: dict[str, Any] = {}
    rules: list[dict[str, Any]] = []
    for name, described in part.get("properties", {}).items():
        zh, old, needed = (described.pop(word) for word in ("zh", "old", "needed"))
        described.pop("title", None)
        english = yaml_name(name)
        names = [word for word in (english, zh, old) if word]
        rules += [{"not": {"required": list(pair)}} for pair in combinations(names, 2)]
        if needed:
            rules.append({"anyOf": [{"required": [one]} for one in names]})
        else:
            described = _or_blank(described)
        properties |= dict.fromkeys(names, described)
    if "properties" in part:
        part["properties"] = properties
        part |= {"allOf": rules} if rules else {}
        part.pop("required", None)


def _or_blank(described: dict[str, Any]) -> dict[str, Any]:
    """Let a key stand without a value, which means the same as leaving it out."""
    rest = {key: value for key, value in described.items() if key != "description"}
    alternatives = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    blank = {"type": "null"}
    alternatives = [*(one for one in alternatives if one != blank), blank]
    return {"description": described["description"], "anyOf": alternatives}


def _is_used(name: str, parts: list[dict[str, Any]]) -> bool:
    return f"'#/definitions/{name}'" in repr(parts)
