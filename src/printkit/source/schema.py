"""The keys of the three files: their Chinese names, their types, what they are for.

These pydantic models check values, and `printkit.source.jsonschema` makes of them what editors complete from.
Their instances never leave `source`. Every key may be missing here: `document` tells which are needed, so that
one fault hides no other.
"""

from typing import Annotated, Literal

from pydantic import Tag

from printkit.diagnostics import Say
from printkit.model.story_look import BylinePlace, Direction, HeadAlign, Side
from printkit.source.article_keys import ArticleKeys
from printkit.source.desk_keys import SilenceKeys
from printkit.source.keys import Keys, key
from printkit.source.press_values import Bleed, InkLimit, PressColour, ScreenColour
from printkit.source.site_keys import SiteKeys
from printkit.source.values import (
    Blank,
    ColourWord,
    Date,
    Flag,
    FolderName,
    FrameWord,
    Gap,
    InterpunctWidth,
    Language,
    Length,
    PageNumber,
    PageNumbers,
    PageSizeWord,
    PagesWord,
    ProhibitionWord,
    PunctuationWord,
    StoryId,
    Stretch,
    Text,
    Whole,
    either,
    one_of,
)


class PageSizeKeys(Keys):
    """A page size of the paper's own."""

    width: Length = key(
        "", "width of the trimmed page, with its unit", "版面宽（成品尺寸），带单位", default=0, needed=True
    )
    height: Length = key(
        "", "height of the trimmed page, with its unit", "版面高（成品尺寸），带单位", default=0, needed=True
    )


class GapKeys(Keys):
    """The gap between Han and Latin letters or digits."""

    latin: Gap | None = key("", "between Han and Latin letters, as `1/8em`", "汉字与西文字母之间，如 1/8em")
    digit: Gap | None = key("", "between Han and digits", "汉字与数字之间")


class CompositionKeys(Keys):
    """How text is composed."""

    prohibition: Annotated[ProhibitionWord | None, one_of(ProhibitionWord)] = key(
        "禁则", "marks kept off line starts and ends", "行首行尾禁则"
    )
    punctuation: Annotated[PunctuationWord | None, one_of(PunctuationWord)] = key(
        "标点", "widths of marks", "标点风格：全角、开明、半角、行末半角"
    )
    han_latin_gap: GapKeys | None = key("中西间距", "gaps between Han and Latin or digits", "汉字与西文、数字的间距")
    hanging: Flag | None = key("悬挂", "whether marks may hang outside the line", "标点是否悬挂")
    interpunct: InterpunctWidth | None = key(
        "间隔号", "width of the interpunct, from 1/2em to 1em", "间隔号的宽，1/2em 到 1em"
    )
    least_blank: Blank | None = key(
        "句内点号留空", "blank that ，、；： keep in a tight line, up to 1/2em", "挤行时，、；：至少留的空，最多 1/2em"
    )
    stop_blank: Blank | None = key(
        "句末点号留空", "the same of 。．？！; default: as `least_blank`", "挤行时。．？！至少留的空；默认同上"
    )


class PrintKeys(Keys):
    """What the press asks for."""

    profile: Text = key(
        "特性文件",
        "the press's own ICC profile, a file; default: newsprint as printkit models it",
        "印刷厂的 ICC 特性文件；默认用内置的新闻纸特性文件",
        default="",
    )
    bleed: Bleed | None = key(
        "出血", "how far pictures and tints reach over the trim, up to 20mm", "出血，最多 20mm；默认 3mm"
    )
    tac: InkLimit | None = key(
        "总墨量", "most ink of the four plates together, 100% to 400%", "四色总墨量上限，100% 到 400%；默认 220%"
    )
    ppi: Annotated[int | None, Whole(72, 1200)] = key(
        "分辨率", "resolution of pictures, pixels per inch", "图片分辨率，每英寸像素；默认 200"
    )


class AccentKeys(Keys):
    """A colour of a section's own."""

    screen: ScreenColour = key(
        "屏幕", 'on screens, as `"#0b4f8a"`, in quotes', '屏幕上的颜色，如 "#0b4f8a"，加引号', default="", needed=True
    )
    press: PressColour | None = key(
        "印刷",
        "for the press: cyan, magenta, yellow and black from 0 to 1, as `1 0.6 0 0.2`",
        "印刷用色：青、品红、黄、黑，各为 0 到 1，如 1 0.6 0 0.2",
        needed=True,
    )


