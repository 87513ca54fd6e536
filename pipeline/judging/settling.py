"""What counts: findings and written decisions turned into progress. The only place where a figure is set aside.

A figure counts as reported if it can be read and no open `hold` or `reject` is about it; a decision makes it
corrected; otherwise the last accepted figure is carried, or the figure is missing. Every figure keeps its cell.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.params import Accept, Correct, Enter, FigureDecision, Programme, Week, acceptance, stale
from pipeline.records import (
    Figure,
    Key,
    Place,
    Previous,
    Progress,
    State,
    Status,
)
from pipeline.rules import Finding, Level, finding
from pipeline.rules.judgements import ENTERED_DIFFERS, ENTERED_FIGURE


def last_accepted(history: Iterable[Progress], programme: Programme, week: dt.date) -> dict[Key, Previous]:
    """The last accepted figure of each village × kind, and the week that reported it.

    Before its first report a village stands at 0 with no week, if it is on record since 第1周 (or this is it); else
    nothing is known of it.
    """
    number, rows = programme.schedule.week_number, sorted(history, key=lambda row: row.week)
    keys = programme.targets(week)
    since_start = {row.key for row in rows if number(dt.date.fromisoformat(row.week)) <= 1}
    at_zero = keys if number(week) <= 1 else since_start
    accepted = {row.key: Previous(row.done, row.week, row.remark, row.target) for row in rows if row.is_own}
    return {key: accepted.get(key) or Previous(0 if key in at_zero else None) for key in keys}


# ---- decisions on figures --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """Figures after `correct` and `enter`; which decision stands behind which figure; what was refused as stale."""

    figures: list[Figure]
    by_key: dict[Key, FigureDecision]
    findings: list[Finding]


def decide(
    figures: Sequence[Figure],
    findings: Iterable[Finding],
    programme: Programme,
    week: Week,
    previous: Mapping[Key, Previous],
) -> Decided:
    """Apply `correct` where the cell still holds what the decision says it held, `enter` where nothing usable came.

    An entered figure that a correction keeps against the town's own has been answered for.
    """
    done = {row.key: row for row in figures if row.is_done}
    blocked = _blocked(findings)
    by_key: dict[Key, FigureDecision] = {}
    doubts = []
    of_figures = [decision for decision in week.decisions if isinstance(decision, FigureDecision)]
    for decision in sorted(of_figures, key=lambda decision: isinstance(decision, Enter)):
        key = decision.key
        if key in by_key:
            continue
        sent = None if _is_blocked(key, blocked) else _sent(done.get(key), previous.get(key, Previous()))
        is_applied, said = _weighed(decision, done.get(key), sent, programme.words.short)
        by_key |= {key: decision} if is_applied else {}
        doubts += [said] if said else []
    return Decided(list(_with_decisions(figures, by_key)), by_key, doubts)


def _sent(figure: Figure | None, before: Previous) -> int | None:
    """The number that the town itself reports, in figures or as 无变化; a cell that it left without one reports none."""
    if figure is None or figure.state not in (State.NUMBER, State.UNCHANGED):
        return None
    return _value(figure, before)


def _weighed(
    decision: FigureDecision, figure: Figure | None, sent: int | None, short: str
) -> tuple[bool, Finding | None]:
    """Whether the decision makes the figure, and what is said of it. sent: the usable number that the town reports;
    short: what a town is called, 镇.
    """
    if isinstance(decision, Correct):
        refusal = _refusal(decision, figure)
        return not refusal, stale(decision, refusal, figure) if refusal else None
    words = {"now": decision.now, "signature": decision.signature}
    if figure is None or sent is None:
        return True, finding(ENTERED_FIGURE, Place(**decision.key._asdict()), **words)
    if sent == decision.now:
        return False, finding(ENTERED_FIGURE, figure, "confirmed", **words)
    return False, finding(ENTERED_DIFFERS, figure, sent=sent, short=short, **words)


def _refusal(decision: Correct, figure: Figure | None) -> str:
    """Why a correction no longer fits what the town sent, or ""."""
    if figure is None:
        return "本周没有收到这个数"
    if figure.raw.strip() != decision.was.strip():
        return f"决定所指原文是“{decision.was}”，现在表内是“{figure.raw}”"
    return ""


def _with_decisions(figures: Sequence[Figure], by_key: Mapping[Key, FigureDecision]) -> Iterator[Figure]:
    """The figures, those of a decision as it says; behind them those that only a decision gives."""
    for row in figures:
        yield _decided(row, by_key[row.key]) if row.is_done and row.key in by_key else row
    reported = {row.key for row in figures if row.is_done}
    for key, decision in by_key.items():
        if key not in reported:
            yield _decided(Figure(**key._asdict()), decision)


def _decided(figure: Figure, decision: FigureDecision) -> Figure:
    return replace(figure, value=decision.now, state=State.NUMBER, basis=decision.signature)


# ---- what counts -----------------------------------------------------------------------------------------------


def is_final(findings: Iterable[Finding]) -> bool:
    """定稿: nothing is rejected or held, and no town is missing without a decision."""
    return not any(row.is_open for row in findings)


def progress(
    programme: Programme,
    week: Week,
    decided: Decided,
    findings: Iterable[Finding],
    previous: Mapping[Key, Previous],
) -> list[Progress]:
    """progress: what counts this week, and where it stands. findings: after the decisions."""
    done = {row.key: row for row in decided.figures if row.is_done}
    tiers = {(town, village.name): village.tier for town, village in programme.villages}
    blocked, day = _blocked(findings), week.week.isoformat()
    rows = []
    for key, target in programme.targets(week.week).items():
        is_decided = key in decided.by_key
        figure = done.get(key) if is_decided or not _is_blocked(key, blocked) else None
        task = Progress(
            week=day, **key._asdict(), tier=tiers[key[:2]], target=target, status=Status.MISSING,
            remark=done[key].remark.strip() if key in done else "",
        )  # fmt: skip
        counted = _counted(task, figure, previous[key], Status.CORRECTED if is_decided else Status.REPORTED)
        rows.append(counted or _carried(task, previous[key], programme.carry))
    return rows


def _counted(task: Progress, figure: Figure | None, before: Previous, status: Status) -> Progress | None:
    """The row with its usable figure, and its cell; None without one."""
    value = None if figure is None else _value(figure, before)
    if figure is None or value is None:
        return None
    added = None if before.done is None else value - before.done
    return replace(
        task, done=value, added=added, status=status,
        file=figure.file, sheet=figure.sheet, cell=figure.cell, raw=figure.raw,
    )  # fmt: skip


def _carried(task: Progress, before: Previous, carry: bool) -> Progress:
    """The row with the last accepted figure, if there is one and the programme lets it be carried."""
    return replace(task, done=before.done, status=Status.CARRIED) if carry and before.week else task


def _value(figure: Figure, before: Previous) -> int | None:
    """The number; 0 for a blank that the checks let pass; last time's figure for 无变化."""
    match figure.state:
        case State.NUMBER:
            return figure.value
        case State.BLANK | State.NOT_STARTED:
            return 0
        case State.UNCHANGED:
            return before.done
        case State.UNREADABLE:
            return None


