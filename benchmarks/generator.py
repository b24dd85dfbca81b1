"""Dense editions for measuring: seeded, invented text, pages of four stories and two photographs.

A page is tabloid: five columns with 5 mm gutters, 7/9 pt, about 6,550 Han, every story placed by `at`.
The text is made of invented phrases; no sentence stands twice on a page.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

WHO = ("车间主任", "班组长", "工会干事", "调度员", "电焊工", "仓库保管员", "质检员", "叉车司机", "护士长", "环卫工人", "绿化养护员",
        "地铁检修工", "快递员", "食堂师傅", "数控技师", "退休老职工", "法律援助律师", "街道工会主席", "新入职的大学生", "安全员")  # fmt: skip
WHERE = ("北坡工业园", "临水码头", "梧桐街道", "三号车间", "东岭物流港", "旧船厂", "云溪社区", "职工书屋", "技能实训基地", "暖心驿站",
          "城南工地", "调度中心", "第二食堂", "青石桥泵站", "松林变电站", "老纺织厂", "软件园西区", "会展中心", "培训教室", "职工之家")  # fmt: skip
DID = ("带着徒弟把设备拆开又装好", "整理出一本操作手册", "把建议写在意见簿上", "组织大家学习急救知识", "为晚归的同事留了一盏灯",
        "把节约下来的材料登记入账", "在例会上讲了自己的体会", "连续多日守在抢修现场", "请来老师傅讲绝活", "挨家走访困难职工家庭",
        "修改了排班办法", "把隐患照片贴在公告栏", "牵头成立了攻关小组", "给外地职工办了借书证", "把比武的题目搬到了生产线旁",
        "算清了一笔成本账", "帮新人熟悉岗位流程", "核对了高温津贴的发放名单", "完成了年度体检的登记", "和企业坐下来协商工资")  # fmt: skip
RESULT = ("废品率降了下来", "排队的时间缩短了一半", "大家心里更踏实", "周围的单位也来取经", "意见箱里的纸条少了", "参加的人越来越多",
           "工期比计划提前", "用电量明显减少", "年轻人愿意留下来", "交接班不再手忙脚乱", "家属也放了心", "孩子们有了写作业的地方",
           "维修费用省了不少", "门口的长队不见了", "答复的时间有了准数", "新办法写进了制度")  # fmt: skip
SAID = ("这件事说小也小，说大也大", "规矩定下来，人就有了底气", "不怕问题多，就怕没人问", "机器会老，手艺不能丢", "大家的事，大家商量着办",
         "能用一颗螺丝解决的，不用两颗", "把饭做热，把话说明白", "多跑一趟，别人就少跑一趟")  # fmt: skip
WHEN = (
    "清早",
    "午休时",
    "入夜以后",
    "大雨过后",
    "连着三个周末",
    "年初",
    "交接班的间隙",
    "上个月",
    "开工第一天",
    "盘点那天",
)


class Seed:
    """A stream of choices that depends on its name alone."""

    def __init__(self, name: str) -> None:
        """Start the stream."""
        self._name = name
        self._count = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 to under the limit."""
        self._count += 1
        digest = hashlib.sha256(f"{self._name}/{self._count}".encode()).digest()
        return int.from_bytes(digest[:6], "big") % limit

    def pick(self, choices: tuple[str, ...]) -> str:
        """Return one of some choices."""
        return choices[self.below(len(choices))]


