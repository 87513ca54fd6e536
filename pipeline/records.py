"""The vocabulary of the house: one frozen record a table, one enum a state, one key, one cell.

A field means one thing everywhere and carries the Chinese label that officers read. What is unknown is None, never 0;
a text that is not there is "". A `Table` names the columns of a record as they stand in a CSV and in `check --json`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, Generic, NamedTuple, Self, TypeVar, get_type_hints

from pipeline.printing import half_up

# ---- states ----------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What is built. Targets and figures have one of the first two; 合计 is their sum."""

    NEW_BUILD = "新建"
    RENOVATION = "整改"
    TOTAL = "合计"


KINDS = (Kind.NEW_BUILD, Kind.RENOVATION)
INCOMPLETE, NO_TASK = "缺数", "无任务"  # why a completion row has no light


class Labelled(StrEnum):
    """A state with the Chinese word that officers read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


class Sent(Labelled):
    """What became of a town's submission, or of a further file."""

    RECEIVED = "received", "已报"
    LATE = "late", "迟报"
    RETURNED = "returned", "退回"
    PENDING = "pending", "待核"
    MISSING = "missing", "未报"
    NONE_EXPECTED = "none_expected", "无任务"
    IGNORED = "ignored", "未采用"


NOT_USED = (Sent.RETURNED, Sent.PENDING, Sent.MISSING)  # no figure of such a town's form counts


class Status(Labelled):
    """What stands behind a figure of progress."""

    REPORTED = "reported", "本周报送"
    CORRECTED = "corrected", "按决定更正"
    CARRIED = "carried", "沿用"
    MISSING = "missing", "缺"


class Scope(StrEnum):
    """Of what a completion row is the measure."""

    VILLAGE = "village"
    TOWN = "town"
    DISTRICT = "district"


class Light(StrEnum):
    """Where a completion row stands; NONE where there is no task, or a part is unknown."""

    FINISHED = "已完成"
    AHEAD = "超序时"
    ON_SCHEDULE = "按序时"
    BEHIND = "慢序时"
    FAR_BEHIND = "严重滞后"
    NOT_STARTED = "未开工"
    NOT_REPORTED = "未报"
    NONE = ""


KEEPING_UP = (Light.FINISHED, Light.AHEAD, Light.ON_SCHEDULE)
FALLING_BEHIND = (Light.BEHIND, Light.FAR_BEHIND, Light.NOT_STARTED)


class Measure(StrEnum):
    """Which column of the form; NONE for an entry that is no figure. LEFT: 剩余. SUM: 完成合计, of both kinds."""

    TARGET = "target"
    DONE = "done"
    ADDED = "added"
    RATE = "rate"
    LEFT = "left"
    SUM = "sum"
    NONE = ""


class Role(StrEnum):
    """What a line of the form is."""

    IN_ROW = "village"
    IN_TOTAL = "total"
    IN_SUBTOTAL = "subtotal"


