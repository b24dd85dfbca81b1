"""Two stops of which one is too much, and too many of a kind."""

from printkit.copydesk.rule import Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="marks-clash",
    clause="GB/T 15834 4.2.3, 4.3.3",
    title=Say("stops that do not stand together", "点号不能连用"),
    rationale=Say(
        "A comma follows no full stop; of ！ and ？ three at most stand together.",
        "句末点号后不接逗号；叹号、问号最多连用三个。",
    ),
    wrong="走了。，又来了",
    right="走了。又来了",
    marks="，、；：。！？",
    look=each_match(
        "[，、；：][，、；：。！？](?<!，，)(?<!、、)(?<!；；)(?<!：：)|[。！？][，、；：]|！{4,}|？{4,}|。[！？]"
    ),
)
