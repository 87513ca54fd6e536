"""Files that honest clerks send: several tabs, Word, CSV, old Excel, LibreOffice, a system's web page. All exact."""

from functools import partial

from tests.meant.cases import Build, exact
from tests.meant.forms import NOTHING, TITLE, open_documents, tabs, word
from tests.meant.layouts import IN_ONE_LINE, KINDS, OFFICIAL, STARTED, THREE, WIDE, facts, rows_of, table
from tests.meant.ordinary_lines import ABOVE, BELOW, with_talk
from tests.meant.ordinary_remarks import PLAIN
from tests.messes import builders as make
from tests.messes.office import BAO, PLAN
from tests.programs import LIBREOFFICE


def of_week(week: int) -> str:
    """The form of one of the five weeks that the plan has."""
    villages = PLAN[BAO].values()
    return table(OFFICIAL, rows_of([(village.new_build[week], village.renovation[week]) for village in villages]))


THIS, LAST = of_week(4), of_week(3)
BLANK = table(OFFICIAL, rows_of(NOTHING))
HELP = "填表说明 | \n1 | 目标任务以区下达数为准\n2 | 完成情况填累计数\n3 | 每周五17:00前报送"
SEWAGE = "2023年农村生活污水治理进展情况表 | < | < | <\n区镇 | 村 | 计划数 | 完成数\n包场镇 | 盐灶村 | 3 | 1\n包场镇 | 盐河村 | 2 | 1"
PUBLIC = "包场镇农村公厕改造情况表 | < | < | <\n区镇 | 村名 | 公厕座数 | 备注\n包场镇 | 盐灶村 | 2 | 在建"
VILLAGES = "区镇 | 村名 | 级别\n包场镇 | 盐灶村 | 省级\n包场镇 | 盐河村 | 区级"
SHARES = """
包场镇户厕改造任务分解表 | < | < | <
村名 | 新建任务 | 整改任务 | 合计
盐灶村 | 420 | 180 | 600
盐河村 | 165 | 0 | 165
合计 | 585 | 180 | 765
"""
TABS = [
    ({"5.5": LAST, "5.12": THIS}, "week by week"),
    ({"5.12": THIS, "5.5": LAST}, "the newest tab first"),
    ({"第5周": LAST, "第6周": THIS}, "week numbers"),
    ({"第五周": LAST, "第六周": THIS}, "week numbers in Chinese"),
    ({"20230505": LAST, "20230512": THIS}, "eight digits"),
    (
        {"4月14日": of_week(0), "4月21日": of_week(1), "4月28日": of_week(2), "5月5日": LAST, "5月12日": THIS},
        "five weeks",
    ),
    ({"4.29-5.5": LAST, "5.6-5.12": THIS}, "periods"),
    ({"0505": LAST, "0512": THIS}, "four digits"),
    ({"2023-05-05": LAST, "2023-05-12": THIS}, "ISO"),
    ({"Sheet1": THIS, "Sheet2": "", "Sheet3": ""}, "Excel 2003's three tabs"),
    ({"汇总表": THIS, "填表说明": HELP}, "hints in a tab of their own"),
    ({"填表说明": HELP, "每周进展情况汇总表": THIS}, "hints first"),
    ({"户厕": THIS, "生活污水": SEWAGE}, "another work's tab"),
    ({"公厕": PUBLIC, "户厕": THIS}, "public toilets first"),
    ({"户厕改造": table(WIDE, facts(), total="合计"), "名单": VILLAGES}, "list of villages"),
    ({"附件2": THIS}, "附件2"),
    ({"包场镇": THIS}, "the town's name"),
    ({"5月12日上报": THIS}, "5月12日上报"),
    ({"周报": THIS, "任务分解": SHARES}, "targets by village"),
    ({"本周": THIS, "上周": LAST}, "this week and last week by name"),
    ({"第6周（5.6-5.12）": THIS, "第7周（5.13-5.19）": BLANK}, "next week's tab prepared, blank"),
]

HIDDEN = ("WpsReserved_CellImgList", "下拉选项")
CSV_REMARKS = [
    '"本周新增5座,其余在建"',
    "已开工60户，完成45户",
    "受雨水影响,进度慢",
    '"“首厕过关”,已验收"',
    "",
    "资金到位",
    "正常推进",
    "5.8-5.10停工",
]


