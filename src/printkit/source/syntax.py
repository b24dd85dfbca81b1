"""What went wrong in YAML that cannot be parsed, said as an editor needs to hear it.

In goes PyYAML's error and the text; out come the place to look at, a message and the next step. The
parser's own words ("could not find expected ':'") never reach the editor.
"""

import re

import yaml

from printkit.diagnostics import Say

_KEY_SLIP = re.compile(r"\s*(?:- +)?(\w{1,20})(：|:(?=\S))")

_COLON = Say("a full-width colon stands after the key", "键后是全角冒号")
_COLON_HINT = Say("write the half-width `:` and a space: `key: value`", "请改为半角冒号加一个空格：“键: 值”")
_TIGHT = Say("there is no space after the `:`", "冒号后没有空格")
_TIGHT_HINT = Say("write `key: value`", "请写“键: 值”")
_TAB = Say("a tab stands where YAML wants spaces", "这里用了制表符（Tab），YAML 只能用空格")
_TAB_HINT = Say("indent with spaces, two for each level", "请用空格缩进，每层两个")
_INDENT_HINT = Say(
    "indent keys of one level alike, and text below its key by two more spaces",
    "同一层的键缩进要一致，正文比它的键多缩进两格",
)
_QUOTE_HINT = Say("put the whole text in single quotes: '…'", "请给整段文字加单引号：'…'")


def explain(error: yaml.MarkedYAMLError, text: str, keys: frozenset[str]) -> tuple[int, Say, Say]:
    """Return the offset to show, what is wrong there and what to do; `keys` are all that the formats know."""
    problem = error.problem or ""
    context = error.context or ""
    offset = error.problem_mark.index if error.problem_mark else 0
    begun = error.context_mark.index if error.context_mark else offset
    if "tab character" in problem or _is_tab(text, offset):
        return _offset_of_tab(text, offset), _TAB, _TAB_HINT
    if found := _wrong_colon(text, (begun, offset), keys):
        return found
    if "cannot start any token" in problem:
        mark = text[offset : offset + 1]
        return offset, Say(f"a text cannot begin with `{mark}`", f"文字不能以“{mark}”开头"), _QUOTE_HINT
    if "quoted scalar" in context:
        return _explain_quoted(problem, offset, begun)
    return _explain_structure(problem, context, text, offset, begun)


_COMMENT = re.compile(r":\s(?=#[^\n]*\n)")


def _explain_quoted(problem: str, offset: int, begun: int) -> tuple[int, Say, Say]:
    if "Unicode character escape" in problem:
        message = Say(
            "the escape is no character (half of a surrogate pair, or beyond Unicode)",
            "这个转义不是字符（半个代理对，或超出 Unicode）",
        )
        return offset, message, Say("write the character itself", "请直接写出字符本身")
    if "escape" in problem:
        message = Say("this escape is unknown in double quotes", "双引号里没有这种转义")
        hint = Say("write `\\\\` for a backslash, or use single quotes", "反斜杠请写“\\\\”，或改用单引号")
        return offset, message, hint
    message = Say("the quote that opens here is never closed", "这里的引号没有结束")
    return begun, message, Say("add the closing quote", "请补上后一半引号")


def _explain_structure(problem: str, context: str, text: str, offset: int, begun: int) -> tuple[int, Say, Say]:
    if "alias" in context or "anchor" in context or "tag" in context:
        mark = text[begun : begun + 1]
        return begun, Say(f"a text cannot begin with `{mark}`", f"文字不能以“{mark}”开头"), _QUOTE_HINT
    if "block scalar" in context:
        message = Say("nothing may follow `|` or `>` on its line", "“|”或“>”后面，本行不能再有文字")
        return offset, message, Say("begin the text on the next line, indented", "请从下一行开始写正文，并缩进")
    if "mapping values are not allowed" in problem:
        message = Say(
            "a second `: ` stands in this line, or the line is indented too far", "本行有第二个“: ”，或缩进过多"
        )
        return offset, message, Say("put text that holds `: ` in single quotes: '…'", "含“: ”的文字请加单引号：'…'")
    if "simple key" in context:
        message = Say("this line is neither a key nor indented text", "这一行既不是键，也不是缩进的正文")
        return begun, message, _INDENT_HINT
    line_before = text[text.rfind("\n", 0, offset) + 1 : offset]
    if "block mapping" in context and re.search(r": +([\"']).*\1\s*$", line_before):
        message = Say("text follows the closing quote", "引号结束后还有文字")
        return offset, message, _QUOTE_HINT
    if "flow" in context and "，" in text[begun:offset].split("\n")[0]:
        message = Say("a full-width comma stands between the entries", "各项之间用了全角逗号")
        return text.index("，", begun), message, Say("write `, `", "请改为半角逗号加一个空格“, ”")
    starts = ((mark, text.rfind(mark, 0, offset)) for mark in "{[")
    comments = [(mark, found) for mark, at in starts if at >= 0 and (found := _COMMENT.search(text, at, offset))]
    if "flow" in context and comments:
        mark, comment = comments[0]
        message = Say(
            f"`#` begins a comment here, so that nothing closes the `{mark}`",
            f"“#”在这里是注释的开头，后面的“{'}' if mark == '{' else ']'}”不算数",
        )
        return comment.end(), message, Say('put the colour in quotes: `"#0b4f8a"`', '颜色请加引号："#0b4f8a"')
    if "flow" in context:
        message = Say("the `[` or `{` that opens here is never closed properly", "这里的“[”或“{”没有正确结束")
        return (
            begun,
            message,
            Say("close it; if it is text, put the text in single quotes", "请补上后一半；如果是文字，请加单引号"),
        )
    if "expected node content" in problem:
        mark = text[offset : offset + 1]
        return offset, Say(f"a text cannot begin with `{mark}`", f"文字不能以“{mark}”开头"), _QUOTE_HINT
    if "document start" in problem:
        message = Say("text follows the end of the document (`...`)", "文档结束（...）后还有文字")
        return offset, message, Say("delete the `...` line", "请删除“...”这一行")
    if "sequence entries are not allowed" in problem or "mapping keys are not allowed" in problem:
        message = Say("a list cannot begin on the line of its key", "列表不能和它的键写在同一行")
        hint = Say("begin it on the next line; put text that begins so in quotes", "请另起一行；如果是文字，请加引号")
        return offset, message, hint
    return offset, Say("the indentation fits no level above", "缩进和上面任何一层都对不上"), _INDENT_HINT


def _is_tab(text: str, offset: int) -> bool:
    line_start = text.rfind("\n", 0, offset) + 1
    return "\t" in text[line_start : offset + 1] and not text[line_start:offset].strip(" \t-")


def _offset_of_tab(text: str, offset: int) -> int:
    found = text.find("\t", text.rfind("\n", 0, offset) + 1)
    return found if found >= 0 else offset


def _wrong_colon(text: str, offsets: tuple[int, int], keys: frozenset[str]) -> tuple[int, Say, Say] | None:
    """Look for a known key without `: ` in the lines of the error and the line above, which YAML took for text."""
    for offset in offsets:
        start = text.rfind("\n", 0, offset) + 1
        above = text.rfind("\n", 0, max(start - 1, 0)) + 1
        for line_start in (start, above):
            slip = _KEY_SLIP.match(text, line_start)
            if slip and slip[1] in keys:
                return (slip.start(2), *((_COLON, _COLON_HINT) if slip[2] == "：" else (_TIGHT, _TIGHT_HINT)))
    return None
