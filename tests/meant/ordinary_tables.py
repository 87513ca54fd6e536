"""Tables that honest clerks make of the form: further columns, other headings, a total under 序号. All exact."""

from tests.meant.cases import each, exact
from tests.meant.forms import TITLE, word
from tests.meant.layouts import DONE, PLACE, REMARK, TARGETS, WIDE, facts, flat, layout, pair, table, truth
from tests.meant.ordinary_lines import ABOVE, BELOW, with_talk
from tests.meant.ordinary_remarks import talk
from tests.messes import builders as make
from tests.messes.office import CHANG, DAY, HAI, SAN, SI
from tests.weeks import FIRST

WIDER = [
    layout(PLACE, TARGETS, pair("开工数", "started"), "开工率={start_rate}", DONE, "完成率={rate}", REMARK),
    layout(PLACE, TARGETS, DONE, pair("本周新增", "gain"), REMARK),
    layout(PLACE, TARGETS, pair("上周累计", "last"), pair("本周新增", "gain"), DONE, REMARK),
    layout(PLACE, TARGETS, DONE, pair("剩余任务", "left"), REMARK),
    layout(PLACE, TARGETS, DONE, pair("完成率（%）", "rate"), REMARK),
    layout(PLACE, TARGETS, "目标任务/合计={target}", DONE, "完成情况/合计={done};完成率={rate};排名=1", REMARK),
    layout("序号={number}", PLACE, TARGETS, DONE, pair("镇级验收", "accepted"), REMARK),
    layout("序号={number}", PLACE, "级别={tier};总户数=612", TARGETS, DONE, REMARK),
    layout(PLACE, TARGETS, DONE, "资金/到位（万元）={money};资金/拨付（万元）={money}", REMARK),
    layout(PLACE, TARGETS, DONE, "责任人=施建国;联系电话=82650000", REMARK),
    layout(PLACE, TARGETS, DONE, "时间节点=2023年9月30日", REMARK),
    layout(
        PLACE,
        TARGETS,
        DONE,
        "计划完工时间=9月底;存在问题=雨天多，工人少;下步打算=加派施工队，5月底前再完成30座",
        REMARK,
    ),
    layout(PLACE, TARGETS, DONE, "是否开工=是;施工单位=南通某建设工程有限公司;监理单位=海门某监理", REMARK),
    layout(PLACE, TARGETS, "摸排户数={target};签约户数={started};开工户数={started}", DONE, REMARK),
    layout(PLACE, TARGETS, DONE, "化粪池采购（只）=200;化粪池安装（只）={started}", REMARK),
    layout(PLACE, "村书记=施卫东", TARGETS, DONE, "形象进度=施工中", REMARK),
    layout(PLACE, TARGETS, DONE, "完成率={rate};序时进度=22.95%;是否达序时=否", REMARK),
    layout(PLACE, TARGETS, DONE, "在建/新建=9;在建/整改=4;未开工/新建=3;未开工/整改=2", REMARK),
    layout(PLACE, TARGETS, DONE, "下周计划/新建=10;下周计划/整改=5", REMARK),
    layout(PLACE, TARGETS, DONE, "厕屋面积（㎡）=2.5;户均投入（元）=2600", REMARK),
    layout(PLACE, TARGETS, DONE, "受益人口（人）=1860", REMARK),
    layout(PLACE, TARGETS, DONE, "问题户厕/摸排数=36;问题户厕/销号数=20", REMARK),
    layout(PLACE, TARGETS, DONE, "改厕模式=三格式;管护方式=村管护队", REMARK),
    layout(PLACE, TARGETS, DONE, "建档数={accepted_new};公示情况=已公示", REMARK),
    layout(PLACE, TARGETS, DONE, "排查人=陆燕;填报日期=5月12日", REMARK),
    layout(
        PLACE,
        "目标任务/小计={target}",
        TARGETS,
        "完成情况/小计={done}",
        DONE,
        "完成率/小计={rate}",
        pair("完成率", "rate"),
        REMARK,
    ),
    layout(
        PLACE,
        "新建/目标={target_new};新建/开工={started_new};新建/完成={done_new};新建/完成率={rate_new}",
        "整改/目标={target_renovated};整改/开工={started_renovated};整改/完成={done_renovated}",
        "整改/完成率={rate_renovated}",
        REMARK,
    ),
    layout(
        "序号={number};镇街={town};村名={village}",
        "目标任务/新建改造={target_new};目标任务/整改提升={target_renovated}",
        "已完成/新建改造={done_new};已完成/整改提升={done_renovated}",
        REMARK,
    ),
    layout(PLACE, TARGETS, DONE, "照片=有", REMARK, "审核=已审"),
    layout(PLACE, TARGETS, DONE, REMARK),
]

