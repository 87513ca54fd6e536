"""L: logic — totals, targets, last week, remarks."""

from typing import Any

from tests.messes.builders import cells, form
from tests.messes.case import Case, Found, hold, kept, note, query, reject
from tests.messes.office import BAO, FORM, FOUR_DAYS, HAI, SEASON, SI, Past

NEW, OLD = "盐灶村 新建", "盐灶村 整改"
RIVER = "江畔村 新建"  # 130 to do, 110 done
BEFORE = "2023-03-31"


def remark(id: str, what: str, words: str, *found: Found, **more: Any) -> Case:
    """The remark of 盐灶村, who did 45 of 420."""
    return Case(id, what, cells(G4=words), found=found, **more)


# ---- totals and targets ----------------------------------------------------------------------------------------


def total(words: str, *figures: int) -> str:
    return f"{FORM}\n{words} | | {' | '.join(str(figure) for figure in figures)} |"


_RIGHT = (585, 180, 57, 24)
_FIRST = FORM.replace("\n包场镇 | 盐灶村", "\n合计 | | 585 | 180 | 57 | 24 |\n包场镇 | 盐灶村")

TOTALS = [
    *(Case("L01", words, form(total(words, *_RIGHT))) for words in ("合 计", "总计", "小计", "全镇", "累计", "合计：", "合计")),
    Case("L01", "in-the-column-of-villages", form(f"{FORM}\n | 合计 | 585 | 180 | 57 | 24 |")),
    Case(
        "L02",
        "wrong-sum",
        form(total("合计", 585, 180, 60, 24)),
        found=(note("total_differs", "E6", "60", "表内合计60，明细相加57，以明细为准", file="包场镇.xlsx"),),
    ),
    Case("L03", "total-first", form(_FIRST)),
    Case(
        "L03",
        "only-figures",
        form(total("", *_RIGHT)),
        found=(hold("unnamed_row", file="包场镇.xlsx", says="第6行只有数字没有村名，疑为合计"),),
    ),
    Case(
        "L04",
        "by-3-with-a-remark",
        cells(HAI, E4=133, G4="群众自愿新增3座"),
        {RIVER: "133 reported"},
        (query("over_target", "E4", "133", "超目标3座", of=RIVER),),
        towns=(HAI,),
        file=f"{HAI}.xlsx",
    ),
    Case(
        "L04",
        "by-3-without-a-remark",
        cells(HAI, E4=133),
        kept(RIVER),
        (hold("over_target", "E4", "133", ("超目标3座", "属实请在备注写明，填错请改"), of=RIVER),),
        towns=(HAI,),
        file=f"{HAI}.xlsx",
    ),
    Case(
        "L04",
        "by-10-with-a-remark",
        cells(HAI, E4=140, G4="群众自愿新增10座"),
        kept(RIVER),
        (hold("over_target", "E4", "140", "超目标10座", of=RIVER),),
        towns=(HAI,),
        file=f"{HAI}.xlsx",
    ),
    Case(
        "L04",
        "settled-by-accept",
        cells(HAI, E4=140),
        {RIVER: "140 reported"},
        (note("over_target", "E4", of=RIVER),),
        towns=(HAI,),
        file=f"{HAI}.xlsx",
        decisions="  - {do: accept, town: 海门街道, village: 江畔村, kind: 新建, rule: over_target, was: '140', reason: 已核实, by: 张三, date: 2023-05-12}\n",
    ),
    Case("L04", "exactly-done", cells(HAI, E4=130), {RIVER: "130 reported"}, towns=(HAI,)),
    Case(
        "L05",
        "other-target",
        cells(C4=400),
        found=(note("target_differs", "C4", "400", "目标以下达数420为准，表内填400", of=NEW),),
    ),
    Case("L05", "blank-target", cells(C4=None)),
    Case("L06", "nothing-to-do-nothing-done", cells()),
    Case(
        "L07",
        "nothing-to-do-yet-done",
        cells(F5=5),
        kept("盐河村 整改"),
        (reject("no_such_task", "F5", "5", ("无此项任务却有完成数", "填反"), of="盐河村 整改"),),
    ),
]  # fmt: skip


# ---- against last week -----------------------------------------------------------------------------------------

_STILL = Past(FOUR_DAYS, SEASON.figures | {NEW: (33, 40, 40, 40), RIVER: (130, 130, 130, 130)})
_TWO_STILL = Past(FOUR_DAYS, SEASON.figures | {NEW: (17, 25, 40, 40)})
_REGULAR = Past(FOUR_DAYS, SEASON.figures | {NEW: (60, 90, 120, 150)})
_JUMP = ("明显高于此前，属实请在备注写明",)