# ---- findings and decisions ------------------------------------------------------------------------------------


def settled(
    findings: Sequence[Finding],
    again: Sequence[Finding],
    programme: Programme,
    week: Week,
    decided: Decided,
    tasks: Collection[Key],
    digests: Mapping[str, str],
) -> list[Finding]:
    """Every finding, worst first: what decisions settle as a note that names them, stale decisions added.

    findings: on what the towns sent. again: what the checks say of the decided figures. tasks: see `tasks`. digests:
    file -> sha256.
    """
    answers = [
        *((row, _answer(row, tasks, decided.by_key)) for row in findings),
        *((row, "") for row in (*again, *decided.findings)),
    ]
    acceptances = [decision for decision in week.decisions if isinstance(decision, Accept)]
    answerable = [row for row, answer in answers if not (answer and row.kind)]  # a figure has one answer
    noted = [row.noted(answer) if answer else _accepted(row, acceptances, digests) for row, answer in answers]
    unfit = [
        stale(decision, "本周没有这样的问题，或单元格、文件内容已变")
        for decision in acceptances
        if not any(decision.accepts(row, digests) for row in answerable)
    ]
    return _sorted([*noted, *unfit], programme)


def tasks(programme: Programme, week: dt.date, previous: Mapping[Key, Previous]) -> list[Key]:
    """The village × kinds of which a figure is wanted: those with a target, and those of which nothing is known yet."""
    return [key for key, target in programme.targets(week).items() if target or not previous[key].week]


def _accepted(row: Finding, acceptances: Sequence[Accept], digests: Mapping[str, str]) -> Finding:
    """The finding as a note, if a decision lets it stand."""
    decision = acceptance(row, acceptances, digests)
    return row.noted(f"已按决定认可（{decision.signature}）") if decision else row


def _answer(row: Finding, tasks: Collection[Key], by_key: Mapping[Key, FigureDecision]) -> str:
    """What decisions say to a finding, once every figure that it is about was corrected or entered; "" if not."""
    about = _about(row, tasks)
    if any(key not in by_key for key in about) or row.level is Level.NOTE:
        return ""
    remarks = (f"已按决定计{by_key[key].now}（{by_key[key].signature}）" for key in about)
    return "；".join(dict.fromkeys(remarks))


def _about(row: Finding, tasks: Iterable[Key]) -> list[Key]:
    """The village × kinds that a finding is about; none if it is about a file or a name."""
    if not (row.village or row.rule.is_absence):
        return []
    if row.kind:
        return [row.key]
    return [key for key in tasks if key.town == row.town and row.village in ("", key.village)]


# ---- small things ----------------------------------------------------------------------------------------------


def _blocked(findings: Iterable[Finding]) -> set[Key]:
    """Keys with "" for all: what open hold and reject findings are about."""
    open_ = [row for row in findings if row.is_blocking and (row.village or row.rule.whole_town)]
    return {row.key if row.village else Key(row.town) for row in open_}


def _is_blocked(key: Key, blocked: set[Key]) -> bool:
    return bool(blocked) and (key in blocked or Key(key.town, key.village) in blocked or Key(key.town) in blocked)


def _sorted(findings: list[Finding], programme: Programme) -> list[Finding]:
    """Worst level first, then the form's order."""
    towns = {town: number for number, town in enumerate(programme.towns)}
    return sorted(findings, key=lambda row: _order(row, towns))


def _order(row: Finding, towns: Mapping[str, int]) -> tuple[object, ...]:
    return row.level.severity, towns.get(row.town, -1), row.file, row.sheet, row.cell, row.rule.name, row.kind
