"""Where each published figure comes from: to the file, the sheet, the cell and the text as typed."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from pipeline.archive.past import History
from pipeline.intake.upward import Source
from pipeline.params import Decision, Exclude, FigureDecision, Name, Programme, Use, Week, acceptance
from pipeline.params.levels import Words
from pipeline.records import NOT_USED, Completion, Key, Kind, Origin, Progress, Sent, Status, Submissions
from pipeline.rules import Finding


def origins(
    progress: Sequence[Progress],
    submissions: Submissions,
    week: Week,
    findings: Sequence[Finding],
    history: History,
    words: Words,
) -> list[Origin]:
    """village × kind -> week, file, sheet, cell, raw of the figure that is printed, and why it is that one.

    words: what the office's level is called.
    """
    today = {(week.week.isoformat(), row.file): row.sha256 for row in submissions.rows}
    digests = {**history.digests, **today}
    reported = {row.key: row for row in history.progress if row.is_own}
    why = bases(progress, submissions, week, findings, words)
    return [
        _origin(row, reported.get(row.key) if row.status is Status.CARRIED else row, digests, why[row.key])
        for row in progress
    ]


def _origin(row: Progress, source: Progress | None, digests: Mapping[tuple[str, str], str], basis: str) -> Origin:
    """source: the row that reported the figure; None if no record has it."""
    named = {"town": row.town, "village": row.village, "kind": row.kind}
    if source is None:
        return Origin(**named, done=row.done, status=row.status, week="", sha256="", basis=basis)
    was_decided = row.status is Status.CARRIED and source.status is Status.CORRECTED
    return Origin(
        **named, done=row.done, status=row.status, week=source.week, sha256=digests.get((source.week, source.file), ""),
        basis=basis, then=f"报送周{source.status.label}" if was_decided else "",
        file=source.file, sheet=source.sheet, cell=source.cell, raw=source.raw,
    )  # fmt: skip


# ---- decisions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Step:
    """One written decision in words, and on the way of which of a town's figures it stands."""

    town: str
    words: str
    leads_to: Callable[[Progress], bool]


def bases(
    progress: Iterable[Progress], submissions: Submissions, week: Week, findings: Sequence[Finding], words: Words
) -> dict[Key, str]:
    """village × kind -> the written decisions on the figure's way, and why it is not this week's; "" if neither.

    findings: after the decisions. words: what the office's level is called.
    """
    sent = {row.town: row.status for row in submissions.towns}
    steps: dict[str, list[_Step]] = {}
    for step in (
        *_of_figures_and_files(week.decisions, submissions),
        *_of_findings(week.decisions, findings, submissions, words),
    ):
        steps.setdefault(step.town, []).append(step)
    return {
        row.key: "；".join(dict.fromkeys([*_absence(row, sent.get(row.town)), *_words(row, steps.get(row.town, ()))]))
        for row in progress
    }


def _absence(row: Progress, sent: Sent | None) -> list[str]:
    """Why there is no figure of this week."""
    if row.is_own:
        return []
    return [f"本周{sent.label}" if sent in NOT_USED else "本周数未采用"]


def _words(row: Progress, steps: Iterable[_Step]) -> Iterator[str]:
    return (step.words for step in steps if step.leads_to(row))


def _of_figures_and_files(decisions: Iterable[Decision], submissions: Submissions) -> Iterator[_Step]:
    """`correct` and `enter`, `name` on the figures of its row, `use` on those of its file, `exclude` on all of the town
    whose file was set aside."""
    for decision in decisions:
        if isinstance(decision, FigureDecision):
            yield _Step(decision.town, _said(decision), partial(_is_decided, decision.key))
        elif isinstance(decision, Name):
            yield _Step(decision.town, _said(decision, f"“{decision.written}”"), partial(_is_named, decision))
        elif isinstance(decision, Use):
            for sent in filter(decision.names, submissions.towns):
                yield _Step(decision.town, _said(decision), partial(_is_read_from, sent.file))
        elif isinstance(decision, Exclude):
            for sent in filter(decision.names, submissions.rows):
                yield _Step(sent.town, _said(decision, f"《{sent.file}》"), lambda _: True)


