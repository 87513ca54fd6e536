"""Names and figures: what each cell says, or why it cannot be said. Nothing is guessed.

`figures` turns forms into figures; a figure's `state` says how far it was understood. What a blank means depends on
the target and on last week, so it is decided by the checks and by settling, not here.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.intake import gazetteer, numerals, village_rows
from pipeline.intake.names import Names, bare_village
from pipeline.intake.numerals import Context, Reading
from pipeline.intake.privacy import mask
from pipeline.intake.reading.book import PART_STRUCK, RED, SHARED, STRUCK, UNCALCULATED, UNSEEN
from pipeline.intake.typed import Entry, Form, Line, ZeroReport
from pipeline.intake.village_rows import Again
from pipeline.params import Decision, Name, Programme, stale
from pipeline.params.levels import Words
from pipeline.printing import month_day, normal
from pipeline.records import KINDS, Cell, Figure, Key, Measure, Place, Previous, Role, State, Stray
from pipeline.rules import Finding, Level, Rule, Said, stated
from pipeline.rules.figures import EXTERNAL_LINK, FORMULA_FIGURE, MERGED_FIGURE, STRUCK_FIGURE, UNSEEN_FIGURE
from pipeline.rules.files import OTHER_TOWNS_ROWS, WRONG_YEAR
from pipeline.rules.judgements import PERSONAL_DATA, PROVISIONAL, REMARK_DISOWNS
from pipeline.rules.names import (
    AMBIGUOUS_VILLAGE,
    DOUBTFUL_ALIAS,
    DUPLICATE_VILLAGE,
    FORMER_VILLAGE,
    MISSPELT_VILLAGE,
    OTHER_TOWN,
    SEVERAL_VILLAGES,
    UNKNOWN_TOWN,
    UNKNOWN_VILLAGE,
    UNNAMED_ROW,
    VARIANT_NAME,
    WRONG_TOWN,
)

_DOUBTFUL_ALIASES = ("开发区", "工业园区", "工业园", "新区")
_OF_COUNTS = re.compile(r"进展|变化|新增|增加|上[周期]|完成|累计|应[为填报]")
_CONSTANT = re.compile(r"[+\-*/(). ]*\d[\d+\-*/(). ]*")  # =12+5


@dataclass(frozen=True)
class _Setting:
    """What every file of the week is read beside."""

    names: Names
    year: int
    closing: str
    unit: str
    targets: Mapping[Key, int]
    previous: Mapping[Key, Previous]
    villages: Mapping[str, tuple[str, ...]]
    words: Words

    def context(self, key: Key) -> Context:
        before = self.previous.get(key)
        return Context(self.closing, self.targets.get(key), before.done if before else None, self.unit)


def figures(
    forms: Iterable[Form],
    senders: Mapping[str, str],
    programme: Programme,
    closing: dt.date,
    previous: Mapping[Key, Previous],
    decisions: Iterable[Decision] = (),
) -> tuple[list[Figure], list[Finding], list[Stray]]:
    """figures, findings, strays. Of each file only its own town's rows are kept; rows of others are noted, not used.

    previous: the last accepted figure of each village × kind (see settling), beside which 15（含上周3） is read.
    decisions: which village a row means, where its name does not say.
    """
    namings = [decision for decision in decisions if isinstance(decision, Name)]
    setting = _Setting(
        Names(programme),
        closing.year,
        month_day(closing),
        programme.unit,
        programme.targets(closing),
        previous,
        {town: tuple(village.name for village in of.villages) for town, of in programme.towns.items()},
        programme.words,
    )
    in_order = sorted(forms, key=lambda form: form.file)
    cleaned = [_File(senders[form.file], form, setting, namings) for form in in_order if senders.get(form.file)]
    unfit = [naming for naming in namings if not any(naming in file.followed for file in cleaned)]
    return (
        [figure for file in cleaned for figure in file.figures],
        [
            *(doubt for file in cleaned for doubt in file.findings),
            *(stale(naming, f"本周的文件里没有写“{naming.written}”的行，或它本来就认得出") for naming in unfit),
        ],
        [stray for file in cleaned for stray in file.strays],
    )


def notes(forms: Iterable[Form], senders: Mapping[str, str]) -> list[Place]:
    """The lines around each town's table that may speak of its counts, without personal data."""
    return [
        Place(file=note.file, sheet=note.sheet, cell=note.cell, raw=mask(note.raw), town=senders[form.file])
        for form in forms
        for note in form.notes
        if senders.get(form.file) and _OF_COUNTS.search(note.raw)
    ]