WEEKS = [
    Case(
        "L08",
        "fell-to-38",
        cells(E4=38),
        kept(NEW),
        (hold("fell", "E4", "38", ("累计40", "本周38", "累计数不应减少"), of=NEW),),
    ),
    Case(
        "L08",
        "fell-to-0",
        cells(E4=0),
        kept(NEW),
        (hold("fell", "E4", "0", ("累计40", "本周0", "累计数不应减少"), of=NEW),),
    ),
    Case(
        "L08",
        "settled-by-accept",
        cells(E4=38),
        {NEW: "38 reported"},
        (note("fell", "E4", of=NEW),),
        decisions="  - {do: accept, town: 包场镇, village: 盐灶村, kind: 新建, rule: fell, was: '38', reason: 核减重复登记, by: 张三, date: 2023-05-12}\n",
    ),
    Case("L08", "as-last-week", cells(E4=40), {NEW: "40 reported"}),
    Case(
        "L09",
        "growth-instead-of-sum",
        cells(E4=5),
        kept(NEW),
        (hold("fell", "E4", "5", ("累计40", "本周5", "疑似填了本周新增数"), of=NEW),),
    ),
    Case(
        "L10",
        "swapped",
        cells(E4=20, F4=40),
        kept("盐灶村"),
        (hold("swapped", says="新建、整改疑似填反", town=BAO),),
        also=("fell", "jump"),
    ),
    Case(
        "L10",
        "swapped-and-grown",
        cells(E4=24, F4=45),
        kept("盐灶村"),
        (hold("swapped", says="新建、整改疑似填反", town=BAO),),
        also=("fell", "jump"),
    ),
    Case(
        "L11",
        "a-third-of-the-target",
        cells(E4=180),
        {NEW: "180 reported"},
        (query("jump", "E4", "180", ("本周新增140", *_JUMP), of=NEW),),
    ),
    Case(
        "L11",
        "far-above-three-weeks",
        cells(E4=70),
        {NEW: "70 reported"},
        (query("jump", "E4", "70", ("本周新增30", *_JUMP), of=NEW),),
        past=SEASON,
    ),
    Case("L11", "somewhat-above-three-weeks", cells(E4=56), {NEW: "56 reported"}, past=SEASON),
    Case(
        "L12",
        "three-weeks",
        lambda desk: [
            cells(E4=40)(desk),
            cells(HAI, E4=130)(desk),
        ],
        {NEW: "40 reported", RIVER: "130 reported"},
        (note("no_progress", says="连续3周无进展，列入提醒", of=NEW),),
        towns=(BAO, HAI),
        past=_STILL,
    ),
    Case("L12", "two-weeks", cells(E4=40), {NEW: "40 reported"}, past=_TWO_STILL),
    Case(
        "L14",
        "whole-town",
        cells(E4=2245, F4=965),
        kept("盐灶村"),
        (hold("whole_town_figure", says=("数值与全镇年度任务相近", "请只填整村推进村"), town=BAO),),
        also=("over_target", "jump"),
    ),
    Case(
        "L17",
        "before-the-start",
        cells(),
        found=(query("before_start", says="实施阶段前已有完成数，属实请在备注写明"),),
        past=Past(()),
        day=BEFORE,
        also=("jump",),
    ),
    Case(
        "L21",
        "by-the-calendar",
        cells(E4=180),
        {NEW: "180 reported"},
        (note("too_regular", says="数据规律性异常，建议抽查"),),
        past=_REGULAR,
    ),
    Case("L21", "as-it-comes", cells(), past=SEASON),
]


# ---- remarks and further columns -------------------------------------------------------------------------------

_RATES = """
区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 完成率 | 备注
^ | ^ | 新建 | 整改 | 新建 | 整改 | ^ | ^
包场镇 | 盐灶村 | 420 | 180 | 45 | 24 | 11.5% |
包场镇 | 盐河村 | 165 | 0 | 12 | 0 | 7.3% |
"""
_UNFINISHED = "完成数只计可投入使用的"
_PRIVATE = ("备注疑含个人信息", "已遮蔽，不会写进任何材料")
_DISAGREES = "备注与数字不一致"

REMARKS = [
    *(
        remark("L13", words, f"其中5座{words}", query("counts_unfinished", says=(f"备注提到“{words}”", _UNFINISHED), of="盐灶村"))
        for words in ("在建", "浇筑", "未安装")
    ),
    remark("L13", "ordinary-words", "进展顺利"),
    remark("L15", "households-and-toilets", "39户45厕", query("households_differ", says=("户数与座数不同", "按“座”统计，请核对填的是不是座数"), of="盐灶村")),
    remark("L15", "as-many", "45户45厕"),
    remark("L16", "all-done-is-not-true", "已全部完成", query("remark_contradicts", says=_DISAGREES, of="盐灶村")),
    Case(
        "L16",
        "all-done-is-true",
        cells(SI, F4=85, G4="已全部完成"),
        {"五甲村 整改": "85 reported"},
        towns=(SI,),
    ),
    Case(
        "L18",
        "wrong-rate",
        form(_RATES.replace("11.5%", "15.0%")),
        found=(note("rate_differs", "G3", "15.0%", "以计算值为准"),),
        also=("extra_columns",),
    ),
    Case("L18", "right-rate", form(_RATES), also=("extra_columns",)),
    Case("L18", "right-rate-as-a-number", form(_RATES.replace("11.5%", "0.115").replace("7.3%", "0.0727")), also=("extra_columns",)),
    Case(
        "L19",
        "corrects-an-earlier-week",
        cells(G4="更正：上周（截至5月5日）新建应为42"),
        kept(NEW) | {OLD: "24 reported|20 carried"},
        (hold("corrects_earlier", says=("备注要更正以前某周的数", "请在备注写明哪一周的数、原值、新值、原因")),),
    ),
    remark(
        "L20",
        "name-and-telephone",
        "户主张三 13812345678",
        note("personal_data", "G4", says=_PRIVATE, of="盐灶村"),
        remarks={NEW: "138****5678", OLD: "张*"},
        secrets=("13812345678", "张三"),
    ),
    remark(
        "L20",
        "identity-number",
        "身份证320684198001011234",
        note("personal_data", "G4", says=_PRIVATE, of="盐灶村"),
        secrets=("320684198001011234", "19800101"),
    ),
    remark("L20", "ordinary-number", "4月20日召开现场会，投入35000元"),
]  # fmt: skip

CASES = [*TOTALS, *WEEKS, *REMARKS]
