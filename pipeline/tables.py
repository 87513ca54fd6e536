"""The vocabulary of the house: every column, every table, every fixed word.

A column name means one thing everywhere and carries the Chinese label that officers read. A `Schema` builds a
table with exactly its columns and types (`table`), checks one (`verify`), and reads one back from text (`parse`).

Types of columns: text (str, "" where there is none), count (whole number, <NA> where unknown: never 0),
decimal (Decimal, None where there is none).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

NEW_BUILD, RENOVATION, TOTAL = "新建", "整改", "合计"
KINDS = (NEW_BUILD, RENOVATION)
DISTRICT = "全区"
DASH = "—"

TEXT, COUNT, DECIMAL = "text", "count", "decimal"

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column: its name in tables, its Chinese label, its type, and the decimals that are printed."""

    name: str
    label: str
    type: str = TEXT
    decimals: int = 0


def _columns(*columns: Column) -> dict[str, Column]:
    return {column.name: column for column in columns}


COLUMNS = _columns(
    Column("week", "截至日期"),
    Column("town", "区镇"),
    Column("village", "整村推进村"),
    Column("tier", "级别"),
    Column("kind", "类别"),
    Column("scope", "层级"),
    Column("target", "目标任务", COUNT),
    Column("done", "累计完成", COUNT),
    Column("added", "本周新增", COUNT),
    Column("remaining", "尚缺", COUNT),
    Column("rate", "完成率", DECIMAL, 4),
    Column("expected", "序时进度", DECIMAL, 4),
    Column("gap", "较序时（百分点）", DECIMAL, 2),
    Column("needed_per_week", "每周需完成", DECIMAL, 1),
    Column("achieved_per_week", "近四周周均", DECIMAL, 1),
    Column("rank", "位次", COUNT),
    Column("light", "状态"),
    Column("status", "情况"),
    Column("file", "文件"),
    Column("sha256", "文件指纹"),
    Column("sheet", "工作表"),
    Column("cell", "单元格"),
    Column("raw", "原文"),
    Column("remark", "备注"),
    Column("level", "级别"),
    Column("rule", "规则"),
    Column("message", "说明"),
    # inside the house, never archived
    Column("measure", "栏目"),
    Column("before", "原值"),
    Column("after", "新值"),
    Column("row", "行", COUNT),
    Column("role", "行的性质"),
    Column("type", "内容类型"),
    Column("formula", "公式"),
    Column("mark", "删除线或红字"),
    Column("remark_cell", "备注单元格"),
    Column("computed", "代算的结果", COUNT),
    Column("town_cell", "区镇单元格"),
    Column("town_raw", "区镇原文"),
    Column("village_cell", "村名单元格"),
    Column("village_raw", "村名原文"),
    Column("value", "数值", COUNT),
    Column("state", "读取结果"),
    Column("basis", "依据"),
    Column("previous", "上次累计", COUNT),
    Column("previous_week", "上次截至日期"),
)