class _File:
    """One town's file: its figures, and what was found while reading its names and numbers.

    strays: its rows that are no village's. followed: the decisions that name one of its rows.
    """

    def __init__(self, town: str, form: Form, setting: _Setting, namings: Iterable[Name]) -> None:
        self.findings: list[Finding] = []
        self.strays: list[Stray] = []
        self.followed: list[Name] = []
        self._town, self._setting, self._names = town, setting, setting.names
        self._namings = {
            normal(naming.written): naming for naming in namings if (naming.town, naming.file) == (town, form.file)
        }
        self._shared = _sharing(form)
        self._personal_data(form)
        own = list(self._own(form))
        named = [(line, self._village_of(line)) for line in own]
        kept, again = village_rows.once_each(named)
        self.figures = [figure for line, village in kept for figure in self._line(line, village)]
        self._told_again((*again, *village_rows.unnamed_parts(named)))
        if form.zero_report:
            self.figures += self._zero_report(form.zero_report)
        if form.headline:
            self._year(form.headline)

    def _own(self, form: Form) -> Iterator[Line]:
        """The rows of the file's own town; of the others it is told that they are not used."""
        others = []
        for line in form.lines:
            town = self._town_of(line)
            if town == self._town:
                yield line
            elif not town:
                self._stray(line.town, line)
            elif town and village_rows.has_figures(line) and not self._is_misplaced(town, line):
                others.append(line)
        if others:
            self._find(OTHER_TOWNS_ROWS, self._place(others[0].village), count=len(others))

    def _personal_data(self, form: Form) -> None:
        """Phone and ID numbers and names stay in the untouched input only (L20); a remark is told once a row."""
        for line in form.lines:
            if mask(line.remark.raw) != line.remark.raw:
                village = self._names.village(self._town, line.village.raw)
                self._find(PERSONAL_DATA, self._place(line.remark, village))

    # ---- names -------------------------------------------------------------------------------------------------

    def _town_of(self, line: Line) -> str:
        """The town of a row: as written, else the file's. A label such as 合计 or 四甲镇小计 is no other town."""
        written = normal(line.town.raw)
        town = self._names.town(written) if written else self._town
        if town and written in _DOUBTFUL_ALIASES:
            self._once(DOUBTFUL_ALIAS, line, written=written, town=town)
        if town or line.role is not Role.IN_ROW:
            return town or self._town
        kind, near = gazetteer.kind_of_town(written), self._names.similar_town(written)
        if kind == gazetteer.OUTSIDE:
            self._once(OTHER_TOWN, line)
        elif kind == gazetteer.FORMER_TOWN:
            self._once(UNKNOWN_TOWN, line, "former", written=written)
        else:
            self._once(UNKNOWN_TOWN, line, "near" if near else "", written=written, near=near)
        return ""

    def _once(self, rule: Rule, line: Line, variant: str = "", **words: object) -> None:
        """A finding at the cell of a town; at a merged cell over several rows it is told once."""
        if not any(row.rule is rule and row.cell == line.town.cell for row in self.findings):
            self._find(rule, self._place(line.town), variant, **words)

    def _is_misplaced(self, town: str, line: Line) -> bool:
        """A village of this town in the row of another: it is in the wrong place (T12)."""
        written = line.village.raw
        if not self._names.village(self._town, written) or self._names.village(town, written):
            return False
        self._find(WRONG_TOWN, self._place(line.village), written=written, owner=self._town, town=town)
        self._stray(line.village, line)
        return True

    def _stray(self, at: Cell, line: Line, is_of_town: bool = False) -> None:
        """A row that names no village of the town, with what is dropped if it is left out."""
        done = tuple((entry.kind, mask(entry.raw.strip())) for entry in line.done)
        written = mask(line.village.raw)
        self.strays.append(
            Stray(
                file=at.file,
                sheet=at.sheet,
                cell=at.cell,
                raw=written,
                town=self._town,
                done=done,
                is_of_town=is_of_town,
            )
        )

    def _village_of(self, line: Line) -> str:
        """The village of a row, or "" with a finding that says why it is none of the town's; "" of a 合计 row."""
        if line.role is not Role.IN_ROW:
            return ""
        found = len(self.findings)
        village, naming = self._village_as_written(line), self._namings.get(normal(line.village.raw))
        if village or naming is None:
            return village
        how = f"已按决定计为“{naming.village}”（{naming.signature}）"
        self.findings[found:] = [row.noted(how) for row in self.findings[found:]]
        self.followed.append(naming)
        return naming.village

    def _village_as_written(self, line: Line) -> str:
        written, at = line.village.raw, self._place(line.village)
        village = self._names.village(self._town, written)
        if not village:
            self._unknown_village(line)
        elif self._names.is_stem(self._town, written):
            if gazetteer.communities(self._town, bare_village(written)):
                self._find(AMBIGUOUS_VILLAGE, replace(at, village=village), written=written)
                self._stray(line.village, line, is_of_town=True)
                return ""
        elif self._names.is_variant(self._town, written):
            self._find(VARIANT_NAME, at, written=written, village=village)
        return village

    def _unknown_village(self, line: Line) -> None:
        """A row whose village is none of the town's: why, as far as the programme and the gazetteer can tell."""
        written, at, names = line.village.raw, self._place(line.village), self._names
        if village_rows.is_unnamed(line):
            self._find(UNNAMED_ROW, self._place(line.entries[0]), row=line.row)
            self._stray(line.entries[0], line)
            return
        self._stray(line.village, line, is_of_town=not names.several(self._town, written))
        if bracketed := names.bracketed(self._town, written):
            self._find(DUPLICATE_VILLAGE, replace(at, village=bracketed), "bracket", written=written, village=bracketed)
            return
        owners = [town for town in names.towns_of(written) if town != self._town]
        near = "”或“".join(dict.fromkeys(names.similar_villages(self._town, written)))
        is_real = self._setting.words.of_offices or gazetteer.is_real(self._town, bare_village(written))
        if names.several(self._town, written):
            self._find(SEVERAL_VILLAGES, at)
        elif names.is_former(written):
            self._find(FORMER_VILLAGE, at)
        elif owners:
            self._find(WRONG_TOWN, at, written=written, owner=owners[0], town=self._town)
        elif near and not is_real:
            self._find(MISSPELT_VILLAGE, at, written=written, near=near)
        elif village_rows.has_figures(line):
            self._find(UNKNOWN_VILLAGE, at, "" if is_real else "nowhere", written=written)

    def _year(self, headline: Cell) -> None:
        """H10: a title of another year; with other targets it is another year's form."""
        years = [int(year) for year in re.findall(r"(20\d{2})年", headline.raw)]
        if not years or self._setting.year in years:
            return
        typed = [
            row
            for row in self.figures
            if row.measure is Measure.TARGET and row.role is Role.IN_ROW and row.value is not None
        ]
        at, words = self._place(headline), {"written": years[0], "year": self._setting.year}
        if any(row.value != self._setting.targets[row.key] for row in typed):
            self._find(WRONG_YEAR, at, "targets", Level.REJECT, **words)
        else:
            self._find(WRONG_YEAR, at, **words)

    # ---- figures -----------------------------------------------------------------------------------------------

    def _line(self, line: Line, village: str) -> Iterator[Figure]:
        """The figures of one row, if its village is the town's (or it is a 合计 row)."""
        if line.role is Role.IN_ROW and not village:
            return
        if village:
            self._of_another(line, village)
        remark = mask(line.remark.raw)
        for entry in line.entries:
            key = Key(self._town, village, entry.kind)
            reading = self._understood(entry, line, key)
            if village and entry.measure is Measure.DONE:
                self._tell(entry, reading, key)
            yield _figure(entry, reading, key, line, remark)

    def _of_another(self, line: Line, village: str) -> None:
        """A row that says in another column that it is another time's, planned or void, or not settled."""
        for aside in line.others:
            if aside.disowns:
                self._find(REMARK_DISOWNS, self._place(aside, village), "column", words=aside.disowns)
            elif aside.doubts:
                self._find(PROVISIONAL, self._place(aside, village), "column", words=aside.doubts)

    def _understood(self, entry: Entry, line: Line, key: Key) -> Reading:
        if entry.measure is Measure.RATE:
            return _COMPARED_AS_TYPED
        count = numerals.plain(entry.raw, entry.type) if entry.mark != PART_STRUCK else None
        return count or self._unusual(entry, line, key)

    def _unusual(self, entry: Entry, line: Line, key: Key) -> Reading:
        """What is no count in plain digits."""
        context = self._setting.context(key)
        if entry.mark == PART_STRUCK:
            return numerals.refused(STRUCK_FIGURE, "part", entry.raw, context)
        if entry.type == UNCALCULATED and entry.computed is not None:
            said = FORMULA_FIGURE.say("computed", value=entry.computed)
            return Reading(State.NUMBER, entry.computed, FORMULA_FIGURE, said)
        if entry.type == SHARED:  # W14
            villages = "、".join(f"“{village}”" for village in self._shared[entry.cell])
            return numerals.refused(
                MERGED_FIGURE, "", entry.raw, context, villages=villages, **self._setting.words.terms
            )
        reading = numerals.read(entry.raw, entry.type, context)
        if reading.state is State.BLANK and numerals.is_unchanged(line.remark.raw):  # P03
            return replace(reading, state=State.UNCHANGED)
        return reading

    def _tell(self, entry: Entry, reading: Reading, key: Key) -> None:
        """The findings at one figure's own cell."""
        if not (reading.rule or entry.mark or entry.formula):
            return
        at = self._place(entry, key.village, key.kind)
        if reading.rule:
            level = Level.REJECT if reading.state is State.UNREADABLE else None
            self.findings.append(_masked(reading.rule, at, reading.said, level))
        if reading.state is not State.NUMBER:
            return
        if entry.mark in (STRUCK, RED):
            self._find(STRUCK_FIGURE, at, "red" if entry.mark == RED else "")
        if entry.mark == UNSEEN:
            self._find(UNSEEN_FIGURE, at, value=reading.value)
        if entry.is_linked:
            self._find(EXTERNAL_LINK, at)
        elif entry.formula and entry.type != UNCALCULATED and _CONSTANT.fullmatch(entry.formula):
            self._find(FORMULA_FIGURE, at, value=reading.value)

    def _zero_report(self, sentence: ZeroReport) -> Iterator[Figure]:
        """P03: 本周无进展 stands for every figure of the town, or of the villages that it names."""
        named = {self._names.village(self._town, written) for written in sentence.villages}
        for village in self._setting.villages[self._town]:
            for kind in KINDS if not named or village in named else ():
                yield Figure(
                    file=sentence.file, sheet=sentence.sheet, cell=sentence.cell, raw=mask(sentence.raw),
                    town=self._town, village=village, kind=kind, state=State.UNCHANGED,
                )  # fmt: skip

    def _told_again(self, again: Iterable[Again]) -> None:
        """T19: a copy to the cell is told; of a village in parts, or with an old row, neither 新建 nor 整改 is used."""
        for row in again:
            if row.is_copy:
                words = {"village": row.village, "cell": row.second.village.cell}
                at = self._place(row.first.village, row.village)
                self._find(DUPLICATE_VILLAGE, at, "same", Level.NOTE, **words)
                continue
            rows = f"{row.first.row}、{row.second.row}"
            for entry in row.first.done:
                at = self._place(entry, row.village, entry.kind)
                self._find(DUPLICATE_VILLAGE, at, village=row.village, rows=rows)

    # ---- where -------------------------------------------------------------------------------------------------

    def _find(self, rule: Rule, at: Place, variant: str = "", level: Level | None = None, /, **words: object) -> None:
        self.findings.append(_masked(rule, at, rule.say(variant, **self._setting.words.terms, **words), level))

    def _place(self, at: Cell, village: str = "", kind: str = "") -> Place:
        return Place(
            file=at.file, sheet=at.sheet, cell=at.cell, raw=at.raw, town=self._town, village=village, kind=kind
        )  # fmt: skip


