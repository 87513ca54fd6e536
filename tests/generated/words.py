"""What headings are made of: words that mean the form's own columns, and parts of which any other column is composed."""

import random
from dataclasses import dataclass

from tests.generated import office

TOWN = (
    *(
        "区镇",
        "区 镇",
        "区　镇",
        "镇街",
        "乡镇",
        "单位",
        "区\n镇",
        "镇（街道）",
        "乡镇（街道）",
        "区镇名称",
        "所属区镇",
        "填报单位",
    ),
)
VILLAGE = (
    *(
        "整村推进村",
        "整村推\n进 村",
        "村名",
        "行政村",
        "整村推进村名",
        "村",
        "村（社区）",
        "整村推进村名称",
        "所在村",
        "村居",
    ),
)
TARGET = (
    *(
        "目标任务",
        "目 标\n任 务",
        "目标任务数",
        "目标数",
        "目标",
        "任务数",
        "年度目标任务",
        "2023年目标任务",
        "年度任务",
        "下达任务数",
    ),
    *("2023年度目标任务", "年度目标", "全年任务"),
)
DONE = (
    *("完成情况", "完成情况", "完成数", "已完成", "累计完成", "完成", "累计完成数", "完成情况（累计）", "累计完成情况"),
    *(
        "截至{d}完成情况",
        "截至{d}累计完成",
        "已完成数",
        "截至{d}累计完成数",
        "完成情况（截至{d}）",
        "实际完成",
        "截止{d}完成情况",
    ),
    *(
        "至{d}累计完成",
        "截至2023年{d}累计完成",
        "截至目前完成情况",
        "目前累计完成",
        "累计已完成",
        "截至本周累计完成",
        "完成情况（截至2023年{d}）",
    ),
    *("完成情况(累计数)", "已完成情况", "截至{s}完成情况", "截至{d}止完成情况"),
)
NEW = ("新建", "新建", "新　建", "新\n建", "新建改造", "新建数", "其中：新建", "新建户厕")
OLD = ("整改", "整改", "整 改", "整\n改", "整改提升", "整改达标", "修缮", "整改数", "其中：整改", "整改户厕")
REMARK = ("备注", "备 注", "备注说明", "备　注")
ENGLISH = {"区镇": "Town", "整村推进村": "Village", "目标任务": "Target", "完成情况": "Completed", "新建": "New",
           "整改": "Renovated", "备注": "Remarks"}  # fmt: skip
UNITS = ("座", "户", "个")

