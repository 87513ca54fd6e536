"""What a generated form consists of: parts that can be left out one by one when a failure is made small."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.records import Key


@dataclass(frozen=True)
class Put:
    """What stands in a cell. value: what is stored (beside a formula: its saved result, None if there is none)."""

    value: str | int | float | None = None
    format: str = "General"
    formula: str = ""  # {r} is the row it stands in


Cell = str | int | float | Put | None


@dataclass(frozen=True)
class Column:
    """One column. head: its heading from the top line down; says: what it is to the clerk ("" for a further one).

    needed: cannot be left out without changing what the form means.
    """

    head: tuple[str, ...]
    says: str
    cells: tuple[Cell, ...]
    total: Cell = None
    hidden: bool = False
    needed: bool = False

    @property
    def measure(self) -> str:
        return self.says.partition(" ")[0]


@dataclass(frozen=True)
class Text:
    """A line above or below the table."""

    words: str
    needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """One tab. joined: which columns have equal neighbours merged downwards; total: the label of its total row.

    lines: rows between heading and villages, by column (column codes, units, an example).
    """

    name: str = "Sheet1"
    columns: tuple[Column, ...] = ()
    above: tuple[Text, ...] = ()
    below: tuple[Text, ...] = ()
    total: str = ""
    total_under: str = "town"  # or "village": in which column the label stands
    total_first: bool = False
    lines: tuple[tuple[Cell, ...], ...] = ()
    merged_heading: bool = True
    merged_towns: bool = False
    merged_villages: bool = False
    blank_rows: bool = False
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()  # of the villages
    needed: bool = False
    joined: tuple[tuple[str, int], ...] = ()  # a column's cell merged with the one below
    is_main: bool = False  # this week's form
    under: tuple["Sheet", ...] = ()  # further tables of the same tab

    def column(self, says: str) -> Column:
        return next(column for column in self.columns if column.says == says)


@dataclass(frozen=True)
class Sent:
    """One file and its truth: for each village and kind the number meant, None where no number can be taken.

    grade: `clean` (all used, no question), `plain` (as clean, but a further column speaks of 完成: holding is no
    fault), `trap`. told: the weakest level that must be said of the file, "" for none. traits: what is special, for
    the report.
    """

    town: str
    day: str
    file: str
    sheets: tuple[Sheet, ...]
    truth: Mapping[Key, int | None]
    grade: str = "clean"
    told: str = ""
    traits: tuple[str, ...] = ()
    text: str = ""  # the whole file, where it is no workbook
    uncalculated: bool = False  # written by a program that does not calculate
    notes: frozenset[str] = field(default_factory=frozenset)  # rules whose notes say something true

    @property
    def trap(self) -> str:
        return self.traits[-1] if self.grade == "trap" else ""