def document(at: int) -> Build:
    """The table in Word, with paragraphs before and after it."""
    rows = with_talk(0, at * 5 + 9)
    rows[1]["remark"] = PLAIN[at % 4]
    columns = (OFFICIAL, WIDE, STARTED, KINDS, THREE)[at % 5]
    text = table(
        columns, rows, TITLE if at % 2 else "", total=("合计", "")[at % 2], town_again="^" if at % 3 == 0 else "{town}"
    )
    before = ["附件2"] if at % 2 else ["附件2", TITLE, ABOVE[at * 2][0].replace(" | ", "  ").replace("|", "")]
    return word(text, before, BELOW[at * 3 + 1])


def separated(at: int, remark: str) -> Build:
    """The table as CSV of three kinds: Chinese Windows, Unicode, parted by tabs."""
    encoding, comma = (("gb18030", ","), ("utf-8-sig", ","), ("gb18030", "\t"))[(0, 1, 2, 0, 1, 0, 2, 1)[at]]
    text = table(
        (OFFICIAL, IN_ONE_LINE, WIDE, STARTED)[at % 4],
        rows_of(((45, 24), (12, 0)), (remark, "")),
        TITLE if at % 3 else "",
        above=ABOVE[at] if at % 2 and at % 3 else (),
        below=BELOW[at * 2] if at % 2 else (),
        total=("合计", "")[at % 2],
    )
    return lambda: make.csv(text, encoding, comma)


def old_excel(at: int) -> Build:
    text = table(
        (WIDE, STARTED, OFFICIAL)[at % 3],
        with_talk(0, at * 9 + 4),
        above=ABOVE[at * 4],
        below=BELOW[at * 5],
        total=("合计", "")[at % 2],
        town_again="^" if at % 2 == 0 else "{town}",
    )
    return partial(make.xls, text)


def to_be_converted(at: int) -> Build:
    text = table(
        (OFFICIAL, WIDE, STARTED)[at % 3],
        with_talk(0, at * 6 + 7),
        above=ABOVE[at * 4 + 2],
        below=BELOW[at * 5 + 1],
        total=("合计", "")[at % 2],
        town_again="^" if at % 2 else "{town}",
    )
    return partial(make.xlsx, text)


NAMES = ("包场镇.xlsx", "包场镇户厕周报.xlsx", "包场镇2023年户厕改造.xlsx")
OLD_NAMES = ("包场镇.xls", "包场镇5.12.xls", "包场.et")
CASES = [
    *(exact(f"tabs-{at + 1:02}", tabs(named), why, name=NAMES[at % 3]) for at, (named, why) in enumerate(TABS)),
    exact(
        "hidden-list",
        tabs({"户厕": THIS, "下拉选项": "包场镇\n四甲镇\n常乐镇", "WpsReserved_CellImgList": ""}, HIDDEN),
        "hidden list of a drop-down",
    ),
    *(exact(f"word-{at}", document(at), "Word", name=f"包场镇户厕{at}.docx") for at in range(10)),
    *(
        exact(f"csv-{at}", separated(at, remark), f"CSV: {remark}", name=f"包场镇{at}.csv")
        for at, remark in enumerate(CSV_REMARKS)
    ),
    *(exact(f"xls-{at}", old_excel(at), "old Excel", name=OLD_NAMES[at % 3]) for at in range(6)),
    *(
        exact(f"ods-{at}", content, "LibreOffice", name=f"包场镇{at}.ods", needs=LIBREOFFICE)
        for at, content in enumerate(open_documents([to_be_converted(at) for at in range(6)]))
    ),
    exact(
        "web-page",
        lambda: make.html(table(WIDE, facts(), above=ABOVE[13], below=BELOW[24], total="合计")),
        "a system's web page as .xls",
        name="户厕导出_包场镇_20230512.xls",
    ),
    exact(
        "web-page-official",
        lambda: make.html(table(OFFICIAL, facts(), total="合计")),
        "the same, official form",
        name="包场镇导出.xls",
    ),
]
