"""One case: what a town sends, and what must come of it; `problems` compares."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import archive
from pipeline.records import Progress, Submissions
from pipeline.rules import Finding
from pipeline.week import Result
from tests.helpers import Office
from tests.messes.builders import Build, Desk, xlsx
from tests.messes.office import BAO, DAY, ONE_WEEK, PLAN, Past, Plan, official, programme
from tests.states import disagreements

BLOCKING = ("reject", "hold")


@dataclass(frozen=True)
class Found:
    """A finding that must be there. What is not given is not compared."""

    level: str
    rule: str
    cell: str = ""
    raw: str | None = None
    says: str | tuple[str, ...] = ()
    of: str = ""  # "盐灶村", "盐灶村 新建"
    file: str = ""
    sheet: str = ""
    town: str = ""

    def fits(self, row: Finding, file: str) -> bool:
        village, _, kind = self.of.partition(" ")
        wanted = {
            "level": self.level,
            "rule": self.rule,
            "village": village,
            "kind": kind,
            "file": self.file or (file if self.cell else ""),
            "sheet": self.sheet,
            "town": self.town,
        }
        place = self.cell in (row.cell, f"{row.sheet}!{row.cell}", "")
        says = (self.says,) if isinstance(self.says, str) else self.says
        return (
            all(str(getattr(row, name)) == value for name, value in wanted.items() if value)
            and place
            and self.raw in (None, row.raw)
            and all(words in row.message for words in says)
        )


def reject(rule: str, cell: str = "", raw: str | None = None, says: str | tuple[str, ...] = (), **more: str) -> Found:
    return Found("reject", rule, cell, raw, says, **more)


def hold(rule: str, cell: str = "", raw: str | None = None, says: str | tuple[str, ...] = (), **more: str) -> Found:
    return Found("hold", rule, cell, raw, says, **more)


def query(rule: str, cell: str = "", raw: str | None = None, says: str | tuple[str, ...] = (), **more: str) -> Found:
    return Found("query", rule, cell, raw, says, **more)


def note(rule: str, cell: str = "", raw: str | None = None, says: str | tuple[str, ...] = (), **more: str) -> Found:
    return Found("note", rule, cell, raw, says, **more)


@dataclass(frozen=True)
class Case:
    """`id` of messes.csv, what is special, what is sent, and what must come of it.

    Every figure that `costs` does not name must be reported with its own value, every town must be received, and
    there must be no finding but `found` (and, if need be, `also`).
    """

    id: str
    what: str
    build: Build
    costs: Mapping[str, str] = field(default_factory=dict)  # "盐灶村 新建" -> "40 carried"; more ways parted by |
    found: tuple[Found, ...] = ()
    also: tuple[str, ...] = ()  # rules that the case may set off besides
    status: Mapping[str, str] = field(default_factory=dict)  # of a town; more ways parted by |
    towns: tuple[str, ...] = (BAO,)  # who sends what the case builds, and nothing else
    file: str = f"{BAO}.xlsx"
    plan: Plan = field(default_factory=lambda: PLAN)
    past: Past = ONE_WEEK
    day: str = DAY
    decisions: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)  # "盐灶村 新建" -> words in its remark
    places: Mapping[str, str] = field(default_factory=dict)  # "盐灶村 新建" -> "Sheet1!E4"
    secrets: tuple[str, ...] = ()  # what no table may say
    ignored: tuple[str, ...] = ()  # files that are listed, and do not count
    open_end: bool = False  # final or draft: not told by the specification
    needs: str = ""  # one of tests.programs, without which the case is skipped


class Shelf:
    """Offices with their past on record, built once and copied for each case."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known: dict[str, Path] = {}

    def take(self, plan: Plan, past: Past, place: Path) -> Office:
        key = repr((plan, past))
        if key not in self.known:
            self.known[key] = self._build(plan, past, self.root / str(len(self.known)))
        shutil.copytree(self.known[key], place)
        return Office.at(place)

    def _build(self, plan: Plan, past: Past, root: Path) -> Path:
        office = Office(root, programme(plan))
        for day in past.days:
            folder = office.week(day)
            for town in plan:
                if plan[town]:
                    text = official(plan, town, figures=past.at(plan, day))
                    for word, other in past.words.items():
                        text = text.replace(word, other)
                    (folder / f"{town}.xlsx").write_bytes(xlsx(text))
            office.archive(day)
        return root


