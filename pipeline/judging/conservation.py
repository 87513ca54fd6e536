"""Nothing comes from nowhere and nothing is lost: asserted in every run, over the finished tables.

Each published figure is one accepted cell, one written decision or one carried figure, and the published sums are the
sums of these. A breach is a bug of the program, never the town's fault, so it stops the run with a traceback.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from pipeline.tables import CARRIED, CORRECTED, DONE, IN_ROW, MISSING, REPORTED, TOTAL, Row, rows

Key = tuple[str, str, str]


class Breach(AssertionError):
    """A published figure that no cell, decision or earlier figure stands behind."""


def verify(
    progress: pd.DataFrame,
    completion: pd.DataFrame,
    figures: pd.DataFrame,
    decided: Mapping[Key, int],
    previous: pd.DataFrame,
) -> None:
    """Breach if a figure of progress or a sum of completion cannot be accounted for.

    figures: the figures of the files that count. decided: village × kind -> what a decision says.
    previous: the last accepted figure of each village × kind.
    """
    published = rows(progress)
    breaches = [*_unfounded(published, figures, decided, previous), *_wrong_sums(published, rows(completion))]
    if breaches:
        raise Breach("; ".join(breaches[:5]))


def _unfounded(
    published: list[Row], figures: pd.DataFrame, decided: Mapping[Key, int], previous: pd.DataFrame
) -> Iterator[str]:
    before = {_key(row): row["previous"] for row in rows(previous)}
    said: dict[tuple[str, ...], list[int | None]] = {}
    for row in rows(figures):
        if row["role"] == IN_ROW and row["measure"] == DONE:
            said.setdefault(_cell(row), []).append(_stands_for(row, before))
    for row in published:
        key, done = _key(row), row["done"]
        founded = {
            REPORTED: key not in decided and done is not None and said.get(_cell(row)) == [done],
            CORRECTED: key in decided and decided[key] == done,
            CARRIED: done is not None and before.get(key) == done,
            MISSING: done is None,
        }
        if not founded[row["status"]]:
            yield f"{' '.join(key)}: {row['status']} {done}"


def _stands_for(row: Row, before: Mapping[Key, int | None]) -> int | None:
    """What an accepted cell counts as: its number, 0 for nothing so far, last time's figure for 无变化."""
    by_state = {"number": row["value"], "blank": 0, "not_started": 0, "unchanged": before.get(_key(row))}
    value: int | None = by_state.get(row["state"])
    return value


def _wrong_sums(published: list[Row], sums: list[Row]) -> Iterator[str]:
    totals: dict[Key, tuple[int, int]] = {}
    for part in published:
        for place in ((part["town"], part["village"]), (part["town"], ""), ("", "")):
            for kind in (part["kind"], TOTAL):
                target, done = totals.get((*place, kind), (0, 0))
                totals[*place, kind] = target + part["target"], done + (part["done"] or 0)
    for row in sums:
        if (row["target"], row["done"] or 0) != totals.get(_key(row), (0, 0)):
            yield f"{row['scope']} {' '.join(_key(row))}: {row['done']} of {row['target']}"


def _key(row: Row) -> Key:
    return row["town"], row["village"], row["kind"]


def _cell(row: Row) -> tuple[str, ...]:
    return (*_key(row), row["file"], row["sheet"], row["cell"])
