"""What a revision changes: its figures beside those of the revision before, and on what grounds.

An archived record is never changed; later records that stand on a figure which has been corrected since are named.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.archive.revisions import manifest, newest_records, table
from pipeline.tables import CHANGES, COLUMNS, COMPLETION, PROGRESS, PROGRESS_STATUS, WHOLE, Row, percent, rows

_GROUNDS = {
    "programme": "当年方案（目标任务等）有变化",
    "week": "本周参数（书面决定）有变化",
    "history": "以前各周的数有更正",
}
_MEASURES = ("target", "done", "added", "rate", "rank", "light")
_KEY = ("scope", "town", "village", "kind")


def between(before: Path, after: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """changes: every figure, rank and light that differs from the record `before`."""
    found = [
        *_differing(rows(table(before, PROGRESS)), rows(after["progress"]), ("status",)),
        *_differing(rows(table(before, COMPLETION)), rows(after["completion"]), _MEASURES),
    ]
    return CHANGES.table(found)


def _differing(before: list[Row], after: list[Row], measures: Sequence[str]) -> Iterator[Row]:
    old = {_key(row): row for row in before}
    new = {_key(row): row for row in after}
    for key in {**new, **old}:
        was, now = old.get(key, {}), new.get(key, {})
        for measure in measures:
            first, second = _shown(measure, was.get(measure)), _shown(measure, now.get(measure))
            if first != second:
                named = dict(zip(_KEY, key, strict=True))
                yield {**named, "measure": COLUMNS[measure].label, "before": first, "after": second}


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row.get(name, "village") for name in _KEY)


def _shown(measure: str, value: Any) -> str:
    if measure == "rate":
        return percent(value)
    if measure == "status":
        return PROGRESS_STATUS.get(value, tables.DASH)
    return tables.printed(measure, value)


def grounds(before: Path, basis: Mapping[str, str], files: Mapping[str, str]) -> list[str]:
    """Why there is another revision: which files came, went or changed, and which parameters.

    files: name -> sha256 of the files that this revision stands on.
    """
    facts = manifest(before)
    old = {item["file"]: item["sha256"] for item in facts["files"]}
    said = [f"新收到《{name}》" for name in sorted(files.keys() - old.keys())]
    said += [f"不再有《{name}》" for name in sorted(old.keys() - files.keys())]
    said += [f"《{name}》内容已换" for name in sorted(files.keys() & old.keys()) if files[name] != old[name]]
    return said + [words for part, words in _GROUNDS.items() if facts["basis"][part] != basis[part]]


def lines(changes: pd.DataFrame) -> list[str]:
    """The changes in words: 包场镇盐灶村 新建　累计完成：40 → 52."""
    found = []
    for row in rows(changes):
        place = "全区" if row["scope"] == WHOLE else f"{row['town']}{row['village']}"
        found.append(f"{place} {row['kind']}　{row['measure']}：{row['before']} → {row['after']}")
    return found


def contradicted(root: Path, week: str, progress: pd.DataFrame) -> dict[str, list[str]]:
    """Later records whose 本周新增 or carried figures no longer follow from this week's: week -> which, and how."""
    last: dict[tuple[str, ...], int] = {}
    known = newest_records(root)
    for day in sorted({*known, week}):
        if day < week:
            _take(last, rows(table(known[day], PROGRESS)))
    found = {}
    _take(last, rows(progress))
    for day in sorted(day for day in known if day > week):
        sealed = rows(table(known[day], PROGRESS))
        wrong = [said for row in sealed if (said := _contradiction(row, last))]
        if wrong:
            found[day] = wrong
        _take(last, sealed)
    return found


def _contradiction(row: Row, last: Mapping[tuple[str, ...], int]) -> str:
    before = last.get(_key(row))
    place = f"{row['town']}{row['village']}{row['kind']}"
    if before is None:
        return ""
    if row["status"] == tables.CARRIED and row["done"] != before:
        return f"{place}沿用{row['done']}，按更正后的数应沿用{before}"
    if row["added"] is None or row["done"] - before == row["added"]:
        return ""
    return f"{place}本周新增{row['added']}，按更正后的数应为{row['done'] - before}"


def _take(last: dict[tuple[str, ...], int], progress: list[Row]) -> None:
    """What was accepted in a week becomes the last accepted figure."""
    for row in progress:
        if row["status"] in (tables.REPORTED, tables.CORRECTED):
            last[_key(row)] = row["done"]
