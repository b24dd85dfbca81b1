"""The keys of an article: their Chinese names, their types, what they are for (`schema` says how they are used)."""

from typing import Annotated

from printkit.model.article import PicturePlace, PictureSide
from printkit.source.desk_keys import SilenceKeys
from printkit.source.keys import Keys, key
from printkit.source.picture_values import CropWord, Focuses, SafeArea
from printkit.source.values import (
    BoxPlaceWord,
    BoxWord,
    Copy,
    Flag,
    Heading,
    OptionalWord,
    Text,
    Texts,
    Whole,
    one_of,
)


class BylineKeys(Keys):
    """Who wrote a story."""

    role: Text = key("身份", "for example 本报记者", "如“本报记者”", default="")
    name: Text = key("姓名", "name", "姓名", default="", needed=True)


class PictureKeys(Keys):
    """A picture of an article."""

    file: Texts = key(
        "文件",
        "the picture's file: JPEG, PNG, WebP, TIFF, SVG or PDF; a list is a group with one caption",
        "图片文件：JPEG、PNG、WebP、TIFF、SVG 或 PDF；写成列表即为合用图注的一组",
        default=(),
        needed=True,
    )
    caption: Text = key("图注", "caption", "图注", default="")
    credit: Text = key("摄影", "credit, set as written", "摄影者，照原样排", default="")
    alt: Texts = key(
        "替代文字",
        "what the picture shows, for those who cannot see it; of a group one each; default: the caption",
        "替代文字，成组时一图一条；默认为图注",
        default=(),
    )
    columns: Annotated[int | None, Whole(1, 99)] = key(
        "占栏", "how many columns wide; left out: make-up chooses", "占几栏；不写则自动"
    )
    focus: Focuses | None = key(
        "焦点",
        "the point that cropping keeps, from the left and from the top, 0 to 1; of a group one, or one each",
        "裁剪时保留的点：从左、从上，0 到 1；成组时可一图一点",
    )
    crop: Annotated[CropWord | None, one_of(CropWord)] = key(
        "裁图",
        "none (never cropped: a chart, a cartoon) or auto (as far as the style's --picture-crop)",
        "none（绝不裁切，如图表、漫画）或 auto（按样式的 --picture-crop）",
    )
    place: Annotated[PicturePlace | None, one_of(PicturePlace)] = key(
        "位置",
        "lead (at the story's top), inside (in the columns), foot, wrap (text of its column beside it), "
        "head (over the headline) or under (the headline stands on it, in `safe`)",
        "lead（稿件顶部）、inside（栏内）、foot（稿件底部）、wrap（栏内文字绕排）、head（题图，在标题之上）"
        "或 under（压图，标题压在图上的压题区 safe 里）",
    )
    side: Annotated[PictureSide | None, one_of(PictureSide)] = key(
        "左右",
        "left, center or right of the story, or of its column; left out: as the style has it",
        "left（靠左）、center（居中）或 right（靠右）；不写则依样式",
    )
    safe: SafeArea | None = key(
        "压题区",
        "with `under`: where the headline may stand on the picture: left, top, width, height, 0 to 1",
        "用于 under：标题可压在图上何处：左、上、宽、高，0 到 1",
    )
    cutout: Flag | None = key(
        "抠图",
        "whether it was cut out: the text beside it follows its outline (its alpha); it is a `wrap` picture then",
        "是否抠图：文字沿图形轮廓（透明通道）绕排，位置即 wrap",
    )
    paragraph: Annotated[int | None, Whole(1, 999)] = key(
        "段落",
        "with `wrap`: the paragraph of the body beside which the picture begins; left out: the first",
        "用于 wrap：从正文第几段起绕排；不写则第一段",
    )


