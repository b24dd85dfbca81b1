"""The keys of the paper's e-paper, `site` in paper.yaml."""

from typing import Annotated

from printkit.source.keys import Keys, key
from printkit.source.values import Flag, PackWord, SiteAddress, Text, WebAddress, one_of


class SiteLinkKeys(Keys):
    """A link at the foot of every page of the e-paper."""

    name: Text = key("名称", "what it is called", "名称", default="", needed=True)
    url: WebAddress = key("网址", "its address", "网址", default="", needed=True)


class SiteKeys(Keys):
    """The paper's e-paper."""

    base_url: SiteAddress = key(
        "",
        "address that the site stands at, for feeds, QR codes and canonical links",
        "网站的地址，供订阅、二维码等使用",
        default="",
    )
    hosted_by: Text = key(
        "主办单位", "who runs the site, at the foot of every page", "网站主办单位，写在每页页脚", default=""
    )
    contact: Text = key("联系", "how to reach them: address, phone, mail", "联系方式：地址、电话、邮箱", default="")
    copyright: Text = key("版权", "the line on rights", "版权声明", default="")
    icp: Text = key("备案号", "the ICP number, linked to its register", "ICP 备案号，链接到备案系统", default="")
    police_record: Text = key(
        "公安备案", "the number of the police's register, linked to it", "公安备案号，链接到备案系统", default=""
    )
    links: list[SiteLinkKeys] = key("链接", "links at the foot of every page", "页脚的链接", default=list)
    pack: Annotated[PackWord | None, one_of(PackWord)] = key(
        "打包",
        "what an issue's ZIP holds: `full`; `small`: no pictures of pages, and no story's reprint by itself",
        "每期 ZIP 的内容：full（全）；small（小）：不含版面图和单篇剪报、大字版",
    )
    wechat: Flag | None = key(
        "微信",
        "whether pictures and copy for WeChat are made; `true` unless given",
        "是否生成微信长图、头图和公众号文稿，默认为 true",
    )
    offline: Flag | None = key(
        "离线",
        "whether browsers keep the last three issues, to be read without a network; over https alone",
        "浏览器是否保存最近三期，断网也能看；仅限 https",
    )
