"""What a town's file says, as typed: its form, the lines of the form, the entries of a line. Nothing is interpreted."""

from dataclasses import dataclass

from pipeline.intake.upward import Upward
from pipeline.records import Cell, Measure, Role

NOWHERE = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Cell):
    """One figure cell of a line.

    computed: the value of an uncalculated formula where we can work it out. is_linked: its formula takes its value from
    another file. type, mark: see `reading.book`.
    """

    measure: Measure
    kind: str
    type: str = ""
    formula: str = ""
    mark: str = ""
    computed: int | None = None
    is_linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside(Cell):
    """What a row says in a column that is not the form's: 村民小组, 时间, 存在问题.

    disowns: the words by which it says that the row's figures are not those that are asked for. doubts: that they may
    still change.
    """

    disowns: str = ""
    doubts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the form: a village's, or 合计 or 小计. town: as written in it, or above it for several rows.

    remark: 备注, with the comments of the row behind it. others: what stands in other columns, without the running number.
    """

    row: int
    role: Role = Role.IN_ROW
    town: Cell = NOWHERE
    village: Cell = NOWHERE
    remark: Cell = NOWHERE
    entries: tuple[Entry, ...]
    others: tuple[Aside, ...] = ()

    @property
    def done(self) -> list[Entry]:
        """The 完成情况 of a village; none of a 合计."""
        return [entry for entry in self.entries if entry.measure is Measure.DONE] if self.role is Role.IN_ROW else []


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroReport(Cell):
    """The sentence that there is no progress. villages: those that it names, as written; none: all of the town."""

    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one file reports: the lines of its form, or the sentence (zero_report) that there is no progress.

    headline: the title above the heading. senders: who is named as 填报单位. notes: the lines of words around the table.
    upward: what the slip of an office below says (see `upward`).
    """

    file: str
    lines: tuple[Line, ...] = ()
    headline: Cell | None = None
    senders: tuple[Cell, ...] = ()
    notes: tuple[Cell, ...] = ()
    zero_report: ZeroReport | None = None
    upward: Upward | None = None
