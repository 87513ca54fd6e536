"""上报表: what one office sends to the office above, and how that office knows it again.

The sheet 上报表 of 汇总表.xlsx has a row a tier, in the form of the level above. A hidden sheet beside it (上报信息) says
whose it is, of which week and revision, under which seal, and what each of its figures is made of, down to the cells of
the towns' files: so the office above can tell that figures and check code belong together, and trace a figure to its
origin from its own sealed copy.

Text only, known by its first words and not by the sheet's name, so that it outlives a save as .xls and a renamed tab.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from pipeline import check_codes
from pipeline.intake.reading.book import Book, Sheet
from pipeline.records import INCOMPLETE, Key, Status

SHEET, SLIP_SHEET = "上报表", "上报信息"
DRAFT, FINAL = "初稿", "定稿"
_MARK = "此页供上级的汇总程序核对，请勿改动"
_FACTS = ("单位", "截至日期", "版次", "状态", "校验码", "其余指纹")
_HEAD = (
    "层", "级别", "单位", "任务", "类别", "目标", "完成", "情况", "报送周", "文件", "工作表", "单元格", "原文", "文件指纹",
)  # fmt: skip
_FIRST = len(_FACTS) + 3  # row of the first source: mark, facts and heading are above it
MOST_SOURCES = 5_000  # of one workbook; beyond, the deepest levels stay with the members

Place = tuple[int, int]
Below = Mapping[tuple[str, str], Sequence["Source"]]  # (file, cell) of a 上报表 -> what its figure is made of


@dataclass(frozen=True, slots=True)
class Slip:
    """Whose sheet it is, and the seal that it stands under. rest: see `check_codes.seal`."""

    office: str
    week: dt.date
    revision: int
    is_final: bool
    check_code: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One figure that the figures above it are sums of. depth: 1 of the office that sends, 2 of its member, and so on.

    What follows a source, deeper than it, is what it is made of. target, done: in the programme's unit, done None where it
    is not known. status: how it came to count in its own office. week … sha256: the cell that reported it there.
    """

    depth: int
    tier: str
    town: str
    village: str
    kind: str
    target: int
    done: int | None
    status: Status
    week: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    raw: str = ""
    sha256: str = ""

    @property
    def key(self) -> Key:
        return Key(self.town, self.village, self.kind)


@dataclass(frozen=True)
class Upward:
    """The hidden sheet, read: the slip, and the sources in their order."""

    slip: Slip
    sources: tuple[Source, ...]

    @property
    def own(self) -> list[Source]:
        """The figures of the office that sends."""
        return [row for row in self.sources if row.depth == 1]

    @property
    def is_sealed(self) -> bool:
        """Whether the check code is that of these figures."""
        figures = check_codes.figures(self.own)
        return check_codes.check_code(check_codes.seal(self.slip.rest, figures)) == self.slip.check_code

    def sums(self) -> dict[tuple[str, str], "Sum"]:
        """(tier, 新建 or 整改) -> what 上报表 says of it."""
        parts: dict[tuple[str, str], list[Source]] = {}
        for row in self.own:
            parts.setdefault((row.tier, row.kind), []).append(row)
        return {key: Sum.of(rows) for key, rows in parts.items()}

    def below(self, tier: str, kind: str) -> list[Source]:
        """The sources of one figure of 上报表, as deep as they go."""
        found, is_of_it = [], False
        for row in self.sources:
            is_of_it = (row.tier, row.kind) == (tier, kind) if row.depth == 1 else is_of_it
            found += [row] if is_of_it else []
        return found


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure of 上报表. done: of the known parts, None where none is known; carried, missing: how many parts are."""

    target: int
    done: int | None
    carried: int
    missing: int

    @classmethod
    def of(cls, parts: Sequence[Source]) -> "Sum":
        known = [row.done for row in parts if row.done is not None]
        states = [row.status for row in parts if row.target]
        carried, missing = states.count(Status.CARRIED), states.count(Status.MISSING)
        return cls(sum(row.target for row in parts), sum(known) if known else None, carried, missing)

    @property
    def words(self) -> str:
        """done as it stands in the cell: an unknown figure is no 0, and no blank that could be taken for one."""
        return INCOMPLETE if self.done is None else str(self.done)

    @property
    def not_own(self) -> str:
        """沿用2处、缺1处; "" where every part is of this week."""
        counts = ((Status.CARRIED.label, self.carried), ("缺", self.missing))
        return "、".join(f"{words}{count}处" for words, count in counts if count)


def place_of(tier: str) -> str:
    """How a row of 上报表 is called: 省级整村推进村."""
    return f"{tier}整村推进村"


def tier_of(place: str) -> str:
    """The tier of a row of 上报表."""
    return place.removesuffix("整村推进村")


def shortened(sources: Sequence[Source]) -> list[Source]:
    """At most MOST_SOURCES of them: where there are more, without the deepest levels, which the members' files hold."""
    kept = list(sources)
    while len(kept) > MOST_SOURCES and (deepest := max(row.depth for row in kept)) > 1:
        kept = [row for row in kept if row.depth < deepest]
    return kept