def run(case: Case, shelf: Shelf, place: Path) -> Result:
    """The week of the case: clean forms of the other towns, the files of the case, computed."""
    office = shelf.take(case.plan, case.past, place)
    folder = office.week(case.day, case.decisions)
    for town, villages in case.plan.items():
        if villages and town not in case.towns:
            (folder / f"{town}.xlsx").write_bytes(xlsx(official(case.plan, town)))
    case.build(Desk(office, case.plan, case.day))
    return office.compute(case.day)


def problems(case: Case, result: Result) -> list[str]:
    """Everything in which the week is not as it must be."""
    return [
        *_figures(case, result.progress),
        *_findings(case, result.findings),
        *_statuses(case, result.submissions),
        *_end(case, result),
        *_words(case, result),
        *disagreements(result),
    ]


def _figures(case: Case, progress: Sequence[Progress]) -> Iterator[str]:
    expected = {}
    for villages in case.plan.values():
        for village, facts in villages.items():
            for kind, done in zip(("新建", "整改"), facts.at(DAY), strict=True):
                expected[f"{village} {kind}"] = f"{done} reported"
    unknown = set(case.costs) - set(expected)
    assert not unknown, f"no such figures: {unknown}"
    actual = {}
    for row in progress:
        figure = f"{row.village} {row.kind}"
        actual[figure] = f"{'-' if row.done is None else row.done} {row.status}"
        place = f"{row.sheet}!{row.cell}"
        if case.places.get(figure, place) != place:
            yield f"{figure}: from {place}, not {case.places[figure]}"
        if case.remarks.get(figure, "") not in row.remark:
            yield f"{figure}: remark is {row.remark!r}, without {case.remarks[figure]!r}"
    for figure, done in (expected | dict(case.costs)).items():
        if actual.get(figure) not in done.split("|"):
            yield f"{figure}: {actual.get(figure)}, not {done}"


def _findings(case: Case, findings: Sequence[Finding]) -> Iterator[str]:
    for found in case.found:
        if not any(found.fits(row, case.file) for row in findings):
            yield f"lacking: {found}"
    for row in findings:
        if row.rule.name not in case.also and not any(found.fits(row, case.file) for found in case.found):
            yield f"unexpected: {row}"


def _statuses(case: Case, submissions: Submissions) -> Iterator[str]:
    rows = submissions.rows
    actual = {row.town: row.status for row in rows if row.status != "ignored" and row.town in case.plan}
    for town, villages in case.plan.items():
        wanted = case.status.get(town, "received" if villages else "none_expected")
        if actual.get(town) not in wanted.split("|"):
            yield f"{town}: {actual.get(town)}, not {wanted}"
    listed = {row.file for row in rows if row.status == "ignored"}
    for file in case.ignored:
        if file not in listed:
            yield f"{file} is not listed as ignored: {listed}"


def _end(case: Case, result: Result) -> Iterator[str]:
    draft = any(found.level in BLOCKING or found.rule == "missing_town" for found in case.found)
    if not case.open_end and result.is_final == draft:
        yield f"is_final is {result.is_final}"


def _words(case: Case, result: Result) -> Iterator[str]:
    for table, rows in result.written:
        text = archive.to_csv(table, rows).decode("utf-8-sig")
        yield from (f"{table.name} says {secret}" for secret in case.secrets if secret in text)


# ---- what is kept ----------------------------------------------------------------------------------------------


def kept(*figures: str, past: Past = ONE_WEEK, plan: Plan = PLAN) -> dict[str, str]:
    """These figures (of a village both kinds, of a town all villages) stay at their value of last week."""
    last = past.at(plan, past.days[-1]) if past.days else {}
    found = {}
    for words in figures:
        name, _, only = words.partition(" ")
        for village in plan.get(name, {name: None}):
            for position, kind in enumerate(("新建", "整改")):
                if only in ("", kind):
                    done = f"{last[village][position]} carried" if last else "- missing"
                    found[f"{village} {kind}"] = done
    return found


RETURNED = {BAO: "returned"}
