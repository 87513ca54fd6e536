"""Fields of a CSV, as they are quoted and parted, and such that lie one off."""

from tests.meant.cases import NEW, RENOVATED, exact, safe, unused
from tests.meant.forms import TITLE
from tests.meant.layouts import truth
from tests.messes.office import CHANG
from tests.weeks import FIRST

CSV = "包场镇.csv"
TITLE_LINE = "区镇,整村推进村,目标任务新建,目标任务整改,完成新建,完成整改,备注"
FIELDS, OTHER_FIELDS = "包场镇,盐灶村,420,180,45,24,", "包场镇,盐河村,165,0,12,0,"


def lines(*rows: str, head: str = TITLE_LINE, encoding: str = "utf-8-sig") -> bytes:
    """A CSV of these lines."""
    return "\r\n".join((head, *rows, "")).encode(encoding)


CASES = [
    exact("gbk", lines(FIELDS, OTHER_FIELDS, encoding="gb18030"), "GBK", name=CSV),
    exact(
        "tabs-utf16",
        lines(FIELDS, OTHER_FIELDS).decode("utf-8-sig").replace(",", "\t").encode("utf-16"),
        "Unicode text of Excel",
        name=CSV,
    ),
    exact(
        "title-short", lines(FIELDS, OTHER_FIELDS, head=f"{TITLE}\r\n{TITLE_LINE}"), "a title of one field", name=CSV
    ),
    exact(
        "title-long",
        lines(FIELDS, OTHER_FIELDS, head=f"{TITLE},,,,,,\r\n{TITLE_LINE}"),
        "a title with empty fields",
        name=CSV,
    ),
    exact(
        "quoted",
        lines('"包场镇","盐灶村","420","180","45","24","下雨,停工两天"', '"包场镇","盐河村","165","0","12","0",""'),
        "quotes and a comma in them",
        name=CSV,
    ),
    exact(
        "equals",
        lines('包场镇,盐灶村,="420",="180",="45",="24",', '包场镇,盐河村,="165",="0",="12",="0",'),
        '="45"',
        name=CSV,
    ),
    exact(
        "tab-guard",
        lines("包场镇,盐灶村,420\t,180\t,45\t,24\t,", "包场镇,盐河村,165\t,0\t,12\t,0\t,"),
        "a tab after each number keeps it text",
        name=CSV,
    ),
    exact(
        "empty-tail",
        lines(FIELDS + ",,", OTHER_FIELDS + ",,", head=TITLE_LINE + ",,"),
        "empty fields at the end of every row",
        name=CSV,
    ),
    exact(
        "foot",
        lines(FIELDS, OTHER_FIELDS, "合计,,585,180,57,24,", "填报人：张某"),
        "a total and a foot of one field",
        name=CSV,
    ),
    exact("blank-lines", lines(FIELDS, "", OTHER_FIELDS, ""), "blank lines", name=CSV),
    exact("sep", lines(FIELDS, OTHER_FIELDS, head="sep=,\r\n" + TITLE_LINE), "sep=,", name=CSV),
    exact(
        "semicolons",
        lines(FIELDS, OTHER_FIELDS).decode("utf-8-sig").replace(",", ";").encode("gb18030"),
        "semicolons",
        name=CSV,
    ),
    unused(
        "thousands",
        lines("包场镇,盐灶村,1,420,180,45,24,", OTHER_FIELDS),
        "a thousands comma shifts the row",
        NEW,
        RENOVATED,
        name=CSV,
    ),
    safe("short-tail", lines("包场镇,盐灶村,420,180,45,24", OTHER_FIELDS), "备注 is not there", name=CSV),
    unused(
        "short-middle",
        lines("包场镇,盐灶村,180,45,24,", OTHER_FIELDS),
        "a target is not there",
        NEW,
        RENOVATED,
        name=CSV,
    ),
    safe(
        "remark-comma",
        lines("包场镇,盐灶村,420,180,45,24,下雨,停工两天", OTHER_FIELDS),
        "an unquoted comma in 备注",
        name=CSV,
    ),
    safe("open-quote", lines('包场镇,盐灶村,420,180,45,24,"停工', OTHER_FIELDS), "a quote that never ends", name=CSV),
    unused(
        "decimal-comma",
        lines("包场镇,盐灶村,420,180,4,5,24", OTHER_FIELDS),
        "4,5: as many fields as the heading",
        NEW,
        RENOVATED,
        name=CSV,
    ),
    unused(
        "village-comma",
        lines("包场镇,盐灶村,省级,420,180,11,3", OTHER_FIELDS.replace("12", "5")),
        "a further field after the village, 备注 left out",
        NEW,
        RENOVATED,
        day=FIRST,
        name=CSV,
    ),
    safe(
        "one-short",
        "\r\n".join([f"{TITLE},,,,,,", TITLE_LINE, "包场镇,盐灶村,420,180,52,", OTHER_FIELDS]).encode("gb18030"),
        "a row one field short",
        name=CSV,
    ),
    safe(
        "thousands-elsewhere",
        "\r\n".join([TITLE_LINE, "常乐镇,长乐村,1,330,120,1,015,18,"]).encode("gb18030"),
        "unquoted thousands",
        name="常乐镇.csv",
        town=CHANG,
        truth=truth(CHANG),
    ),
]