class SectionKeys(Keys):
    """What the pages of one name show."""

    emblem: Text = key(
        "刊头", "a picture that stands in the folio: SVG, PNG …", "排在版头里的刊头图片：SVG、PNG 等", default=""
    )
    accent: AccentKeys | None = key("强调色", "colour of the page's rules and tints", "本版线条、底纹的颜色")


class PaperKeys(Keys):
    """A newspaper: what stays the same from issue to issue."""

    name: Text = key("报名", "name of the paper", "报纸名称", default="", needed=True)
    masthead: Text = key(
        "报头", "a picture of the masthead (SVG, PNG …), or its text", "报头图片（SVG、PNG 等），或报头文字", default=""
    )
    subtitle: Text = key("报头副题", "line with the masthead", "报头下的一行字", default="")
    issn_cn: Text = key("刊号", "CN number", "国内统一连续出版物号", default="")
    publisher: Text = key("出版单位", "publisher", "出版单位", default="")
    address: Text = key("地址", "address", "地址", default="")
    postcode: Text = key("邮编", "postcode", "邮政编码", default="")
    phone: Text = key("电话", "phone", "电话", default="")
    price: Text = key("定价", "price", "定价", default="")
    postal_code: Text = key("邮发代号", "number at the post office", "邮发代号", default="")
    printer: Text = key("承印", "printer", "承印单位", default="")
    ad_licence: Text = key("广告许可", "licence for advertisements", "广告经营许可证号", default="")
    pinyin: Text = key("拼音", "the paper's name in pinyin, under the masthead", "报名的拼音，排在报头下", default="")
    supervisor: Text = key("主管", "authority over the sponsor", "主管单位", default="")
    sponsor: Text = key(
        "主办单位",
        "sponsor, under the masthead where there is no `subtitle`",
        "主办单位；没有报头副题时排在报头下",
        default="",
        old="主办",
    )
    chief_editor: Text = key("总编辑", "chief editor", "总编辑（社长）姓名", default="")
    printer_address: Text = key("印刷地址", "the printer's address", "印刷单位地址", default="")
    website: Text = key("网址", "the paper's website", "网址", default="")
    permit: Text = key("准印证", "permit of a paper for internal use", "内部资料准印证号", default="")
    recipients: Text = key("发送对象", "who is given a paper for internal use", "内部资料的发送对象", default="")
    print_run: Text = key("印数", "print run", "印数", default="")
    page_size: (
        Annotated[
            Annotated[Annotated[PageSizeWord, one_of(PageSizeWord)], Tag("text")]
            | Annotated[PageSizeKeys, Tag("mapping")],
            either("mapping", Say("the name of a size, or width and height", "开本名，或宽和高")),
        ]
        | None
    ) = key(
        "开本",
        "tabloid (270×390 mm), broadsheet (390×540 mm), or width and height",
        "四开（270×390 毫米）、对开（390×540 毫米），或自定宽、高",
    )
    stylesheets: list[Text] = key(
        "样式", "the paper's CSS files, after the built-in styles", "本报的 CSS 文件，在内置样式之后", default=list
    )
    composition: CompositionKeys | None = key("排版", "how text is composed", "排版规则")
    names: list[Text] = key(
        "专名", "names and words that no headline breaks inside", "标题断行时不拆开的人名、地名、专名", default=list
    )
    print: PrintKeys | None = key("印刷", "what the press asks for", "印刷参数")
    site: SiteKeys | None = key("网站", "the e-paper", "数字报")
    sections: dict[str, SectionKeys] = key(
        "版块", "emblem and accent of pages, by the page's name", "按版名写的刊头和强调色", default=dict
    )
    fillers: Text = key(
        "补白",
        "a folder of pictures for what stories leave free of automatic pages",
        "补白图片的文件夹，自动版面稿件不够时取用（公益广告等）",
        default="",
    )
    lint: list[SilenceKeys] = key(
        "校核", "rules of the copy desk that are silent, and why", "不再提示的校核规则及理由", default=list
    )
    language: Language = key("语言", "language of the paper", "语言", default="zh-CN")