_COMPARED_AS_TYPED = Reading(State.BLANK)  # a rate is never used


def _masked(rule: Rule, at: Place, said: Said, level: Level | None) -> Finding:
    """A finding without personal data."""
    return stated(rule, replace(at, raw=mask(at.raw)), mask(said.words), level, said.ask)


def _sharing(form: Form) -> dict[str, list[str]]:
    """merged cell -> the villages that share it, each once."""
    villages: dict[str, dict[str, None]] = {}
    for line in form.lines:
        for entry in line.entries:
            if entry.type == SHARED:
                villages.setdefault(entry.cell, {}).update({line.village.raw: None} if line.village.raw else {})
    return {cell: list(named) for cell, named in villages.items()}


def _figure(entry: Entry, reading: Reading, key: Key, line: Line, remark: str) -> Figure:
    """V16: what was written instead of a number is a remark."""
    raw = mask(entry.raw)
    if reading.state is State.NOT_STARTED:
        remark = "；".join(filter(None, (remark, raw.strip())))
    return Figure(
        file=entry.file, sheet=entry.sheet, cell=entry.cell, raw=raw,
        town=key.town, village=key.village, kind=key.kind, measure=entry.measure, role=line.role,
        value=reading.value, state=reading.state, remark=remark, remark_cell=line.remark.cell,
    )  # fmt: skip