def _of_findings(
    decisions: Sequence[Decision], findings: Iterable[Finding], submissions: Submissions, words: Words
) -> Iterator[_Step]:
    """`accept` on the figures that its finding is about; those on names and files that hold no figure lead to none."""
    digests = submissions.digests
    for row in findings:
        decision = acceptance(row, decisions, digests)
        if decision and (row.village or row.rule.whole_town or row.rule.is_absence):
            yield _Step(row.town, _said(decision, f"“{words.spoken(row.rule.label)}”"), partial(_is_let_stand, row))


def _said(decision: Decision, what: str = "") -> str:
    """认可“累计数减少”：张三 5月5日：电话核实"""
    return f"{decision.label}{what}：{decision.signature}"


def _is_decided(key: Key, row: Progress) -> bool:
    return row.status is Status.CORRECTED and row.key == key


def _is_named(naming: Name, row: Progress) -> bool:
    return row.is_own and (row.file, row.village) == (naming.file, naming.village)


def _is_read_from(file: str, row: Progress) -> bool:
    return row.is_own and row.file == file


def _is_let_stand(doubt: Finding, row: Progress) -> bool:
    """Whether an accepted finding is about the figure. One that a decision gives stands by that: what is accepted of
    its village, or of a silent town, is another figure's; what is accepted of its file is on its way too."""
    if row.status is Status.CORRECTED and (doubt.village or doubt.rule.is_absence):
        return False
    is_of_its_file = not row.is_own or doubt.file in ("", row.file)
    return is_of_its_file and doubt.village in ("", row.village) and doubt.kind in ("", row.kind)


# ---- one place -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trace:
    """One published row of completion, the parts that its sums are made of, and what its rank and paces stand on.

    rates: town -> printed rate of the towns that are ranked. counts: (closing date, done) whose first and last the
    achieved pace lies between. numbers: 第N周 of the recorded weeks and of this one. weeks_left: until the end.
    words: what the office's level is called.
    tiers: of the whole, what of it is of each tier, where there are several.
    below: of a part that a member office has sent, what it is made of there, as the sealed copy of its workbook says.
    """

    row: Completion
    parts: tuple[Origin, ...]
    rates: Mapping[str, Decimal]
    counts: tuple[tuple[dt.date, int], ...]
    numbers: tuple[int, ...]
    weeks_left: Decimal
    words: Words
    below: Mapping[Key, Sequence[Source]] = field(default_factory=dict)
    tiers: Mapping[str, Completion] = field(default_factory=dict)


def trace(
    season: Sequence[Completion],
    origins: Iterable[Origin],
    programme: Programme,
    week: dt.date,
    key: Key,
    counts: Iterable[tuple[dt.date, int]],
) -> Trace | None:
    """The figures of one village, town or (town "") the district, down to their cells; None if there is no such place.

    season: completion of every week up to this one. counts: what the achieved pace of this place stands on.
    """
    same = [row for row in season if (row.week, row.scope, row.kind) == (week.isoformat(), key.scope, key.kind)]
    asked = next((row for row in same if row.key == key), None)
    if asked is None:
        return None
    parts = [row for row in origins if key.town in ("", row.town) and key.village in ("", row.village)]
    ranked = {row.town: row.rate for row in same if row.rank is not None and row.rate is not None}
    return Trace(
        asked,
        tuple(row for row in parts if key.kind in (Kind.TOTAL, row.kind)),
        ranked if asked.rank is not None else {},
        tuple(counts),
        tuple(programme.schedule.numbers(row.week for row in season)),
        programme.schedule.weeks_left(week),
        programme.words,
    )