class SectionKeys(Keys):
    """One headed part of a story."""

    name: Text = key("姓名", "name of the person", "姓名", default="")
    title: Text = key("职务", "the person's office", "单位职务", default="")
    portrait: Text = key("照片", "the person's portrait: a picture file", "照片文件", default="")
    headline: Heading = key("主标题", "headline of the part", "小标题", default="", old="主题")
    body: Copy | None = key("正文", "the text", "正文", needed=True)


class BoxKeys(Keys):
    """A box inside a story."""

    kind: Annotated[BoxWord | None, one_of(BoxWord)] = key(
        "类别",
        "what it is: link (链接), after (编后), data (资料) or related (相关)",
        "link（链接）、after（编后）、data（资料）或 related（相关）",
        needed=True,
    )
    headline: Heading = key("主标题", "its headline", "附文的标题", default="")
    body: Copy | None = key("正文", "the text", "正文", needed=True)
    place: Annotated[BoxPlaceWord | None, one_of(BoxPlaceWord)] = key(
        "位置",
        "foot (at the foot of the last columns), side (at the top of the last column) or inside (in the text)",
        "foot（末几栏下部）、side（末栏上部）或 inside（正文中间）；默认 foot",
    )


class NoticeKeys(Keys):
    """A notice or classified."""

    title: Text = key("标题", "its title, for example 遗失声明", "如“遗失声明”", default="")
    body: Copy | None = key("正文", "the text", "正文", needed=True)


class ArticleKeys(Keys):
    """One article."""

    kicker: Heading = key(
        "引题", "line above the headline, or a list of lines", "引题：一行，或一行一项的列表", default=""
    )
    headline: Heading = key(
        "主标题", "headline, or a list of its lines", "主标题：一行，或一行一项的列表", default="", old="主题"
    )
    deck: Heading = key(
        "副题", "line below the headline, or a list of lines", "副题：一行，或一行一项的列表", default=""
    )
    brief: Flag | None = key("简讯", "whether it is a brief, which needs no headline", "是否简讯（可以没有标题）")
    jump_headline: Heading = key(
        "转版题",
        "headline over the part on the other page; default: the headline",
        "转版后的标题；默认为主标题",
        default="",
    )
    optional: list[Annotated[OptionalWord, one_of(OptionalWord)]] = key(
        "可省", "what make-up may leave out", "组版时可省去的部分", default=list
    )
    byline: list[BylineKeys] = key("作者", "who wrote it: role and name", "作者：身份和姓名", default=list)
    dateline: Text = key("电头", "dateline", "电头", default="")
    editor_note: Copy | None = key("编者按", "note of the editors", "编者按")
    body: Copy | None = key(
        "正文",
        "the text: paragraphs and tables parted by blank lines; `~ ` a line of verse, `>> ` right, `<< ` flush, `^ ` centred",
        "正文：段落、表格之间空一行；`~ ` 诗行，`>> ` 居右，`<< ` 顶格，`^ ` 居中",
    )
    sections: list[SectionKeys] = key(
        "分述", "headed parts, each with its portrait", "分述：各有姓名、照片和正文", default=list
    )
    pictures: list[PictureKeys] = key("图片", "pictures", "图片", default=list)
    pull_quote: Text = key(
        "引语",
        "a sentence of the story, set large near its middle",
        "引语，在正文中部用大字排",
        default="",
        old="摘句",
    )
    boxes: list[BoxKeys] = key(
        "附文", "boxes inside the story, beside its text", "附文：稿件里的链接、编后、资料、相关", default=list
    )
    notices: list[NoticeKeys] = key(
        "启事",
        "notices and classifieds, each undivided in small type; they fill the story alone",
        "启事、分类广告：各自整块用小字排；有启事的稿件不能有正文",
        default=list,
    )
    lint: list[SilenceKeys] = key(
        "校核", "rules of the copy desk that are silent, and why", "不再提示的校核规则及理由", default=list
    )
    source: Text = key("来源", "source", "来源", default="")
    keywords: list[Text] = key("关键词", "keywords", "关键词", default=list)
