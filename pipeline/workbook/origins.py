"""Where each published figure comes from: its week, file, sheet, cell and text as typed, and why it is that one."""

from pipeline.params import Correct, Enter, Week
from pipeline.tables import CARRIED, CORRECTED, MISSING, REPORTED, Row

Key = tuple[str, str, str]  # town, village, kind
Origins = dict[Key, Row]


def origins(progress: list[Row], history: list[Row], week: Week, submissions: list[Row]) -> Origins:
    """village × kind -> week, file, sheet, cell, raw of the figure that is printed, and why it is that one."""
    silent = {row["town"] for row in submissions if row["status"] == MISSING}
    reported = {key(row): row for row in history if row["status"] in (REPORTED, CORRECTED)}
    decisions: dict[Key, Correct | Enter] = {
        (decision.town, decision.village, decision.kind): decision
        for decision in week.decisions
        if isinstance(decision, Correct | Enter)
    }
    found = {}
    for row in progress:
        origin = reported.get(key(row), {}) if row["status"] == CARRIED else row
        place = {name: origin.get(name, "") for name in ("week", "file", "sheet", "cell", "raw")}
        why = "本周未报送" if row["town"] in silent else "本周数待核"
        if row["status"] == CORRECTED and key(row) in decisions:
            why = f"决定：{decisions[key(row)].signature}"
        elif row["status"] == REPORTED:
            why = ""
        found[key(row)] = {**place, "why": why}
    return found


def key(row: Row) -> Key:
    return row["town"], row["village"], row["kind"]
