"""Headings that any clerk calls right: other words, another order, one line or three."""

from tests.meant.cases import each, exact
from tests.meant.forms import HEADING, OTHER_ROW, ROW, TITLE, alone, filled, form, headed

CASES = [
    exact(
        "synonyms",
        headed("乡镇 | 村名 | 任务数（座） | < | 完成数（座） | < | 备注", "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^"),
        "任务数、完成数",
    ),
    exact(
        "three-lines",
        headed(
            "区镇 | 整村推进村 | 农村户厕改造 | < | < | < | 备注",
            "^ | ^ | 目标任务 | < | 完成情况 | < | ^",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
        ),
        "three heading lines, one above both",
    ),
    exact("unit-line", headed(HEADING, " | | （座） | （座） | （座） | （座） | "), "a line of units under 新建 整改"),
    exact(
        "number-tier",
        form(
            "序号 | 区镇 | 整村推进村 | 村类别 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            "1 | 包场镇 | 盐灶村 | 省级 | 420 | 180 | 45 | 24 | ",
            "2 | 包场镇 | 盐河村 | 区级 | 165 | 0 | 12 | 0 | ",
        ),
        "序号 and 村类别",
    ),
    exact(
        "renovated-first",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | 整改 | 新建 | 整改 | 新建 | ^",
            "包场镇 | 盐灶村 | 180 | 420 | 24 | 45 | ",
            "包场镇 | 盐河村 | 0 | 165 | 0 | 12 | ",
        ),
        "整改 before 新建",
    ),
    exact(
        "done-first",
        form(
            "区镇 | 整村推进村 | 完成情况 | < | 目标任务 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            "包场镇 | 盐灶村 | 45 | 24 | 420 | 180 | ",
            "包场镇 | 盐河村 | 12 | 0 | 165 | 0 | ",
        ),
        "完成 before 目标",
    ),
    *each(
        exact,
        "over-the-figures",
        "what may stand over the done figures",
        lambda words: alone(words, "45 | 24", "12 | 0"),
        [
            "截至5月12日累计完成",
            "截止5月12日完成情况",
            "累计完成情况（截至本周五）",
            "至本周累计完成",
            "完成情况（累计数）",
            "完成情况\\n（填累计数）",
            "已完成情况",
            "实际完成数",
        ],
    ),
    exact(
        "bilingual",
        headed(
            "区镇\\nTown | 整村推进村\\nVillage | 目标任务\\nTarget | < | 完成情况\\nCompleted | < | 备注\\nRemarks",
            "^ | ^ | 新建\\nNew | 整改\\nRenovation | 新建\\nNew | 整改\\nRenovation | ^",
        ),
        "English under each Chinese word",
    ),
    exact(
        "no-merges",
        headed("区镇 | 整村推进村 | 目标任务 | | 完成情况 | | 备注", " | | 新建 | 整改 | 新建 | 整改 | "),
        "two heading lines without merges",
    ),
    exact(
        "vertical",
        headed(
            "区\\n镇 | 整村\\n推进\\n村 | 目标任务 | < | 完\\n成\\n情\\n况 | < | 备\\n注",
            "^ | ^ | 新\\n建 | 整\\n改 | 新\\n建 | 整\\n改 | ^",
        ),
        "vertical words",
    ),
    exact("page-break", filled(ROW, ".", TITLE, HEADING, OTHER_ROW), "headings once more on the next page"),
    *each(
        exact,
        "kinds-joined",
        "one heading line, kinds joined in another way",
        lambda new, renovated: headed(f"镇（街道） | 行政村 | 目标新建 | 目标整改 | {new} | {renovated} | 备注"),
        [
            ("完成数（新建）", "完成数（整改）"),
            ("完成-新建", "完成-整改"),
            ("新建户厕完成数（座）", "整改户厕完成数（座）"),
            ("累计新建完成", "累计整改完成"),
            ("已完成新建座数", "已完成整改座数"),
        ],
    ),
    exact(
        "town-village-words",
        headed(
            "区镇名称 | 整村推进村名称 | 2023年目标任务 | < | 累计完成 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
        ),
        "区镇名称, 2023年目标任务",
    ),
    exact(
        "persons",
        form(
            "区镇 | 整村推进村 | 村负责人 | 施工单位 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            "包场镇 | 盐灶村 | 书记 | 南通某建设公司 | 420 | 180 | 45 | 24 | ",
            "包场镇 | 盐河村 | 主任 | 南通某建设公司 | 165 | 0 | 12 | 0 | ",
        ),
        "负责人 and 施工单位",
    ),
    exact(
        "kind-first",
        form(
            "区镇 | 整村推进村 | 新建目标 | 新建完成 | 整改目标 | 整改完成 | 备注",
            "包场镇 | 盐灶村 | 420 | 45 | 180 | 24 | ",
            "包场镇 | 盐河村 | 165 | 12 | 0 | 0 | ",
        ),
        "新建目标, 新建完成",
    ),
    exact(
        "sub-units",
        headed(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | 新建（座） | 整改（座） | 新建（座） | 整改（座） | ^",
        ),
        "units behind 新建",
    ),
]
