"""A household ledger (农户台账, 花名册) in a book, recognised by its columns: whose household, and by what it is reached.

The official form, a foot of it (填报人 … 联系电话 …) and a list of officials with their telephones are none.
"""

import re
from enum import Enum
from functools import lru_cache

from pipeline.intake import people
from pipeline.intake.reading.book import Book, Sheet
from pipeline.printing import normal


class _Column(Enum):
    HOUSEHOLD = r"(?:户主|农户|住户|受益户|受益人|受益农户|改厕户|改厕农户)(?:的?姓名|名字|名称|名)|户主|户名|户主信息|householder"
    PERSON = r"(?:家庭成员)?姓名|名字|personname"
    IDENTITY = r"\w{0,6}身份证(?:件)?(?:号码?|编号)?|公民身份号码|证件号码?|idcard|idnum|personid"
    ACCOUNT = r"\w{0,6}(?:银行卡|银行|打卡|社保卡|一卡通|一折通|存折)(?:账|帐|卡)?号?码?|打卡账号|卡号|[账帐]号"
    DOOR = r"门牌(?:号码?)?|(?:家庭|详细|现|户籍|改厕房屋|房屋|居住)?(?:住址|地址)|详细位置|housenum"
    PHONE = r"(?:户主|农户|本人|移动)?(?:联系)?(?:电话|手机|方式)(?:号码?)?|(?:电话|手机)号码?|phone|tel|persontel"
    WORKS = r"改厕(?:类型|方式|模式)|化粪池类型|厕所类型|村民小组|组别|家庭人口|户编号|户厕编号|验收(?:日期|结果|结论)|完工日期"
    OFFICE = r"职务|职位|岗位|单位|工作单位|部门|科室|分工|完成情况|目标任务|整村推进村"


_LABEL = re.compile("|".join(f"(?P<{column.name}>{column.value})" for column in _Column))
_BRACKETED = re.compile(r"\([^()]{0,20}\)|[*:：、/]")
_IDENTITY = re.compile(
    r"[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|[1-8]\.\d{8,}[eE]\+17"
)
_LONGEST_LABEL, _BAND = 20, 2  # a heading has up to three rows
_FEW, _MANY = 3, 5


def holds_ledger(book: Book) -> bool:
    """Whether a sheet of the book, seen or hidden, is a household ledger."""
    return any(_is_ledger(sheet) for sheet in book.sheets)


def _is_ledger(sheet: Sheet) -> bool:
    labels = {place: column for place, cell in sheet.cells.items() if (column := _label(cell.raw))}
    identities = sum(1 for cell in sheet.cells.values() if _is_identity(cell.raw))
    if identities >= _FEW:
        return True
    named = [place for place, column in labels.items() if column in (_Column.HOUSEHOLD, _Column.PERSON)]
    if identities and (named or _Column.IDENTITY in labels.values()):
        return True
    below = _columns(sheet)
    return any(_heads_ledger(place, labels, below) for place in named)


def _is_identity(text: str) -> bool:
    return 14 < len(text) < 40 and bool(_IDENTITY.fullmatch(normal(text)))


@lru_cache(maxsize=4096)
def _label(text: str) -> _Column | None:
    """What column a cell heads, if its text is a heading of the list and nothing else."""
    if not text or len(text) > _LONGEST_LABEL or text.isdecimal():
        return None
    found = _LABEL.fullmatch(_BRACKETED.sub("", normal(text)).lower())
    return _Column[found.lastgroup] if found and found.lastgroup else None


def _columns(sheet: Sheet) -> dict[int, list[tuple[int, str]]]:
    """column -> (row, text) of its cells that hold something."""
    columns: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.raw.strip():
            columns.setdefault(column, []).append((row, cell.raw))
    return columns


def _heads_ledger(
    place: tuple[int, int], labels: dict[tuple[int, int], _Column], columns: dict[int, list[tuple[int, str]]]
) -> bool:
    """Whether a heading 户主 or 姓名 stands beside the headings of a ledger, and over persons."""
    band = {
        label: at for at, label in labels.items() if abs(at[0] - place[0]) <= _BAND and at[1] != place[1]
    }  # fmt: skip
    bottom = max([place[0], *(at[0] for at in band.values())])
    persons = sum(1 for row, text in columns[place[1]] if row > bottom and people.is_name(text))
    private = band.keys() & {_Column.IDENTITY, _Column.ACCOUNT, _Column.DOOR, _Column.PHONE}
    if labels[place] is _Column.HOUSEHOLD:
        filled = any(row > bottom for label in private for row, _ in columns[band[label][1]])
        return persons >= _MANY or (bool(private) and (filled or persons > 0))
    if _Column.OFFICE in band:
        return False
    if private & {_Column.IDENTITY, _Column.ACCOUNT, _Column.DOOR}:
        return persons > 0
    return persons >= _FEW and bool(private or _Column.WORKS in band)
