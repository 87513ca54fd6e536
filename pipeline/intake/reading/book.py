"""What every reader gives: a book of sheets of sparse cells, as a clerk sees them. Nothing is interpreted."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.rules import Rule, Said
from pipeline.rules.files import CANNOT_READ_HERE, UNREADABLE_FILE

if TYPE_CHECKING:
    from pipeline.intake.reading.budget import Budget

MOST_CELLS = 200_000
MOST_MERGES = 10_000
MOST_SIGNS = 2 * 32_767  # in one cell: Excel's own limit, for its text and its formula
MOST_SHEETS = 50

DAMAGED = "文件损坏或未传完，请重新发送"
TOO_LARGE = "文件内容异常庞大，不像本表，请用下发的 Excel 模板填报"
ENCRYPTED = "文件已加密无法打开，请取消密码后重报"

# What the office is told of its own machine: what happened, and what to do.
_ELSE = "仍不行的，请换一台电脑运行，或在处理单里选“不用这份文件”"
NO_MEMORY = f"读取本文件时电脑内存不足，请关闭其他程序后重新运行；{_ELSE}"
CUT_OFF = f"读取本文件的程序两次占满限定的时间或内存、或中途退出，本机没有读成，请重新运行；{_ELSE}"
NO_HELPER = f"读取旧格式文件的程序无法启动（可能被杀毒软件拦住），请重新运行；{_ELSE}"

# Types of a cell. SHARED: it lies in a merged range over several rows. UNCALCULATED: a formula without its value.
# PERCENT: a number that is shown as a percentage; its raw text is what is shown (100%, not 1).
# RAGGED: in a row of a CSV whose fields do not fit the heading, so that it may be another column's.
# SHOWN: a number that its format shows as something else, which is its raw text (91万, not 91).
CELL_TEXT, NUMBER, DATE, BOOLEAN, ERROR, UNCALCULATED, SHARED, BLANK, PERCENT, RAGGED, SHOWN = (
    "text", "number", "date", "boolean", "error", "uncalculated", "shared", "blank", "percent", "ragged", "shown"
)  # fmt: skip

# Marks on a cell: all of it struck out, a part of it struck out, written in red (what a clerk calls 已改); nothing to
# be seen of it (;;; or white on white).
STRUCK, PART_STRUCK, RED, UNSEEN = "struck", "part_struck", "red", "unseen"

# A formula that is known, but not its text: the copies of a shared one and the results of data tables have none.
SHARED_FORMULA = "(shared)"

AROUND = "正文"  # the sheet that holds the words around the tables of a document or a page


class Unreadable(Exception):
    """A file that cannot be read: str() is the Chinese reason and, behind its last 请, what the town has to do; `rule`
    is the finding's rule."""

    def __init__(self, reason: str, rule: Rule = UNREADABLE_FILE) -> None:
        self.rule = rule
        super().__init__(reason)

    @property
    def said(self) -> Said:
        """The reason, and what to do, apart."""
        words, _, ask = str(self).rpartition("请")
        return Said(words.rstrip("，"), f"请{ask}")


class CannotReadHere(Unreadable):
    """A fault of this machine, not of the file: no program to unpack it, a helper that does not start or is ended."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, CANNOT_READ_HERE)

    @property
    def said(self) -> Said:
        """All of it is for the office: no town is asked anything."""
        return Said(str(self))


class Scan(Unreadable):
    """A scan or a picture: a copy for the files beside the workbook, no source of figures."""


class Cell(NamedTuple):
    """One cell: its text as typed, what it is, its formula (without =; "" for a typed value), its mark."""

    raw: str
    type: str
    formula: str = ""
    mark: str = ""


NOTHING = Cell("", BLANK)


class Remark(NamedTuple):
    """What a reader could not put into cells, or only by a rule that should be told: where, and the words concerned.

    row, column: 0 where it lies on no cell.
    """

    rule: Rule
    row: int
    column: int
    raw: str


@dataclass
class Sheet:
    """One sheet: (row, column) -> Cell, 1-based; merged ranges as (top, left, bottom, right).

    notes: the comments (批注) on cells. hidden_rows, hidden_columns: hidden by hand or by a filter.
    is_calculated: whether the program that wrote it works out formulas, so that a stored 0 is a result.
    """

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)
    is_calculated: bool = True
    word_table: bool = False  # its cells are named 行3列5 instead of E3
    budget: "Budget | None" = field(default=None, repr=False, compare=False)  # of the received file

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell that holds something; a form has hundreds of cells, not hundreds of thousands."""
        self.cells[row, column] = cell
        signs = len(cell.raw) + len(cell.formula)
        if len(self.cells) > MOST_CELLS or signs > MOST_SIGNS:
            raise Unreadable(TOO_LARGE)
        if self.budget:
            self.budget.work(1 + (signs >> 4))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.merges.append((top, left, bottom, right))
        if len(self.merges) > MOST_MERGES:
            raise Unreadable("合并单元格异常多，请用下发的 Excel 模板填报")

    def work(self, steps: int) -> None:
        """Steps that are about to be done on this sheet, out of the received file's budget."""
        if self.budget:
            self.budget.work(steps)

    def address(self, row: int, column: int) -> str:
        """What a clerk would call the cell: E3, or 行3列5 in a Word table."""
        return f"行{row}列{column}" if self.word_table else address(row, column)


@dataclass
class Book:
    """One file: what it is in fact (`xlsx` `xls` `xlsb` `ods` `csv` `docx` `html` `xml`), its sheets, what else is in it."""

    format: str
    sheets: list[Sheet]
    pictures: int = 0
    macros: bool = False


@lru_cache(maxsize=8192)  # thousands of forms share the same few hundred places
def address(row: int, column: int) -> str:
    """(5, 28) -> AB5"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def number_text(value: float) -> str:
    """A number as a person would type it: 12, not 12.0; in 15 digits as Excel shows it, so not 12.000000000000002."""
    if abs(value) < 1e16 and value == int(value):
        return str(int(value))
    value = float(f"{value:.15g}")
    return str(int(value)) if abs(value) < 1e16 and value == int(value) else repr(value)


def date_text(serial: float, epoch_1904: bool = False) -> str:
    """A date serial as YYYY-MM-DD; a serial outside the calendar stays a number."""
    start = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
    try:
        return (start + dt.timedelta(days=int(serial))).isoformat()
    except (OverflowError, ValueError):
        return number_text(serial)


def check_sheets(count: int) -> None:
    """Unreadable for a book of more sheets than any office keeps."""
    if count > MOST_SHEETS:
        raise Unreadable(f"工作表多达 {count} 张，不像本表，请用下发的 Excel 模板填报")