def _sentence(seed: Seed) -> str:
    who, where, did, result = seed.pick(WHO), seed.pick(WHERE), seed.pick(DID), seed.pick(RESULT)
    kind = seed.below(6)
    number = 2 + seed.below(97)
    if kind == 0:
        return f"{seed.pick(WHEN)}，{where}的{who}{did}，{result}。"
    if kind == 1:
        return f"“{seed.pick(SAID)}。”在{where}，{who}这样对记者说。"
    if kind == 2:
        return f"据统计，{where}先后有{number}人参加，{number * 3 % 89 + 1}个班组报名，{who}{did}，结果{result}。"
    if kind == 3:
        return f"{who}{did}；{seed.pick(WHO)}则{seed.pick(DID)}，于是{result}。"
    if kind == 4:
        return f"从《{where}守则》到现场，{who}只用了{number}天：{did}、{seed.pick(DID)}，{result}。"
    return f"谁来做？怎么做？{where}的办法是：{who}{did}——{result}。"


def text(name: str, characters: int) -> Iterator[str]:
    """Yield paragraphs of about 60 to 180 characters, so many characters in all; no sentence twice."""
    seed = Seed(name)
    used: set[str] = set()
    left = characters
    while left > 0:
        wanted = min(left, 60 + seed.below(120))
        paragraph = ""
        while len(paragraph) < wanted:
            sentence = _sentence(seed)
            if sentence not in used:
                used.add(sentence)
                paragraph += sentence
        left -= len(paragraph)
        yield paragraph


_PLACES = (
    # column, row, columns, rows, level, characters, picture columns
    (1, 1, 3, 62, 2, 1780, 2),
    (4, 1, 2, 62, 3, 1730, 0),
    (1, 63, 2, 51, 3, 1370, 0),
    (3, 63, 3, 51, 3, 1490, 2),
)


def photograph(path: Path, name: str) -> None:
    """Draw a stand-in for a photograph: soft grey bands, 900 × 600, seeded by its name."""
    seed = Seed(name)
    small = Image.new("RGB", (18, 12))
    small.putdata([(90 + seed.below(120), 90 + seed.below(110), 90 + seed.below(100)) for _ in range(18 * 12)])
    small.resize((900, 600), Image.Resampling.BICUBIC).save(path, quality=80)


def write_edition(folder: Path, pages: int, seed: str = "dense") -> Path:
    """Write an edition of so many dense pages and return its edition file."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    (folder / "images").mkdir(exist_ok=True)
    (folder / "paper.yaml").write_text(
        "name: 稠密测试报\npage_size: tabloid\nstylesheets: [dense.css]\n", encoding="utf-8"
    )
    (folder / "dense.css").write_text(
        ":root{--gutter:5mm;--body-size:7pt;--body-leading:9pt;--margin-side:15mm;--margin-top:18mm;--margin-foot:12mm}\n",
        encoding="utf-8",
    )
    lines = ["paper: paper.yaml", "date: 2024-03-05", "issue: 1", "pages:"]
    for page in range(1, pages + 1):
        lines += [f"  - number: {page}", "    layout: auto", "    name: 测试", "    stories:"]
        for index, (column, row, columns, rows, level, characters, picture) in enumerate(_PLACES):
            name = f"p{page}s{index}"
            lines += [
                f"      - article: articles/{name}.yaml",
                f"        level: {level}",
                f"        at: {{column: {column}, row: {row}, columns: {columns}, rows: {rows}}}",
            ]
            _write_article(folder, f"{seed}/{name}", name, characters, picture)
    (folder / "edition.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "edition.yaml"


def _write_article(folder: Path, seed_name: str, name: str, characters: int, picture: int) -> None:
    seed = Seed(seed_name + "/head")
    article = [f"headline: {seed.pick(WHERE)}的{seed.pick(WHO)}", f"deck: {seed.pick(SAID)}"]
    if picture:
        photograph(folder / "images" / f"{name}.jpg", seed_name)
        article += [
            "pictures:",
            f"  - file: ../images/{name}.jpg",
            f"    caption: {seed.pick(WHERE)}一景",
            f"    columns: {picture}",
        ]
    article.append("body: |")
    for paragraph in text(seed_name, characters):
        article += [f"  {paragraph}", ""]
    (folder / "articles" / f"{name}.yaml").write_text("\n".join(article), encoding="utf-8")