TOTALS = (
    *(
        "合计",
        "合 计",
        "合　计",
        "小计",
        "总计",
        "总 计",
        "汇总",
        "合计：",
        "合计（座）",
        "合计(户)",
        "【合计】",
        "共计",
    ),
    *("{t}合计", "{t}小计", "{t}汇总", "{t} 汇总", "全镇合计", "全镇累计：", "全镇累计", "本镇合计", "Total", "总计："),
    *(
        "合计数",
        "小 计",
        "{t}（合计）",
        "合计/Total",
        "TOTAL",
        "合计（户、座）",
        "镇合计",
        "总  计（座）",
        "合计（{n}个村）",
        "全镇小计",
        "本页合计",
    ),
)
CODES = (
    ("甲", "乙", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20),
    ("A", "B", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19"),
    (*range(1, 22),),
    tuple(f"（{number}）" for number in range(1, 22)),
    tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    ("栏次", *range(1, 21)),
)

HARMLESS = (
    *("General", "General", "General", "0", "#,##0", "0_ ", '0"户"', '0"座"', '#,##0"座"', "0\\户", '0" 座"', "@", "0.00"),
    *("#,##0_);(#,##0)", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0;[Red]-0", "[DBNum1][$-804]General", "???0"),
)  # fmt: skip
HIDING_ZERO = ("0;0;;@", "#", "0;-0;;@")  # these show a 0 as nothing

# A made-up noun: two or three of these beside one another mean nothing that anybody has listed.
_SIGNS = "桥棚渠院墙灶井窗瓦藕沿塘泵梯栅砖苇码舱亭圩垛闸坝篱苗秧蚕蜂钟帆桨网棉麻竹"

# Parts of the headings of other columns. What they have in common: none alone means "done so far, in this village".
_PAST = (
    "往年",
    "上年",
    "去年",
    "2022年",
    "2022年底",
    "历年",
    "2018年以来",
    "2021—2022年",
    "上月",
    "上月底",
    "上周",
    "上期",
    "前期",
    "一季度",
    "4月份",
)
_NOW = ("本月", "本周", "当周", "近两周", "5月份", "本月以来")
_AHEAD = (
    "下周",
    "下周拟",
    "下周计划",
    "下月",
    "预计",
    "拟",
    "应",
    "计划",
    "6月底前",
    "年底前",
    "力争",
    "序时应",
    "明年",
    "今后两周",
)
_PLACES = ("全镇", "全村", "集镇", "其他村", "非推进村", "全区", "面上", "邻村", "沿线", "镇区")
_THINGS = (
    *(
        "验收",
        "验收合格",
        "录入系统",
        "录入",
        "奖补到位",
        "奖补",
        "工作量",
        "自查",
        "摸排",
        "投资",
        "资金支付",
        "公厕",
        "化粪池",
    ),
    *(
        "管网",
        "污水",
        "旱厕填埋",
        "一户一档",
        "档案",
        "照片上传",
        "图纸",
        "招标",
        "回访",
        "培训",
        "涉及户数",
        "常住户",
        "抽查",
        "公示",
    ),
)
_DONE = ("完成", "累计完成", "完成数", "完成情况", "已完成", "累计", "累计完成数", "完成量", "累计数")
_OTHER = ("", "数", "情况", "开工", "在建", "建设中", "户数", "率")
_OTHER_UNITS = ("", "", "", "", "（座）", "（户）", "(个)", "（万元）", "（%）", "（人）", "（处）", "（米）")


@dataclass(frozen=True)
class Heading:
    """Of a further column. speaks_of_done: whether it could be taken for 完成情况. is_added: 本周新增 and the like."""

    words: str
    speaks_of_done: bool
    is_added: bool = False
    unit: str = ""


def noun(dice: random.Random) -> str:
    return "".join(dice.sample(_SIGNS, dice.choice((2, 2, 3))))


def another_date(dice: random.Random, day: str) -> str:
    """A day of the season that is not this week's: weeks before or after."""
    if day == office.FIRST:
        return dice.choice(("4月14日", "4月28日", "5月5日", "6月2日"))
    return dice.choice(("4月7日", "4月14日", "4月21日", "4月28日", "5月5日", "5月26日", "6月2日", "3月31日"))


def other_heading(dice: random.Random, day: str, done: bool | None = None) -> Heading:
    """A composed heading of another time, another thing or another place. done: whether it speaks of 完成 (None: either)."""
    time = dice.choice((*_PAST, *_NOW, *_AHEAD, f"截至{another_date(dice, day)}", f"至{another_date(dice, day)}"))
    thing = dice.choice((*_THINGS, noun(dice), noun(dice)))
    place = dice.choice(_PLACES)
    done = dice.random() < 0.5 if done is None else done
    unit = dice.choice(_OTHER_UNITS)
    if not done:
        if dice.random() < 0.15:
            return Heading("本周新增" + unit, False, True, unit)
        words = (dice.choice((time, place, "", "")) + thing + dice.choice(_OTHER)).replace("户数户数", "户数")
        # another time without another thing is nowhere made here: 上周 alone may well mean last week's 完成情况
        return Heading(words + unit, False, unit=unit)
    measure = dice.choice(_DONE)
    if time in ("本周", "当周") and "累计" in measure:  # may well mean: so far, as of this week
        time = "上周"
    parts = dice.choice(
        (
            *([time, measure], [time, measure], [place, measure], [thing, measure], [time, thing, measure]),
            *([place, thing, measure], [time, place, measure], [measure, thing], [measure + "（", thing, "）"]),
            [measure + "（", time, "）"],
        )
    )
    return Heading("".join(parts) + unit, True, unit=unit)