def deeper(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources of a member as they stand in the sheet of the office above it."""
    return (replace(row, depth=row.depth + 1) for row in sources)


# ---- on a sheet ------------------------------------------------------------------------------------------------


def cells(sent: Upward) -> dict[Place, str]:
    """What stands on the hidden sheet: (row, column) -> text."""
    slip = sent.slip
    state = FINAL if slip.is_final else DRAFT
    facts = (slip.office, slip.week.isoformat(), str(slip.revision), state, slip.check_code, slip.rest)
    lines = [(_MARK,), *zip(_FACTS, facts, strict=True), _HEAD, *map(_line, sent.sources)]
    return {(row, column): text for row, line in enumerate(lines, 1) for column, text in enumerate(line, 1) if text}


def _line(row: Source) -> tuple[str, ...]:
    return tuple("" if (value := getattr(row, each.name)) is None else str(value) for each in fields(Source))


def is_slip(sheet: Sheet) -> bool:
    """Whether a sheet is such a hidden one, whole or not."""
    first = sheet.cells.get((1, 1))
    return first is not None and first.raw == _MARK


def seen(book: Book) -> list[Sheet]:
    """The sheets that are not hidden, but for 上报表 beside its slip, which is a form for the level above only."""
    left_out = SHEET if any(map(is_slip, book.sheets)) else None
    return [sheet for sheet in book.sheets if not sheet.hidden and sheet.name != left_out]


def found(book: Book) -> Upward | None:
    """The hidden sheet of a workbook; None without one, and for one that does not hold what we wrote."""
    for sheet in filter(is_slip, book.sheets):
        return _parsed({place: cell.raw for place, cell in sheet.cells.items()})
    return None


def _parsed(texts: Mapping[Place, str]) -> Upward | None:
    office, week, revision, state, code, rest = (texts.get((row, 2), "") for row in range(2, 2 + len(_FACTS)))
    try:
        slip = Slip(office, dt.date.fromisoformat(week), int(revision), {DRAFT: False, FINAL: True}[state], code, rest)
        last = max(row for row, _ in texts)
        rows = range(_FIRST, last + 1)
        return Upward(
            slip, tuple(_source([texts.get((row, at), "") for at in range(1, len(_HEAD) + 1)]) for row in rows)
        )
    except (ValueError, KeyError):
        return None


def _source(texts: Sequence[str]) -> Source:
    depth, tier, town, village, kind, target, done, status, *origin = texts
    return Source(
        depth=int(depth), tier=tier, town=town, village=village, kind=kind, target=int(target),
        done=int(done) if done else None, status=Status(status),
        **dict(zip(("week", "file", "sheet", "cell", "raw", "sha256"), origin, strict=True)),
    )  # fmt: skip
