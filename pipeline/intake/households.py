"""A household ledger (农户台账, 花名册) in a book, recognised by its columns: whose household, and by what it is reached.

The official form, a foot of it (填报人 … 联系电话 …) and a list of officials with their telephones are none.
"""

import re
from enum import Enum
from functools import lru_cache

from pipeline.intake import people
from pipeline.intake.reading.book import NOTHING, Book, Sheet
from pipeline.printing import normal


class _Column(Enum):
    BOTH = (
        r"(?:户主|农户)(?:姓名)?[及和与]?\w{0,4}(?:身份证|电话|联系方式|银行卡|门牌)\w{0,6}|姓名[及和与]?身份证\w{0,6}"
    )
    HOUSEHOLD = r"(?:户主|农户|住户|受益户|受益人|受益农户|改厕户|改厕农户)(?:的?姓名|名字|名称|名)|户主|户名|户主信息|householder"
    PERSON = r"(?:家庭成员)?姓名|名字|personname"
    IDENTITY = r"\w{0,6}身份证(?:件)?(?:号码?|编号)?|公民身份号码|证件号码?|idcard|idnum|personid"
    ACCOUNT = r"\w{0,6}(?:银行卡|银行|打卡|社保卡|一卡通|一折通|存折)(?:账|帐|卡)?号?码?|打卡账号|卡号|[账帐]号"
    DOOR = r"门牌(?:号码?)?|(?:家庭|详细|现|户籍|改厕房屋|房屋|居住)?(?:住址|地址)|详细位置|housenum"
    PHONE = r"(?:户主|农户|本人|移动)?(?:联系)?(?:电话|手机|方式)(?:号码?)?|(?:电话|手机)号码?|phone|tel|persontel"
    WORKS = r"改厕(?:类型|方式|模式)|化粪池类型|厕所类型|村民小组|组别|家庭人口|户编号|户厕编号|验收(?:日期|结果|结论)|完工日期"
    OFFICE = r"职务|职位|岗位|单位|工作单位|部门|科室|分工|完成情况|目标任务|整村推进村"


_PERSONS = frozenset({_Column.BOTH, _Column.HOUSEHOLD, _Column.PERSON})
_NAMING = _PERSONS | {_Column.IDENTITY}
_PRIVATE = frozenset({_Column.IDENTITY, _Column.ACCOUNT, _Column.DOOR, _Column.PHONE})
_LABEL = re.compile("|".join(f"(?P<{column.name}>{column.value})" for column in _Column))
_BRACKETED = re.compile(r"\([^()]{0,20}\)|[*:：、/]")
_IDENTITY = re.compile(
    r"[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|[1-8]\.\d{8,}[eE]\+17"
)
_LONGEST_LABEL, _BAND = 20, 2  # a heading has up to three rows
_FEW, _MANY, _MOST_HEADINGS = 3, 5, 50

_At = tuple[int, int]


def holds_ledger(book: Book) -> bool:
    """Whether a sheet of the book, seen or hidden, is a household ledger."""
    return any(_is_ledger(sheet) for sheet in book.sheets)


def _is_ledger(sheet: Sheet) -> bool:
    sheet.work(len(sheet.cells))
    labels = {place: column for place, cell in sheet.cells.items() if (column := _label(cell.raw))}
    identities = sum(1 for cell in sheet.cells.values() if _is_identity(cell.raw))
    if identities >= _FEW or (identities and _NAMING.intersection(labels.values())):
        return True
    named = sorted(place for place, column in labels.items() if column in _PERSONS)[:_MOST_HEADINGS]
    if not named:
        return False
    table = _Table(sheet, labels)
    return any(table.is_headed_by(place) for place in named)


def _is_identity(text: str) -> bool:
    return 14 < len(text) < 40 and bool(_IDENTITY.fullmatch(normal(text)))


@lru_cache(maxsize=4096)
def _label(text: str) -> _Column | None:
    """What column a cell heads, if its text is a heading of the list and nothing else."""
    if not text or len(text) > _LONGEST_LABEL or text.isdecimal():
        return None
    found = _LABEL.fullmatch(_BRACKETED.sub("", normal(text)).lower())
    return _Column[found.lastgroup] if found and found.lastgroup else None


class _Table:
    """A sheet by the headings on it, and by what stands under each column."""

    def __init__(self, sheet: Sheet, labels: dict[_At, _Column]) -> None:
        self._sheet, self._labels = sheet, labels
        self._headings: dict[int, dict[_Column, int]] = {}
        for (row, column), label in sorted(labels.items(), reverse=True):
            self._headings.setdefault(row, {})[label] = column
        self._columns: dict[int, list[tuple[int, str]]] = {}
        for (row, column), cell in sheet.cells.items():
            if cell.raw.strip():
                self._columns.setdefault(column, []).append((row, cell.raw))

    def is_headed_by(self, place: _At) -> bool:
        """Whether a heading 户主 or 姓名 stands beside the headings of a ledger, and over (or before) persons."""
        label, (row, column) = self._labels[place], place
        band = {
            (near, other): at
            for near in range(row - _BAND, row + _BAND + 1)
            for other, at in self._headings.get(near, {}).items()
            if other is not label
        }
        headings = {other for _, other in band}
        self._sheet.work(2 * len(self._columns[column]))
        bottom = max([row, *(near for near, _ in band)])
        persons = sum(1 for under, text in self._columns[column] if under > bottom and people.is_name(text))
        persons += people.is_name(self._sheet.cells.get((row, column + 1), NOTHING).raw)
        private = headings & _PRIVATE
        if label is _Column.BOTH:
            return self._is_filled(column, bottom)
        if label is _Column.HOUSEHOLD:
            is_filled = persons > 0 or any(
                self._is_filled(at, bottom) for (_, other), at in band.items() if other in private
            )
            return persons >= _MANY or (bool(private) and is_filled)
        if _Column.OFFICE in headings:
            return False
        if private - {_Column.PHONE}:
            return persons > 0
        return persons >= _FEW and bool(private or _Column.WORKS in headings)

    def _is_filled(self, column: int, bottom: int) -> bool:
        self._sheet.work(len(self._columns.get(column, ())))
        return any(row > bottom for row, _ in self._columns.get(column, ()))
