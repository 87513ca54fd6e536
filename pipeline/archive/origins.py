"""Where each published figure comes from: to the file, the sheet, the cell and the text as typed."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.archive.past import History
from pipeline.params import Correct, Enter, Week
from pipeline.tables import (
    CARRIED,
    CORRECTED,
    MISSING,
    NOT_REPORTED,
    ORIGINS,
    REPORTED,
    TOTAL,
    TOWN,
    VILLAGE,
    WHOLE,
    Row,
    rows,
)

Key = tuple[str, str, str]  # town, village, kind


def origins(progress: pd.DataFrame, submissions: pd.DataFrame, week: Week, history: History) -> pd.DataFrame:
    """origins: village × kind -> week, file, sheet, cell, raw of the figure that is printed, and why it is that one."""
    sent = rows(submissions)
    silent = {row["town"] for row in sent if row["status"] == MISSING}
    digests = {**history.digests, **{(week.week.isoformat(), row["file"]): row["sha256"] for row in sent}}
    reported = {_key(row): row for row in rows(history.progress) if row["status"] in (REPORTED, CORRECTED)}
    decisions: dict[Key, Correct | Enter] = {
        (decision.town, decision.village, decision.kind): decision
        for decision in week.decisions
        if isinstance(decision, Correct | Enter)
    }
    found = []
    for row in rows(progress):
        origin = reported.get(_key(row), {}) if row["status"] == CARRIED else row
        place = {name: origin.get(name, "") for name in ("week", "file", "sheet", "cell", "raw")}
        basis = _basis(row, row["town"] in silent, decisions.get(_key(row)))
        sha256 = digests.get((place["week"], place["file"]), "")
        named = {name: row[name] for name in ("town", "village", "kind", "done", "status")}
        found.append({**named, **place, "sha256": sha256, "basis": basis})
    return ORIGINS.table(found)


def _basis(row: Row, is_silent: bool, decision: Correct | Enter | None) -> str:
    """Why a figure is not simply what the town reported this week; "" if it is."""
    if row["status"] == REPORTED:
        return ""
    if row["status"] == CORRECTED and decision:
        return f"决定：{decision.signature}"
    return "本周未报送" if is_silent else "本周数待核"


def _key(row: Row) -> Key:
    return row["town"], row["village"], row["kind"]


@dataclass(frozen=True)
class Trace:
    """One published row of completion, the parts that its sums are made of, and what its rank and pace stand on.

    parts: origins rows. rates: town -> printed rate of the towns that are ranked. counts: (week, done) of the weeks with a report.
    """

    row: Row
    parts: pd.DataFrame
    rates: Mapping[str, str]
    counts: tuple[tuple[str, int], ...]


def trace(
    season: pd.DataFrame, origins: pd.DataFrame, week: str, town: str = "", village: str = "", kind: str = TOTAL
) -> Trace | None:
    """The figures of one village, town or (town "") the district, down to their cells; None if there is no such place.

    season: completion of every week up to this one.
    """
    scope = VILLAGE if village else TOWN if town else WHOLE
    every = [row for row in rows(season) if row["scope"] == scope and row["kind"] == kind]
    mine = [row for row in every if (row["town"], row["village"]) == (town, village)]
    own = next((row for row in mine if row["week"] == week), None)
    if own is None:
        return None
    belongs = origins["town"].isin([town] if town else origins["town"].unique())
    belongs &= origins["village"].isin([village] if village else origins["village"].unique())
    belongs &= origins["kind"].isin([kind] if kind != TOTAL else origins["kind"].unique())
    rates = {row["town"]: str(row["rate"]) for row in every if row["week"] == week and row["rank"] is not None}
    told = [row for row in mine if row["rate"] is not None and row["light"] != NOT_REPORTED]
    counts = tuple((row["week"], row["done"]) for row in told)
    return Trace(own, origins[belongs].reset_index(drop=True), rates if own["rank"] is not None else {}, counts)
