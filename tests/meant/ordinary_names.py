"""Names as honest clerks write them: of towns, villages, files and titles. All exact."""

from tests.meant.cases import each, each_name, exact
from tests.meant.layouts import OFFICIAL, STARTED, WIDE, facts, table, truth
from tests.meant.ordinary_lines import ABOVE, BELOW, with_talk
from tests.messes.office import SI

TOWNS = [
    "包场",
    "海门港新区",
    "海门港新区（包场镇）",
    "包场镇（海门港新区）",
    "海门区包场镇",
    "南通市海门区包场镇",
    "包场镇人民政府",
    "包 场 镇",
    r"包场\n镇",
]

VILLAGES = [
    ("盐灶", "盐河"),
    ("盐灶村委会", "盐河村委会"),
    ("盐灶村（省级）", "盐河村（区级）"),
    ("1.盐灶村", "2.盐河村"),
    ("盐灶村村民委员会", "盐河村村民委员会"),
    ("包场镇盐灶村", "包场镇盐河村"),
    ("盐 灶 村", "盐 河 村"),
]

# a file's name, and the title in it
FILES_AND_TITLES = [
    ("包场镇5.12.xlsx", "包场镇2023年度农村户厕改造整村推进每周进展情况汇总表"),
    ("包场镇户厕改造周报（第6周）.xlsx", "2023年度农村户厕改造整村推进每周进展情况汇总表（第6周）"),
    ("附件2：包场镇每周进展情况汇总表(5月12日).xlsx", "南通市海门区2023年农村户厕改造整村推进工作进度周报表"),
    ("202305121630包场.xlsx", "海门区农村户厕改造整村推进每周进展情况统计表（截至5月12日）"),
    ("副本包场镇户厕.xlsx", "2023年农村户厕改造（整村推进）周报"),
    ("户厕周报-包场-20230512.xlsx", "农村厕所革命整村推进进度表"),
    (
        "包场镇2023年度农村户厕改造整村推进每周进展情况汇总表(5.6-5.12).xlsx",
        "包场镇户厕改造进展情况表（5月6日-5月12日）",
    ),
    ("新建 XLSX 工作表.xlsx", "2023年度农村户厕改造\\n整村推进每周进展情况汇总表"),
    ("1.xlsx", "2023年农村户厕整村推进周调度表"),
    ("5.12.xlsx", "户厕改造周报"),
    ("包场镇 户厕(1).xlsx", "二〇二三年度农村户厕改造整村推进每周进展情况汇总表"),
    ("包场镇最终版.xlsx", "附件2 2023年度农村户厕改造整村推进每周进展情况汇总表"),
    ("包场镇（盖章版）.xlsx", "包场镇农村户厕改造整村推进“周报告”"),
    ("包场镇-已审核 定稿.xlsx", "2023年度农村户厕改造整村推进进展情况（第6期）"),
    ("海门港新区第六周户厕.xlsx", "2023年度农村户厕改造整村推进每周进展情况汇总表 2023.5.12"),
    ("港新区户厕整村推进进展情况表.xlsx", "2023年度户厕改造整村推进进展（5.12）"),
    ("关于报送2023年农村户厕改造整村推进进展情况的报告附表（包场）.xlsx", "包场镇农村改厕整村推进情况汇报表"),
    ("【包场镇】户厕进度0512.xlsx", "2023年民生实事项目农村户厕改造整村推进进度表"),
    ("包场镇_陆燕_20230512.xlsx", "海门港新区（包场镇）户厕改造整村推进村进展情况一览表"),
    ("包场镇每周五报送.xlsx", "户厕"),
    ("包场镇户厕改造5月第2周.xlsx", "2023年度农村户厕改造整村推进每周进展情况汇总表（5.6—5.12）"),
    ("包场镇更正后.xlsx", "省级、区级整村推进村农村户厕改造每周进展情况汇总表"),
    ("包场镇2023.05.12（报区局）.xlsx", "包场镇2023年度农村无害化卫生户厕改造整村推进周报表"),
    ("2023年户厕  包场镇  5月12日 新.xlsx", "2023年度农村户厕改造整村推进每周进展情况汇总表（样式）"),
    ("邮件附件-包场镇户厕周报-施建国.xlsx", ""),
]

TITLES_WITH_A_DISTRICT = [
    "海门区2023年度农村户厕改造整村推进每周进展情况汇总表",
    "南通市海门区农村户厕改造整村推进每周进展情况汇总表",
    "2023年度海门区农村户厕改造整村推进每周进展情况汇总表",
    "南通市海门区包场镇2023年度农村户厕改造整村推进每周进展情况汇总表",
    "海门区包场镇户厕改造周报",
    "海门区整村推进户厕改造周报（包场镇）",
    "海门港新区户厕改造整村推进周报表",
    "江苏省南通市海门区2023年度农村户厕改造整村推进每周进展情况汇总表",
    "海门区各区镇农村户厕改造整村推进进展情况汇总表",
]

OF_ANOTHER_TOWN = ["海门区2023年度农村户厕改造整村推进每周进展情况汇总表", "南通市海门区四甲镇农村户厕改造进度表"]
NAMES_WITH_A_DISTRICT = [
    "海门区户厕改造周报（包场镇）.xlsx",
    "南通市海门区2023年农村户厕改造整村推进每周进展情况汇总表.xlsx",
]

CASES = [
    *(
        exact(
            f"town-{at + 1}",
            table(
                (OFFICIAL, WIDE)[at % 2],
                [row | {"town": name} for row in facts()],
                town_again="^" if at % 3 == 1 else "{town}",
                total="合计",
            ),
            f"区镇 written {name}",
        )
        for at, name in enumerate(TOWNS)
    ),
    *(
        exact(
            f"villages-{at + 1}",
            table(
                (OFFICIAL, WIDE)[at % 2], [row | {"village": name} for row, name in zip(facts(), names, strict=True)]
            ),
            f"villages written {names}",
        )
        for at, names in enumerate(VILLAGES)
    ),
    *(
        exact(
            f"file-and-title-{at + 1:02}",
            table(
                (OFFICIAL, STARTED, WIDE)[at % 3],
                with_talk(0, at * 19 + 2),
                title,
                below=BELOW[(at * 7 + 2) % 20],
                total=("", "合计", "小计")[at % 3],
            ),
            f"{name} / {title or 'no title'}",
            name=name,
        )
        for at, (name, title) in enumerate(FILES_AND_TITLES)
    ),
    *(
        exact(f"district-{at + 1}", table(OFFICIAL, facts(), title, above=ABOVE[at]), f"title {title}")
        for at, title in enumerate(TITLES_WITH_A_DISTRICT)
    ),
    *each(
        exact,
        "district-of-another-town",
        "四甲镇",
        lambda title: table(OFFICIAL, facts(SI), title),
        OF_ANOTHER_TOWN,
        name="四甲镇.xlsx",
        town=SI,
        truth=truth(SI),
    ),
    *each_name(
        exact, "district-in-the-name", "a district in the file's name", table(OFFICIAL, facts()), NAMES_WITH_A_DISTRICT
    ),
]