class AtKeys(Keys):
    """A place on the page grid."""

    column: Annotated[int, Whole(1, 99)] = key(
        "起栏", "first column, from 1", "起始栏，从 1 数", default=0, needed=True
    )
    row: Annotated[int, Whole(1, 999)] = key(
        "起行", "first line of the body grid, from 1", "起始行（正文行），从 1 数", default=0, needed=True
    )
    columns: Annotated[int, Whole(1, 99)] = key("占栏", "how many columns", "占几栏", default=0, needed=True)
    rows: Annotated[int, Whole(1, 999)] = key("占行", "how many lines", "占几行", default=0, needed=True)


class SizeKeys(Keys):
    """The size of an advertisement as it was booked."""

    columns: Annotated[int, Whole(1, 99)] = key("占栏", "how many columns", "占几栏", default=0, needed=True)
    rows: Annotated[int, Whole(1, 999)] = key("占行", "how many lines", "占几行", default=0, needed=True)


class JumpKeys(Keys):
    """Where the rest of a story goes."""

    page: PageNumber = key("版次", "number of the page", "版次", default="", needed=True)
    slot: Text = key("版位", "slot of its layout; left out: the first free one", "版位；不写则取空位", default="")


class HeadLookKeys(Keys):
    """How a story's headline block stands."""

    direction: Annotated[Direction | None, one_of(Direction)] = key(
        "方向", "`vertical` for a headline that runs down beside its text", "横题（horizontal）或竖题（vertical）"
    )
    side: Annotated[Side | None, one_of(Side)] = key(
        "位置", "`left` or `right`: where a vertical headline stands", "竖题在左（left）或在右（right）"
    )
    align: Annotated[HeadAlign | None, one_of(HeadAlign)] = key(
        "对齐",
        "`start`, `center`, or `justify`: the headline set out to its full measure",
        "齐头（start）、居中（center）或撑满（justify）",
    )
    columns: Annotated[int | None, Whole(1, 99)] = key("占栏", "columns that it covers", "标题占几栏")
    stretch: Stretch | None = key(
        "变形",
        "80% to 120%: height of the headline's characters to their width",
        "80% 到 120%，字高与字宽之比：大于 100% 为长字，小于 100% 为扁字",
    )


class LookKeys(Keys):
    """A story's own look."""

    head: HeadLookKeys | None = key("标题", "how the headline block stands", "标题的排法")
    byline: Annotated[BylinePlace | None, one_of(BylinePlace)] = key(
        "署名",
        "`head`, `tail` (after the text) or `dateline`",
        "署在题下（head）、文末（tail）或电头后（dateline）",
    )
    columns: Annotated[int | None, Whole(1, 20)] = key(
        "分栏", "text columns, fewer or more than the slot's", "正文分几栏，可少于或多于版位的栏数（破栏、变栏）"
    )
    crop: Annotated[Literal["none"] | None, one_of(Literal["none"])] = key(
        "裁图", "`none`: its pictures stand whole", "none：图片一律不裁"
    )


class MemberKeys(Keys):
    """A story: one under a common head (组合报道), and what every entry of a page shares with it."""

    article: Text = key("稿", "the article's file", "稿件文件", default="")
    level: Annotated[int | None, Whole(1, 5)] = key(
        "级别", "1 (lead) to 5 (brief); decides the headline's size", "1（头条）到 5（简讯），决定标题字号"
    )
    id: StoryId = key(
        "编号",
        "name of the story, unique in the edition; default: the file's name",
        "稿件编号，全期唯一；默认为文件名",
        default="",
    )
    frame: Annotated[FrameWord | None, one_of(FrameWord)] = key(
        "框",
        "`box`, `tint`, `lace`, `corner` (its kicker in the frame's rule) or `reverse` (its head in white on colour)",
        "加框（box）、底纹（tint）、花边（lace）、角题（corner，引题嵌在框线上）、反白（reverse，标题反白）",
    )
    look: LookKeys | None = key(
        "样貌", "a look of its own: headline, byline, text columns", "本篇自己的样貌：标题、署名、分栏"
    )
    index: Flag | None = key("导读", "whether it stands in the front page's index", "是否列入头版导读")