HEADINGS = [
    layout(PLACE, pair("目标任务（座）", "target"), pair("完成情况（座）", "done"), REMARK),
    layout("乡镇={town};行政村={village}", TARGETS, pair("累计完成情况", "done"), REMARK),
    layout("区镇名称={town};整村推进村名称={village}", pair("目标数", "target"), pair("完成数", "done"), REMARK),
    layout("镇（街道）={town};村（社区）={village}", pair("任务数", "target"), pair("已完成数", "done"), REMARK),
    layout(
        "单位={town};推进村={village}",
        pair("年度目标任务", "target", "{}户厕"),
        pair("累计完成", "done", "{}户厕"),
        REMARK,
    ),
    layout(PLACE, pair("2023年目标任务", "target"), pair("截至5月12日完成情况", "done"), REMARK),
    layout(PLACE, pair("目标任务", "target", "{}（座）"), pair("完成情况", "done", "{}（座）"), REMARK),
    layout("区\\n镇={town};整村\\n推进村={village}", TARGETS, pair("完成\\n情况", "done"), "备 注={remark}"),
    layout(PLACE, flat("{}目标数", "target"), flat("{}完成数", "done"), REMARK),
    layout(PLACE, flat("{}任务", "target"), flat("{}完成", "done"), REMARK),
    layout(PLACE, flat("目标任务（{}）", "target"), flat("完成情况（{}）", "done"), REMARK),
    layout(PLACE, flat("目标任务-{}", "target"), flat("完成情况-{}", "done"), REMARK),
    layout(
        "区镇={town};村名={village}",
        "新建（目标）={target_new};新建（累计完成）={done_new}",
        "整改（目标）={target_renovated};整改（累计完成）={done_renovated}",
        REMARK,
    ),
    layout(
        PLACE,
        "新建目标（座）={target_new};新建累计完成（座）={done_new}",
        "整改目标（座）={target_renovated};整改累计完成（座）={done_renovated}",
        "情况说明={remark}",
    ),
    layout(PLACE, TARGETS, pair("实际完成", "done"), REMARK),
    layout(
        PLACE,
        "整改/目标={target_renovated};整改/完成={done_renovated};新建/目标={target_new};新建/完成={done_new}",
        REMARK,
    ),
    layout(PLACE, DONE, TARGETS, REMARK),
    layout(PLACE, pair("户厕改造/目标任务", "target"), pair("户厕改造/完成情况", "done"), REMARK),
    layout(
        "序号={number}",
        PLACE,
        pair("农村户厕改造整村推进（座）/目标任务", "target"),
        pair("农村户厕改造整村推进（座）/累计完成", "done"),
        "农村户厕改造整村推进（座）/完成率={rate}",
        REMARK,
    ),
    layout(PLACE, pair("计划任务", "target"), DONE, REMARK),
    layout(PLACE, pair("目标任务", "target", "其中：{}"), pair("完成情况", "done", "其中：{}"), REMARK),
    layout(
        PLACE,
        "目标任务/1.新建={target_new};目标任务/2.整改={target_renovated}",
        "完成情况/1.新建={done_new};完成情况/2.整改={done_renovated}",
        REMARK,
    ),
    layout(PLACE, pair("下达目标任务", "target"), pair("完成情况（累计数）", "done"), REMARK),
    layout(
        PLACE,
        "目标任务/新 建={target_new};目标任务/整 改={target_renovated}",
        "完成情况/新 建={done_new};完成情况/整 改={done_renovated}",
        "备  注={remark}",
    ),
    layout("属地={town};整村推进村={village}", TARGETS, pair("目前完成情况", "done"), "进展情况说明={remark}"),
]

ALSO_IN_THE_FIRST_WEEK = (0, 3, 5, 6, 13, 17, 25, 26)
OF_OTHER_TOWNS = [(0, HAI), (2, CHANG), (5, SI), (13, HAI), (26, CHANG), (11, SAN), (18, SI), (3, HAI)]


def wider(at: int, day: str = DAY) -> str:
    """The table with further columns, as one clerk or the other goes on from there."""
    rows = facts(day=day)
    if at % 3 == 1 and day == DAY:
        rows[0]["remark"] = talk(at * 13 + 5, rows[0])
    return table(
        WIDER[at],
        rows,
        total=("合计", "", "小计")[at % 3],
        town_again="^" if at % 2 == 0 else "{town}",
        below=BELOW[at % 6] if day == DAY and at % 4 == 2 else (),
    )


def totalled(label: str, merged: bool, columns: str) -> str:
    """The total is called so in the column of the running numbers."""
    return table(columns, facts(), total=label, number_total=True, merged_total=merged)


CASES = [
    *(exact(f"wider-{at + 1:02}", wider(at), columns) for at, columns in enumerate(WIDER)),
    *(exact(f"wider-first-week-{at + 1:02}", wider(at, FIRST), WIDER[at], day=FIRST) for at in ALSO_IN_THE_FIRST_WEEK),
    *(
        exact(
            f"wider-of-town-{number}",
            table(WIDER[at], facts(town), total="合计"),
            f"{town}: {WIDER[at]}",
            name=f"{town}.xlsx",
            town=town,
            truth=truth(town),
        )
        for number, (at, town) in enumerate(OF_OTHER_TOWNS, 1)
    ),
    *(
        exact(
            f"headings-{at + 1:02}",
            table(
                columns,
                with_talk(0, at * 17 + 1),
                above=ABOVE[at * 3 % 20],
                below=BELOW[at * 5 % 12],
                total=("合计", "")[at % 2],
            ),
            columns,
        )
        for at, columns in enumerate(HEADINGS)
    ),
    *each(
        exact,
        "total-under-number",
        "合计 in the 序号 column",
        totalled,
        [
            ("合计", False, WIDE),
            ("合计", True, WIDE),
            ("小计", True, WIDE),
            ("合 计", False, WIDER[6]),
            ("全镇合计", True, WIDER[6]),
            ("总计", False, HEADINGS[18]),
            ("合计", False, WIDER[27]),
            ("包场镇合计", True, WIDE),
            ("累计", False, WIDE),
        ],
    ),
    exact(
        "total-of-one-village",
        table(WIDE, facts(HAI), total="合计", number_total=True),
        "合计 in the 序号 column of a town with one village",
        name="海门街道.xlsx",
        town=HAI,
        truth=truth(HAI),
    ),
    exact(
        "total-in-csv", lambda: make.csv(totalled("合计", False, WIDE), "gb18030"), "the same as CSV", name="包场镇.csv"
    ),
    exact(
        "total-in-word",
        word(table(WIDE, facts(), title="", total="合计", number_total=True, merged_total=True), ["附件2", TITLE]),
        "the same in Word",
        name="包场镇.docx",
    ),
]