@dataclass(frozen=True)
class Schema:
    """One table: its name, what one row is, its columns in order."""

    name: str
    row: str
    columns: tuple[str, ...]

    def table(self, rows: Iterable[Row] = ()) -> pd.DataFrame:
        """A table of exactly these columns and types; a key that is missing in a row is empty there."""
        rows = list(rows)
        known = set(self.columns)
        if not all(known.issuperset(row) for row in rows):
            raise KeyError(f"{self.name} has no column {sorted({key for row in rows for key in row} - known)}")
        return pd.DataFrame({name: _series(COLUMNS[name], [row.get(name) for row in rows]) for name in self.columns})

    def verify(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The same frame, if it has exactly these columns and types; a TypeError (a bug) if not."""
        if tuple(frame.columns) != self.columns:
            raise TypeError(f"{self.name}: columns are {list(frame.columns)}, not {list(self.columns)}")
        for name in self.columns:
            wanted = _DTYPES[COLUMNS[name].type]
            if str(frame[name].dtype) != wanted:
                raise TypeError(f"{self.name}.{name}: dtype is {frame[name].dtype}, not {wanted}")
        return frame

    def parse(self, rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
        """The table that was written as text (an archived CSV): the inverse of `text`."""
        return self.table({name: _parsed(COLUMNS[name], row[name]) for name in self.columns} for row in rows)


_DTYPES = {TEXT: "object", COUNT: "Int64", DECIMAL: "object"}
_EMPTY: dict[str, Any] = {TEXT: "", COUNT: pd.NA, DECIMAL: None}


def _series(column: Column, values: list[Any]) -> "pd.Series[Any]":
    """Text and decimals stay Python objects: pandas must not turn a blank into NaN or a number into a float."""
    empty = _EMPTY[column.type]
    cleaned = [empty if value is None or value is pd.NA else value for value in values]
    return pd.Series(cleaned, dtype=_DTYPES[column.type])


def _parsed(column: Column, text: str) -> Any:
    if column.type == TEXT:
        return text
    if text == "":
        return None
    return int(text) if column.type == COUNT else Decimal(text)


def rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table as plain dictionaries; an unknown count is None."""
    names = list(frame.columns)
    columns = [
        frame[name].to_numpy(dtype=object).tolist() for name in names
    ]  # tolist() of a Series is ten times slower
    for position, name in enumerate(names):
        if COLUMNS[name].type == COUNT:
            columns[position] = [None if value is pd.NA else value for value in columns[position]]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def text(name: str, value: Any) -> str:
    """One value as it is written in a CSV: decimals with the column's fixed places, nothing for the unknown."""
    if value is None or value is pd.NA:
        return ""
    column = COLUMNS[name]
    return f"{value:.{column.decimals}f}" if column.type == DECIMAL else str(value)


def printed(name: str, value: Any) -> str:
    """The same as people read it: − for minus, — where there is nothing."""
    words = text(name, value) or DASH
    return words if COLUMNS[name].type == TEXT else words.replace("-", "−")


def labels(frame: pd.DataFrame) -> pd.DataFrame:
    """The table for display: Chinese headings, and — where there is nothing."""
    shown = {COLUMNS[name].label: [printed(name, value) for value in frame[name]] for name in frame.columns}
    return pd.DataFrame(shown, dtype="object")


_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def normal(text: str) -> str:
    """A name as it is compared: without white space and zero-width marks, full-width forms as half-width."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")


def file_name(words: str) -> str:
    """Words as a file name may have them on Windows too. Names that `normal` tells apart stay apart."""
    return re.sub(r"[\s\x00-\x1f]+", " ", words.translate(_FULL_WIDTH)).strip()


# ---- figures as they are printed -------------------------------------------------------------------------------


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded the way Excel and people do (0.5 goes up), not Python's half-to-even."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent(rate: Decimal | None, places: int = 2) -> str:
    """A share as printed: 0.9982 -> 99.82%. Rounding never lifts a share below 1 to 100%."""
    if rate is None:
        return DASH
    printed = half_up(rate * 100, places)
    if rate < 1 and printed >= 100:
        printed = 100 - Decimal(1).scaleb(-places)
    return f"{printed}%"


def due(row: Row) -> int:
    """应完成: what a completion row with a task should have done by 序时进度, a whole number, half up."""
    return int(half_up(row["expected"] * row["target"], 0))


def lead(row: Row) -> int | None:
    """差距 in units: how much more is done than due (negative: 欠账); None where the sum is not complete."""
    return None if row["rate"] is None else row["done"] - due(row)


def is_slow(row: Row) -> bool:
    """Whether the pace of the last four reported weeks is below the one that is needed for what remains."""
    return has_pace(row) and bool(row["remaining"]) and bool(row["achieved_per_week"] < row["needed_per_week"])


def is_told(row: Row) -> bool:
    """Whether a completion row can be judged this week: no part of it missing, some of it of this week."""
    return row["light"] not in (NOT_REPORTED, "")


def is_behind(row: Row) -> bool:
    return row["light"] in FALLING_BEHIND


def is_figure(row: Row) -> bool:
    """Whether a completion row is one figure of the form that has a task: a village × 新建 or 整改."""
    return row["scope"] == VILLAGE and row["kind"] != TOTAL and bool(row["target"])


def is_carried(row: Row) -> bool:
    """Whether the figure is an earlier week's."""
    return row["light"] == NOT_REPORTED and row["rate"] is not None


def by_rate(row: Row) -> tuple[int, Decimal]:
    """A sorting key: rates from high to low; without a rate after them, without a task last. Ties keep their order."""
    if not row["target"]:
        return 2, Decimal(0)
    return (0, -row["rate"]) if row["rate"] is not None else (1, Decimal(0))


def has_pace(row: Row) -> bool:
    """Whether both paces are known, so that they can be compared."""
    return row["needed_per_week"] is not None and row["achieved_per_week"] is not None


def signed(count: int | None) -> str:
    """A difference of counts with its sign: +1,204, −85, 0."""
    if count is None:
        return DASH
    return f"{'+' if count > 0 else '−' if count < 0 else ''}{abs(count):,}"


def points(gap: Decimal | None, places: int = 2) -> str:
    """A difference in percentage points with its sign: +1.20, −0.85, 0.00."""
    if gap is None:
        return DASH
    printed = half_up(gap, places)
    sign = "+" if printed > 0 else "−" if printed < 0 else ""
    return f"{sign}{abs(printed)}"


# ---- fixed words -----------------------------------------------------------------------------------------------

VILLAGE, TOWN, WHOLE = "village", "town", "district"
SCOPES = {VILLAGE: "村", TOWN: "区镇", WHOLE: DISTRICT}

RECEIVED, LATE, RETURNED, MISSING, NONE_EXPECTED, IGNORED = (
    "received", "late", "returned", "missing", "none_expected", "ignored"
)  # fmt: skip
SUBMISSION_STATUS = {
    RECEIVED: "已报", LATE: "迟报", RETURNED: "退回", MISSING: "未报", NONE_EXPECTED: "无任务", IGNORED: "未采用",
}  # fmt: skip

REPORTED, CORRECTED, CARRIED = "reported", "corrected", "carried"
PROGRESS_STATUS = {REPORTED: "本周报送", CORRECTED: "按决定更正", CARRIED: "沿用", MISSING: "缺"}

FINISHED, AHEAD, ON_SCHEDULE, BEHIND, FAR_BEHIND, NOT_STARTED, NOT_REPORTED, NO_TASK = (
    "已完成", "超序时", "按序时", "慢序时", "严重滞后", "未开工", "未报", "无任务"
)  # fmt: skip
LIGHTS = (FINISHED, AHEAD, ON_SCHEDULE, BEHIND, FAR_BEHIND, NOT_STARTED, NOT_REPORTED)

KEEPING_UP, FALLING_BEHIND = (FINISHED, AHEAD, ON_SCHEDULE), (BEHIND, FAR_BEHIND, NOT_STARTED)
INCOMPLETE = "缺数"  # a part is missing: there is a task but no rate


def state(row: Row) -> str:
    """The light of a completion row as people read it: where it is empty, why."""
    return row["light"] or (INCOMPLETE if row["target"] else NO_TASK)


TARGET, DONE, ADDED, RATE = "target", "done", "added", "rate"  # measures: 目标任务, 完成情况, 本周新增, 完成率
IN_ROW, IN_TOTAL, IN_SUBTOTAL, SENDER, HEADLINE, ZERO_REPORT = (
    "village",
    "total",
    "subtotal",
    "sender",
    "headline",
    "zero_report",
)  # roles of an entry

# ---- tables ----------------------------------------------------------------------------------------------------

ENTRIES = Schema(
    "entries",
    "one cell of the form as typed: a figure of a village row or of a 合计/小计 row, or the 填报单位 line",
    (
        "file", "sheet", "cell", "row", "role", "town_raw", "town_cell", "village_raw", "village_cell", "measure",
        "kind", "raw", "type", "formula", "mark", "computed", "remark",
        "remark_cell",
    ),
)  # fmt: skip
FIGURES = Schema(
    "figures",
    "one entry with its names and its number understood; `state` says how far (see cleaning)",
    (
        "town", "village", "kind", "measure", "role", "value", "state", "file", "sheet", "cell", "raw", "remark",
        "remark_cell", "basis",
    ),
)  # fmt: skip
PREVIOUS = Schema(
    "previous",
    "one village × kind: its last accepted figure before this week and the week that reported it",
    ("town", "village", "kind", "previous", "previous_week"),
)

SUBMISSIONS = Schema(
    "submissions",
    "one expected town (its file, if any), and one further file each",
    ("town", "status", "file", "sha256"),
)
PROGRESS = Schema(
    "progress",
    "one village × kind this week",
    (
        "week", "town", "village", "tier", "kind", "target", "done", "added", "status", "file", "sheet", "cell", "raw",
        "remark",
    ),
)  # fmt: skip
COMPLETION = Schema(
    "completion",
    "one village, town or the district × kind (新建/整改/合计)",
    (
        "week", "scope", "town", "village", "kind", "target", "done", "added", "remaining", "rate", "expected", "gap",
        "needed_per_week", "achieved_per_week", "rank", "light",
    ),
)  # fmt: skip
FINDINGS = Schema(
    "findings",
    "one thing a person should look at",
    ("level", "rule", "town", "village", "kind", "file", "sheet", "cell", "raw", "message"),
)
REPORTING = Schema(
    "reporting", "one expected town in one week: what became of its submission", ("week", "town", "status")
)
CHANGES = Schema(
    "changes",
    "one figure, rank or light that a revision changes",
    ("scope", "town", "village", "kind", "measure", "before", "after"),
)
ORIGINS = Schema(
    "origins",
    "one part of a published figure: the cell, the decision or the earlier cell that it comes from",
    ("town", "village", "kind", "done", "status", "week", "file", "sha256", "sheet", "cell", "raw", "basis"),
)
ARCHIVED = {schema.name: schema for schema in (SUBMISSIONS, PROGRESS, COMPLETION, FINDINGS)}
