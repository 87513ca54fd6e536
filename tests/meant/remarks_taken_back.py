"""Remarks that take a figure back, and such that contradict it: it is not used, or something is said."""

from tests.meant.cases import LAST_WEEK, NEW, RENOVATED, each, safe, told, unused
from tests.meant.forms import NOTHING, TOO_MANY_NEW, official
from tests.messes.office import DAY
from tests.weeks import FIRST, TRUTH

TRANSPOSED = ((54, 24), (12, 0))

TAKEN_BACK = [
    *each(
        unused,
        "forecast",
        "a forecast",
        lambda remark: official(remark, done=TOO_MANY_NEW),
        [
            "新建数为预计数",
            "含下周计划完成15座",
            "按月底计划数填报",
            "新建60座为5月底预计完成数",
            "预估数",
            "新建含预计本月完成的15座",
            "包括计划下周完工的15座",
            "按序时进度推算",
            "60座系根据合同工期测算",
            "新建为拟完成数",
        ],
        NEW,
    ),
    *each(
        unused,
        "other-year",
        "another year's in it",
        lambda remark: official(remark, done=TOO_MANY_NEW),
        [
            "含2022年结转15座",
            "其中15座为去年建成",
            "新建数包括上年度完成15座",
            "含历年已改15座",
            "新建为2018年以来累计数",
            "含二〇二二年已建成十五座",
            "15座系22年底完工，一并计入",
        ],
        NEW,
    ),
    *each(
        unused,
        "other-place",
        "another place's in it",
        lambda remark: official(remark, done=TOO_MANY_NEW),
        [
            "含盐河村15座",
            "新建为全镇数",
            "含非整村推进村15座",
            "包括周边村零星改造15座",
            "新建数为盐灶、盐河两村合计",
            "其中15座在四甲镇五甲村",
            "新建按全镇口径填报",
            "含一般村散户15座",
        ],
        NEW,
    ),
    *each(
        unused,
        "wrong",
        "wrong and to be corrected",
        lambda remark: official(remark, done=TOO_MANY_NEW),
        [
            "新建数填错，应为45",
            "新建数有误，下周更正",
            "此数不准，以补报为准",
            "笔误，实为45座",
            "新建60座（应填45座）",
            "新建多报15座，待核减",
            "数字不对，请以电话报数为准",
        ],
        NEW,
    ),
    *each(
        unused,
        "no-row",
        "an example or void row",
        lambda remark: official(remark, done=((60, 30), (12, 0))),
        ["此行为示例", "例：按此格式填写", "本行作废", "测试数据", "样例，填报时请删除", "此行不算"],
        NEW,
        RENOVATED,
    ),
    *each(
        unused,
        "other-thing",
        "another thing counted",
        lambda remark: official(remark, done=TOO_MANY_NEW),
        [
            "新建60为万元",
            "新建填的是受益人数",
            "新建为开工数",
            "新建60为验收申请数",
            "新建栏填的是目标分解数",
            "新建为摸排数",
        ],
        NEW,
    ),
    unused(
        "exchanged-1",
        official("新建与整改填反了", done=((24, 45), (12, 0))),
        "the clerk says that the two are exchanged",
        NEW,
        RENOVATED,
    ),
    unused(
        "exchanged-2",
        official("新建、整改两栏数据颠倒", done=((46, 45), (12, 0))),
        "the same, both plausible",
        NEW,
        RENOVATED,
    ),
    unused(
        "other-day-1", official("此为4月28日数据", done=((42, 22), (12, 0))), "figures of another day", NEW, RENOVATED
    ),
    unused(
        "other-day-2", official("数据截至5月19日", done=((60, 30), (12, 0))), "figures of a day to come", NEW, RENOVATED
    ),
    *each(
        unused,
        "first-week",
        "first week: nothing before to compare with",
        lambda remark: official(remark, done=((17, 3), (5, 0))),
        ["含2022年已建6座", "为预计4月底完成数", "含全镇其他村", "新建为上年度完成数", "例"],
        NEW,
        day=FIRST,
    ),
]

AGAINST_THE_FIGURE = [
    safe(
        "same-as-last-week", official("本周无进展，数据同上周", done=TOO_MANY_NEW), "same as last week, beside 20 more"
    ),
    safe("count-1", official("新建累计完成45座", done=TRANSPOSED), "45 in words beside a transposed 54"),
    safe(
        "count-2",
        official("新建上周40座，本周5座，累计45座", done=TRANSPOSED),
        "the whole sum in words beside 54",
    ),
    safe("count-3", official("本周完成新建60座", done=TOO_MANY_NEW), "60 is this week's count by the remark"),
    safe(
        "count-4",
        official("新建截至本周五实际完成四十五座", done=TRANSPOSED),
        "Chinese numerals beside a transposed figure",
    ),
]

CONTRADICTED = [
    *each(
        told,
        "count-told",
        "a count in words that contradicts",
        official,
        [
            "累计完成88座",
            "累计完成八十八座",
            "已完成新建50座",
            "本周新增20座",
            "本周新增新建十五座",
            "已全部完成",
            "完成率80%",
            "尚未开工",
            "剩余新建300座",
            "较上周减少5座",
            "截至目前新建共88座",
        ],
    ),
    *each(
        told,
        "no-progress",
        "no progress beside growth",
        official,
        ["本周无进展", "本周零进展", "与上周持平", "无新增", "数据同上周", "本周因雨未施工，无新增", "本周没有进展"],
    ),
    *each(
        told,
        "provisional",
        "provisional",
        official,
        ["数字待核实", "暂定数，以最终上报为准", "初步统计", "未经镇领导审核", "数据可能有出入", "草稿"],
    ),
    told(
        "under-construction-1",
        official("含在建15座", done=TOO_MANY_NEW),
        "L13: used and asked, or held",
        truth=TRUTH[DAY] | {NEW: 60},
    ),
    told(
        "under-construction-2",
        official("其中15座已浇筑未安装", done=TOO_MANY_NEW),
        "L13: used and asked, or held",
        truth=TRUTH[DAY] | {NEW: 60},
    ),
    told(
        "blank",
        official("本周无进展", "本周无进展", done=NOTHING),
        "blank figures, no progress in 备注",
        truth=LAST_WEEK,
    ),
]

CASES = [*TAKEN_BACK, *AGAINST_THE_FIGURE, *CONTRADICTED]
