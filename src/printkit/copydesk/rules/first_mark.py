"""A paragraph that begins with a mark that ends."""

from printkit.copydesk.rule import PROSE, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="first-mark",
    clause="GB/T 15834 5.1.8",
    title=Say("a mark that ends stands first", "段首出现句读或后引号"),
    rationale=Say("Something before it has been lost.", "前面大约漏了字。"),
    wrong="，他转身走了。",
    parts=PROSE,
    marks="，。；：！？、）”》",
    look=each_match("^[，。；：！？、）”》]"),
)
