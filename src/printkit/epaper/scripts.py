"""Values as the site's scripts load them: by ``<script src>``, which works from a server and from a folder alike."""

import json


def script_value(value: object) -> str:
    """Write a value as JavaScript: JSON, in which the two line ends that older engines end a string at are escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
