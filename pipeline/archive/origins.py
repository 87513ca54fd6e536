"""Where each published figure comes from: to the file, the sheet, the cell and the text as typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.archive.past import History
from pipeline.params import FigureDecision, Week
from pipeline.records import NOT_USED, Completion, Kind, Origin, Progress, Scope, Sent, Status, Submissions


def origins(progress: Iterable[Progress], submissions: Submissions, week: Week, history: History) -> list[Origin]:
    """village × kind -> week, file, sheet, cell, raw of the figure that is printed, and why it is that one."""
    sent = {row.town: row.status for row in submissions.towns}
    today = {(week.week.isoformat(), row.file): row.sha256 for row in submissions.rows}
    digests = {**history.digests, **today}
    reported = {row.key: row for row in history.progress if row.is_own}
    decisions = {decision.key: decision for decision in week.decisions if isinstance(decision, FigureDecision)}
    return [
        _origin(
            row,
            reported.get(row.key) if row.status is Status.CARRIED else row,
            digests,
            _basis(row, sent.get(row.town), decisions.get(row.key)),
        )
        for row in progress
    ]


def _origin(row: Progress, source: Progress | None, digests: Mapping[tuple[str, str], str], basis: str) -> Origin:
    """source: the row that reported the figure; None if no record has it."""
    named = {"town": row.town, "village": row.village, "kind": row.kind}
    if source is None:
        return Origin(**named, done=row.done, status=row.status, week="", sha256="", basis=basis)
    return Origin(
        **named, done=row.done, status=row.status, week=source.week, sha256=digests.get((source.week, source.file), ""),
        basis=basis, file=source.file, sheet=source.sheet, cell=source.cell, raw=source.raw,
    )  # fmt: skip


def _basis(row: Progress, sent: Sent | None, decision: FigureDecision | None) -> str:
    """Why a figure is not simply what the town reported this week; "" if it is."""
    if row.status is Status.REPORTED:
        return ""
    if row.status is Status.CORRECTED and decision:
        return f"决定：{decision.signature}"
    return f"本周{sent.label}" if sent in NOT_USED else "本周数未采用"


@dataclass(frozen=True)
class Trace:
    """One published row of completion, the parts that its sums are made of, and what its rank and pace stand on.

    rates: town -> printed rate of the towns that are ranked. counts: (week, done) of the weeks with a report.
    """

    row: Completion
    parts: tuple[Origin, ...]
    rates: Mapping[str, str]
    counts: tuple[tuple[str, int], ...]


def trace(
    season: Sequence[Completion], origins: Iterable[Origin], week: str, town: str = "", village: str = "",
    kind: str = Kind.TOTAL,
) -> Trace | None:  # fmt: skip
    """The figures of one village, town or (town "") the district, down to their cells; None if there is no such place.

    season: completion of every week up to this one.
    """
    scope = Scope.VILLAGE if village else Scope.TOWN if town else Scope.DISTRICT
    same = [row for row in season if row.scope is scope and row.kind == kind]
    of_place = [row for row in same if (row.town, row.village) == (town, village)]
    asked = next((row for row in of_place if row.week == week), None)
    if asked is None:
        return None
    parts = [row for row in origins if town in ("", row.town) and village in ("", row.village)]
    rates = {row.town: str(row.rate) for row in same if row.week == week and row.rank is not None}
    counts = [(row.week, row.done) for row in of_place if row.is_judged and row.rate is not None]
    return Trace(
        asked,
        tuple(row for row in parts if kind in (Kind.TOTAL, row.kind)),
        rates if asked.rank is not None else {},
        tuple((day, done) for day, done in counts if done is not None),
    )