class State(StrEnum):
    """How far a figure was understood. What a blank means depends on the target and on last time's figure."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_STARTED = "not_started"
    UNCHANGED = "unchanged"
    UNREADABLE = "unreadable"


# ---- columns ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """The Chinese label of a field, and the decimals that are written."""

    label: str
    decimals: int = 0


def column(label: str, decimals: int = 0) -> dict[str, Column]:
    """The metadata of a field."""
    return {"column": Column(label, decimals)}


class Key(NamedTuple):
    """Whose figure: town, village, 新建 or 整改. In a town's key the village is "", in the district's the town too."""

    town: str = ""
    village: str = ""
    kind: str = ""

    @property
    def scope(self) -> Scope:
        return Scope.VILLAGE if self.village else Scope.TOWN if self.town else Scope.DISTRICT


class _Keyed:
    """A record that is about a town, a village, a kind."""

    __slots__ = ()
    town: str
    village: str
    kind: str

    @property
    def key(self) -> Key:
        return Key(self.town, self.village, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where something stands, and the text as it was found there."""

    file: str = field(default="", metadata=column("文件"))
    sheet: str = field(default="", metadata=column("工作表"))
    cell: str = field(default="", metadata=column("单元格"))
    raw: str = field(default="", metadata=column("原文"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Cell, _Keyed):
    """Where something stands and whom it is about; as much of it as is known."""

    town: str = field(default="", metadata=column("区镇"))
    village: str = field(default="", metadata=column("整村推进村"))
    kind: str = field(default="", metadata=column("类别"))


# ---- what a town sent ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Place):
    """One entry of the form with its names and its number understood. basis: the decision that it stands on, or ""."""

    measure: Measure = Measure.DONE
    role: Role = Role.IN_ROW
    value: int | None = None
    state: State = State.NUMBER
    remark: str = ""
    remark_cell: str = ""
    basis: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it is a 完成情况 figure of a village row: the only figures that count."""
        return self.measure is Measure.DONE and self.role is Role.IN_ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray(Place):
    """A row that is no village's of its town, at the cell that says so; raw: as its village is written.

    done: (新建 or 整改, as typed), what is dropped with it. is_of_town: whether it may be a village of the town.
    """

    done: tuple[tuple[str, str], ...] = ()
    is_of_town: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One expected town and its file, if any; or one further file."""

    town: str = field(default="", metadata=column("区镇"))
    status: Sent = field(metadata=column("情况"))
    file: str = field(default="", metadata=column("文件"))
    sha256: str = field(default="", metadata=column("文件指纹"))

    @property
    def is_usable(self) -> bool:
        """Whether the file counts."""
        return self.status in (Sent.RECEIVED, Sent.LATE)


@dataclass(frozen=True)
class Submissions:
    """A week's submissions: `towns` one for each town in the form's order, `further` the files that do not count."""

    towns: tuple[Submission, ...]
    further: tuple[Submission, ...] = ()

    @property
    def rows(self) -> tuple[Submission, ...]:
        """All of them, as they stand in the table."""
        return (*self.towns, *self.further)

    @property
    def digests(self) -> dict[str, str]:
        """file -> sha256"""
        return {row.file: row.sha256 for row in self.rows if row.file}

    @classmethod
    def of(cls, rows: Iterable[Submission]) -> "Submissions":
        """The table read back: a town's first row is its own, its later ones are further files."""
        first: dict[str, Submission] = {}
        further = [row for row in rows if not row.town or first.setdefault(row.town, row) is not row]
        return cls(tuple(first.values()), tuple(further))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """One expected town in one week: what became of its submission."""

    week: str = field(metadata=column("截至日期"))
    town: str = field(metadata=column("区镇"))
    status: Sent = field(metadata=column("情况"))


# ---- what counts -----------------------------------------------------------------------------------------------


class Previous(NamedTuple):
    """The last accepted figure of a village × kind before a week, the week that reported it, its 备注 and target then.

    done: None if nothing is known. week: "" where no figure has been accepted yet.
    """

    done: int | None = None
    week: str = ""
    remark: str = ""
    target: int = 0

    @property
    def is_over(self) -> bool:
        """Whether more was accepted then than its target."""
        return 0 < self.target < (self.done or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Place):
    """One village × kind this week. done is cumulative, added is against the last accepted figure."""

    week: str = field(metadata=column("截至日期"))
    tier: str = field(default="", metadata=column("级别"))
    target: int = field(metadata=column("目标任务"))
    done: int | None = field(default=None, metadata=column("累计完成"))
    added: int | None = field(default=None, metadata=column("本周新增"))
    status: Status = field(metadata=column("情况"))
    remark: str = field(default="", metadata=column("备注"))

    @property
    def is_own(self) -> bool:
        """Whether the figure is this week's."""
        return self.status in (Status.REPORTED, Status.CORRECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion(_Keyed):
    """One village, town or the district × 新建, 整改, 合计: done against target and against 序时进度.

    rate, expected are shares, gap is in percentage points; everything is None where it is unknown or has no meaning.
    sent: what became of its town's submission, where that is known; no column, since `submissions` has it.
    """

    week: str = field(metadata=column("截至日期"))
    scope: Scope = field(metadata=column("层级"))
    town: str = field(default="", metadata=column("区镇"))
    village: str = field(default="", metadata=column("整村推进村"))
    kind: str = field(metadata=column("类别"))
    target: int = field(metadata=column("目标任务"))
    done: int | None = field(default=None, metadata=column("累计完成"))
    added: int | None = field(default=None, metadata=column("本周新增"))
    remaining: int | None = field(default=None, metadata=column("尚缺"))
    rate: Decimal | None = field(default=None, metadata=column("完成率", 4))
    expected: Decimal | None = field(default=None, metadata=column("序时进度", 4))
    gap: Decimal | None = field(default=None, metadata=column("较序时（百分点）", 2))
    needed_per_week: Decimal | None = field(default=None, metadata=column("每周需完成", 1))
    achieved_per_week: Decimal | None = field(default=None, metadata=column("平均每周完成", 1))
    rank: int | None = field(default=None, metadata=column("位次"))
    light: Light = field(default=Light.NONE, metadata=column("状态"))
    sent: Sent | None = field(default=None, compare=False)

    @property
    def is_figure(self) -> bool:
        """Whether it is one figure of the form that has a task: a village × 新建 or 整改."""
        return self.scope is Scope.VILLAGE and self.kind != Kind.TOTAL and bool(self.target)

    @property
    def is_judged(self) -> bool:
        """Whether it can be judged this week: no part of it missing, some of it of this week."""
        return self.light not in (Light.NOT_REPORTED, Light.NONE)

    @property
    def is_behind(self) -> bool:
        return self.light in FALLING_BEHIND

    @property
    def keeps_schedule(self) -> bool:
        """Whether what is done is known and not short of 序时进度."""
        return self.gap is not None and self.gap >= 0

    @property
    def is_carried(self) -> bool:
        """Whether the figure is an earlier week's."""
        return self.light is Light.NOT_REPORTED and self.rate is not None

    @property
    def known_rate(self) -> Decimal:
        """The rate of a row that has one, as every judged row has; without one an AssertionError: a bug."""
        assert self.rate is not None
        return self.rate

    @property
    def has_pace(self) -> bool:
        """Whether both paces are known, so that they can be compared."""
        return self.needed_per_week is not None and self.achieved_per_week is not None

    @property
    def is_slow(self) -> bool:
        """Whether the pace of the last four reported weeks is below the one that is needed for what remains."""
        if self.needed_per_week is None or self.achieved_per_week is None or not self.remaining:
            return False
        return self.achieved_per_week < self.needed_per_week

    @property
    def due(self) -> int:
        """应完成: what should be done by 序时进度, a whole number, half up; 0 without a task."""
        return int(half_up((self.expected or Decimal(0)) * self.target, 0))

    @property
    def lead(self) -> int | None:
        """差距 in units: how much more is done than due (negative: 欠账); None where the sum is not complete."""
        return None if self.rate is None or self.done is None else self.done - self.due

    @property
    def state(self) -> str:
        """The light as people read it: where it is empty, why; without a figure of this week, in the town's own word.

        A place of a town that has reported, and the district, are never called 未报: their figure is 沿用, or lacking.
        """
        if self.light is not Light.NOT_REPORTED:
            return self.light or (INCOMPLETE if self.target else NO_TASK)
        if self.sent in NOT_USED:
            return self.sent.label
        return Status.CARRIED.label if self.is_carried else INCOMPLETE

    @property
    def by_rate(self) -> tuple[int, Decimal]:
        """A sorting key: rates from high to low; without a rate after them, without a task last."""
        if not self.target:
            return 2, Decimal(0)
        return (0, -self.rate) if self.rate is not None else (1, Decimal(0))


def with_sent(completion: Iterable[Completion], submissions: Submissions) -> list[Completion]:
    """The completion rows of a week, each with what became of its town's submission."""
    status = {row.town: row.status for row in submissions.towns}
    return [replace(row, sent=status.get(row.town)) for row in completion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Cell, _Keyed):
    """One part of a published figure: the cell, the decision or the earlier cell that it comes from.

    week: the one that reported it. basis: the written decisions on its way, and why it is not this week's; "" if it is
    simply what the town reported. then: of a carried figure, what stood behind it in the week that reported it.
    """

    town: str
    village: str
    kind: str
    done: int | None
    status: Status
    week: str
    sha256: str
    basis: str
    then: str = ""

    @property
    def grounds(self) -> str:
        """All that stands behind it in words."""
        return "；".join(filter(None, (self.basis, self.then)))


# ---- tables ----------------------------------------------------------------------------------------------------

R = TypeVar("R")


@dataclass(frozen=True)
class Table(Generic[R]):
    """One table as it is written: its name, its record, its columns in order; computed: those that are no fields."""

    name: str
    record: type[R]
    columns: tuple[str, ...]
    computed: Mapping[str, Column] = field(default_factory=dict)

    @cached_property
    def labels(self) -> Mapping[str, Column]:
        """The label and decimals of each column."""
        known = ((each.name, each.metadata) for each in fields(self.record))  # type: ignore[arg-type]
        by_field = {name: metadata["column"] for name, metadata in known if "column" in metadata}
        return {name: self.computed.get(name) or by_field[name] for name in self.columns}

    def texts(self, row: R) -> list[str]:
        """One row as it is written in a CSV: nothing for the unknown, decimals with their fixed places."""
        return [text(getattr(row, name), label.decimals) for name, label in self.labels.items()]

    def parse(self, values: Mapping[str, str]) -> R:
        """The row that was written as text: the inverse of `texts`. ValueError for what no such row says."""
        return self.record(**{name: self._readers[name](written) for name, written in values.items()})

    @cached_property
    def _readers(self) -> dict[str, Callable[[str], Any]]:
        hints = get_type_hints(self.record)
        return {name: _reader(hints[name]) for name in self.columns}


def text(value: object, decimals: int = 0) -> str:
    """One value as it is written: nothing for the unknown, a decimal with its fixed places."""
    if value is None:
        return ""
    return f"{value:.{decimals}f}" if isinstance(value, Decimal) else str(value)


def _reader(kind: Any) -> Callable[[str], Any]:
    if kind is str:
        return str
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    plain = int if kind in (int, int | None) else Decimal
    return lambda written: plain(written) if written else None


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SUBMISSIONS = Table("submissions", Submission, _names("town status file sha256"))
PROGRESS = Table(
    "progress", Progress,
    _names("week town village tier kind target done added status file sheet cell raw remark"),
)  # fmt: skip
COMPLETION = Table(
    "completion", Completion, tuple(each.name for each in fields(Completion) if "column" in each.metadata)
)
REPORTING = Table("reporting", Reporting, tuple(each.name for each in fields(Reporting)))