class StoryKeys(MemberKeys):
    """An entry of a page: a story, a group of stories, or an advertisement."""

    slot: Text = key(
        "版位", "a slot of the layout; left out: the first free one", "版式中的版位；不写则按顺序取空位", default=""
    )
    jump_to: (
        Annotated[
            Annotated[PageNumber, Tag("text")] | Annotated[JumpKeys, Tag("mapping")],
            either("mapping", Say("a page number, or page and slot", "版次，或版次和版位")),
        ]
        | None
    ) = key("转版", "the page on which the story goes on, or its page and slot", "转到哪一版，或其版次和版位")
    members: list[MemberKeys] = key(
        "成员",
        "the stories under this article's headings, side by side",
        "组合报道的各篇稿件，在本稿的标题之下并排",
        default=list,
    )
    with_: StoryId = key(
        "配", "the story of its page that it is to touch, by its `id`", "与同版哪篇稿件相邻，写其编号", default=""
    )
    at: AtKeys | None = key(
        "位置",
        "a place on the grid of an automatic page; without it a story finds its own",
        "在自动版面网格上的位置；不写则自动组版",
    )
    ad: Text = key(
        "广告",
        "an advertisement's file: PDF, SVG or a picture; or `reserved` for a place kept free",
        "广告文件：PDF、SVG 或图片；或 reserved（留位）",
        default="",
    )
    size: SizeKeys | None = key(
        "大小",
        "the columns and lines that an advertisement was booked with; it finds its place on an automatic page",
        "广告预订的栏数和行数；在自动版面上自己排位",
    )
    alt: Text = key(
        "替代文字",
        "what an advertisement shows, for those who cannot see it",
        "广告的替代文字；默认为“广告”",
        default="",
    )


class PageKeys(Keys):
    """One page of the edition."""

    number: PageNumbers = key(
        "版次",
        "a number, or up to four letters and digits; of two facing pages as one sheet both: `[4, 5]`",
        "版次：数字，或最多四个字母和数字；跨版写两个版次：[4, 5]",
        default="",
        needed=True,
    )
    name: Text = key("版名", "name of the page", "版名", default="")
    layout: FolderName = key(
        "版式", "a folder in layouts/, or `auto`", "layouts/ 里的文件夹，或 auto", default="", needed=True
    )
    duty: dict[str, Text] = key(
        "责任", "who answers for the page: office and name", "责任编辑、美术编辑、校对等及其姓名", default=dict
    )
    stories: list[StoryKeys] = key("稿件", "the page's stories", "本版稿件", default=list)


class PoolKeys(MemberKeys):
    """A story without a page, and what it wishes of the page that it finds."""

    page: Text = key(
        "版次", "the page that it has to stand on: its number or its name", "必须上哪一版：版次或版名", default=""
    )
    not_before: PageNumber = key("不早于", "no page before this one", "不早于哪一版", default="")
    with_: StoryId = key(
        "配", "the story beside which it belongs, by its `id`", "与哪篇稿件同版相配，写其编号", default=""
    )
    at: AtKeys | None = key("位置", "a place on the grid of its `page`", "在所写版次的网格上的位置")


class EditionKeys(Keys):
    """One issue of the paper."""

    paper: (
        Annotated[
            Annotated[Text, Tag("text")] | Annotated[PaperKeys, Tag("mapping")],
            either("mapping", Say("the file paper.yaml, or the paper's own keys", "paper.yaml 文件，或报纸的各个键")),
        ]
        | None
    ) = key(
        "", "the file paper.yaml, or the paper's keys given here", "paper.yaml 文件，或直接写报纸的各个键", needed=True
    )
    date: Date | None = key("日期", "date of the issue, as 2024-01-10", "出版日期，如 2024-01-10", needed=True)
    issue: Text = key("期号", "number of the issue", "期号", default="")
    colour: Annotated[ColourWord | None, one_of(ColourWord)] = key(
        "套色", "`red`: name and lead headline of the front page in red (套红)", "red（红）：头版报头、头条标题套红"
    )
    pages: Annotated[
        Annotated[Annotated[PagesWord, one_of(PagesWord)], Tag("text")] | Annotated[list[PageKeys], Tag("list")],
        either("list", Say("a list of pages, or `auto`", "版面的列表，或 auto")),
    ] = key(
        "版面",
        "the pages in order; `auto`: as many automatic pages as the pool fills",
        "各版，按顺序；auto（自动）：待编稿件够几版就排几版",
        default=list,
        needed=True,
    )
    pool: list[PoolKeys] = key(
        "待编", "stories without a page, each of which finds one", "未定版的稿件，自动分到各版", default=list
    )


FILES: dict[str, type[Keys]] = {"paper": PaperKeys, "edition": EditionKeys, "article": ArticleKeys}
"""The three files by name."""
