"""What the schemas of the three files are made of: keys with a Chinese name, a type and words in both languages."""

from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field

from printkit.source.values import BETWEEN_LANGUAGES


class Keys(BaseModel):
    """The keys of one mapping."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def key(zh: str, en: str, say_zh: str, *, default: Any = None, needed: bool = False, old: str = "") -> Any:
    """Declare a key: its Chinese name and what it is for, in English and in Chinese.

    Args:
        zh: the alias; empty when there is none.
        en: the description in English.
        say_zh: the description in Chinese.
        default: the value when the key is missing or blank.
        needed: whether it is a fault when it is missing.
        old: the alias that it had before, which files may have for good.
    """
    meta = {"zh": zh, "needed": needed, "old": old}
    if callable(default):
        return Field(
            default_factory=lambda: default(),  # pydantic parses the signature of a built-in type for each key
            description=f"{say_zh}{BETWEEN_LANGUAGES}{en}",
            json_schema_extra=cast("Any", meta),
        )
    return Field(default=default, description=f"{say_zh}{BETWEEN_LANGUAGES}{en}", json_schema_extra=cast("Any", meta))


def zh_name(keys: type[Keys], name: str) -> str:
    """Return the Chinese alias of a key, empty when it has none."""
    return str(_meta(keys, name)["zh"])


def chinese_names(keys: type[Keys], name: str) -> tuple[str, ...]:
    """Return every Chinese name that a key may be written with, the one that is offered first."""
    return tuple(filter(None, (zh_name(keys, name), str(_meta(keys, name)["old"]))))


def is_needed(keys: type[Keys], name: str) -> bool:
    """Tell whether a key must be given."""
    return bool(_meta(keys, name)["needed"])


def _meta(keys: type[Keys], name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", keys.model_fields[name].json_schema_extra)
