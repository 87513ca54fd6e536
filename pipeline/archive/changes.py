"""What a revision changes: its figures beside those of the revision before, and on what grounds.

An archived record is never changed; later records that stand on a figure which has been corrected since are named.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.archive.manifest import manifest
from pipeline.archive.revisions import newest_records, submissions, table
from pipeline.printing import DASH, number, percent
from pipeline.records import (
    COMPLETION,
    PROGRESS,
    Completion,
    Key,
    Progress,
    Scope,
    Status,
    Table,
    with_sent,
)
from pipeline.tables import Tables

GROUNDS = {
    "programme": "当年方案（目标任务等）有变化",
    "week": "本周参数（书面决定）有变化",
    "history": "以前各周的数有更正",
}
_MEASURES = ("target", "done", "added", "rate", "rank", "light")
_AS_READ = {"light": "state"}


@dataclass(frozen=True)
class Change:
    """One figure, rank or light that a revision changes; before, after: as printed."""

    key: Key
    scope: Scope
    measure: str
    before: str
    after: str

    def said(self, whole: str) -> str:
        """包场镇盐灶村 新建　累计完成：40 → 52. whole: what all of it is called, 全区."""
        place = whole if self.scope is Scope.DISTRICT else f"{self.key.town}{self.key.village}"
        return f"{place} {self.key.kind}　{self.measure}：{self.before} → {self.after}"


def between(before: Path, after: Tables) -> list[Change]:
    """Every figure, rank and light that differs from the record `before`."""
    return [
        *_differing(PROGRESS, table(before, PROGRESS), after.progress, ("status",)),
        *_differing(COMPLETION, with_sent(table(before, COMPLETION), submissions(before)), after.completion, _MEASURES),
    ]


def _differing(
    of: Table[Any], before: Iterable[Any], after: Iterable[Any], measures: Sequence[str]
) -> Iterator[Change]:  # fmt: skip
    old, new = {_place(row): row for row in before}, {_place(row): row for row in after}
    for place in {**new, **old}:
        for measure in measures:
            was, now = (
                _printed(measure, getattr(rows.get(place), _AS_READ.get(measure, measure), None)) for rows in (old, new)
            )
            if was != now:
                yield Change(place[1], place[0], of.labels[measure].label, was, now)


def _place(row: Progress | Completion) -> tuple[Scope, Key]:
    return row.scope if isinstance(row, Completion) else Scope.VILLAGE, row.key


def _printed(measure: str, value: Any) -> str:
    if measure == "rate":
        return percent(value)
    if isinstance(value, Status):
        return value.label
    return str(value) or DASH if isinstance(value, str) else number(value)


def grounds(
    before: Path, basis: Mapping[str, str], files: Mapping[str, str], unread: Collection[str] = ()
) -> list[str]:
    """Why there is another revision: which files came, went or changed, and which parameters.

    files: name -> sha256 of the files that this revision stands on. unread: those that this machine cannot read.
    """
    facts = manifest(before)
    return [
        *differing({item.file: item.sha256 for item in facts.files}, files),
        *differing_machine(set(facts.unread), set(unread)),
        *(words for part, words in GROUNDS.items() if getattr(facts.basis, part) != basis[part]),
    ]


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Which files came, went or changed. before, now: name -> sha256."""
    yield from (f"新收到《{name}》" for name in sorted(now.keys() - before.keys()))
    yield from (f"不再有《{name}》" for name in sorted(before.keys() - now.keys()))
    yield from (f"《{name}》内容已换" for name in sorted(now.keys() & before.keys()) if now[name] != before[name])


def differing_machine(before: Set[str], now: Set[str]) -> Iterator[str]:
    """Which files one machine could not read, and the other can."""
    yield from (f"《{name}》本机现在能读了" for name in sorted(before - now))
    yield from (f"《{name}》本机读不了" for name in sorted(now - before))


def contradicted(root: Path, week: str, progress: Iterable[Progress]) -> dict[str, list[str]]:
    """Later records whose 本周新增 or carried figures no longer follow from this week's: week -> which, and how."""
    known = newest_records(root)
    last: dict[Key, int] = {}
    for day in sorted(day for day in known if day < week):
        last |= _accepted(table(known[day], PROGRESS))
    last |= _accepted(progress)
    contradictions = {}
    for day in sorted(day for day in known if day > week):
        sealed = table(known[day], PROGRESS)
        lines = [words for row in sealed if (words := _contradiction(row, last))]
        if lines:
            contradictions[day] = lines
        last |= _accepted(sealed)
    return contradictions


def _contradiction(row: Progress, last: Mapping[Key, int]) -> str:
    before = last.get(row.key)
    place = "".join(row.key)
    if before is None or row.done is None:
        return ""
    if row.status is Status.CARRIED and row.done != before:
        return f"{place}沿用{row.done}，按更正后的数应沿用{before}"
    if row.added is None or row.done - before == row.added:
        return ""
    return f"{place}本周新增{row.added}，按更正后的数应为{row.done - before}"


def _accepted(progress: Iterable[Progress]) -> dict[Key, int]:
    """The figures that a week accepted."""
    return {row.key: row.done for row in progress if row.is_own and row.done is not None}
