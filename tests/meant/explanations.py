"""A figure over its target: which remark explains it, and which says nothing."""

from tests.meant.cases import NEW, OTHER_NEW, OTHER_RENOVATED, RENOVATED, each, exact, unused
from tests.meant.forms import official

OVER = ((45, 24), (168, 0))
OVER_TARGET = {NEW: 45, RENOVATED: 24, OTHER_NEW: 168, OTHER_RENOVATED: 0}
EXPLAINED = [
    *each(
        exact,
        "reason",
        "a reason of an over-target figure",
        lambda remark: official("", remark, done=OVER),
        [
            "新增分户3户，相应增建3座",
            "原摸底漏报3户，经村民代表会议通过增补",
            "镇里追加任务3座",
            "群众自愿要求新建，超3座",
            "经区局同意增加3座（海乡振〔2023〕7号）",
            "无房户回迁新增3户，预计不再增加",
        ],
        truth=OVER_TARGET,
    ),
]

UNEXPLAINED = [
    *each(
        unused,
        "nothing",
        "explains nothing over the target",
        lambda remark: official("", remark, done=OVER),
        [
            "暂无",
            "无说明",
            "无备注",
            "——",
            "…",
            "正常推进",
            "同上行",
            "OK",
            "√",
            "5月12日",
            "包场镇",
            "168座",
            "见上",
            "略",
            "待补充",
            "无异常",
            "已上报",
            "备注",
            "N/A",
            "盐河村",
        ],
        OTHER_NEW,
    ),
    unused("forecast", official("", "预计超额3座", done=OVER), "over the target by a forecast", OTHER_NEW),
    unused("ditto", official("正常", "同上", done=OVER), "同上 points to 正常", OTHER_NEW),
]

CASES = [*EXPLAINED, *UNEXPLAINED]
