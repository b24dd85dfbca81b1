"""Other points in the place of the interpunct."""

from printkit.copydesk.rule import HAN, Mend, Rule, each_match
from printkit.diagnostics import Say

check = Rule(
    id="interpunct-form",
    clause="GB/T 15834 4.14",
    title=Say("interpunct of another form", "间隔号形式不对"),
    rationale=Say("Between the parts of a name stands U+00B7.", "外国人名等的间隔号用“·”（U+00B7）。"),
    wrong="列夫•托尔斯泰",
    right="列夫·托尔斯泰",
    mend=Mend.SAFE,
    marks="•・‧∙",
    look=each_match(rf"(?<={HAN})[•・‧∙](?={HAN})", "·"),
)
