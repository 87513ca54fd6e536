"""What counts: findings and written decisions turned into progress. The only place where a figure is set aside.

A figure counts as reported if it can be read and no open `hold` or `reject` is about it; a decision makes it
corrected; otherwise the last accepted figure is carried, or the figure is missing. Every figure keeps its cell.
"""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from pipeline.params import Accept, Correct, Enter, Programme, Week
from pipeline.rules import BLOCKING, NOTE, RULES, finding
from pipeline.tables import (
    CARRIED,
    CORRECTED,
    DONE,
    FIGURES,
    FINDINGS,
    IN_ROW,
    KINDS,
    LATE,
    MISSING,
    PREVIOUS,
    PROGRESS,
    RECEIVED,
    REPORTED,
    RETURNED,
    Row,
    rows,
)

Key = tuple[str, str, str]
FigureDecision = Correct | Enter


def last_accepted(history: pd.DataFrame, programme: Programme, week: dt.date) -> pd.DataFrame:
    """previous: the last accepted figure of each village × kind, and the week that reported it.

    Before its first report a village stands at 0 with no week, if it is on record since 第1周 (or this is it); else
    nothing is known of it.
    """
    number = programme.schedule.week_number
    keys = programme.targets(week)
    since_start = {_key(row) for row in rows(history) if number(dt.date.fromisoformat(row["week"])) <= 1}
    known = keys if number(week) <= 1 else since_start
    found: dict[Key, Row] = {key: {"previous": 0 if key in known else None, "previous_week": ""} for key in keys}
    for row in rows(history.sort_values("week", kind="stable")):
        if row["status"] in (REPORTED, CORRECTED) and _key(row) in found:
            found[_key(row)] = {"previous": row["done"], "previous_week": row["week"]}
    return PREVIOUS.table({**_named(key), **last} for key, last in found.items())


# ---- decisions on figures --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """Figures after `correct` and `enter`; which decision stands behind which figure; what was refused as stale."""

    figures: pd.DataFrame
    by_key: dict[Key, FigureDecision]
    findings: pd.DataFrame


def decide(figures: pd.DataFrame, findings: pd.DataFrame, week: Week) -> Decided:
    """Apply `correct` where the cell still holds what the decision says it held, `enter` where nothing usable came."""
    done = {_key(row): row for row in _done_rows(figures)}
    blocked = _blocked(findings)
    by_key: dict[Key, FigureDecision] = {}
    found: list[Row] = []
    for decision in week.decisions:
        if not isinstance(decision, FigureDecision):
            continue
        key = (decision.town, decision.village, decision.kind)
        refusal = _refusal(decision, done.get(key), _is_blocked(key, blocked))
        if refusal:
            found.append(_stale(decision, refusal, done.get(key)))
        else:
            by_key[key] = decision
            if isinstance(decision, Enter):
                message = f"按决定录入 {decision.now}（{decision.signature}）"
                found.append(finding("entered_figure", message, **_named(key)))
    return Decided(_with_decisions(figures, by_key), by_key, FINDINGS.table(found))


def _refusal(decision: FigureDecision, figure: Row | None, blocked: bool) -> str:
    """Why a decision no longer fits what the town sent, or ""."""
    if isinstance(decision, Correct):
        if figure is None:
            return "本周没有收到这个数"
        if figure["raw"].strip() != decision.was.strip():
            return f"决定所指原文是“{decision.was}”，现在表内是“{figure['raw']}”"
        return ""
    if figure is not None and figure["state"] == "number" and not blocked:
        return f"镇里已报送 {figure['raw']}"
    return ""


def _with_decisions(figures: pd.DataFrame, by_key: dict[Key, FigureDecision]) -> pd.DataFrame:
    kept = []
    for row in rows(figures):
        decision = by_key.get(_key(row)) if row["measure"] == DONE and row["role"] == IN_ROW else None
        kept.append(_decided(row, decision) if decision else row)
    reported = {_key(row) for row in _done_rows(figures)}
    for key, decision in by_key.items():
        if key not in reported:
            kept.append(_decided({**_named(key), "measure": DONE, "role": IN_ROW, "remark": ""}, decision))
    return FIGURES.table(kept)


def _decided(row: Row, decision: FigureDecision) -> Row:
    return {**row, "value": decision.now, "state": "number", "basis": decision.signature}


# ---- what counts -----------------------------------------------------------------------------------------------


def settle(
    programme: Programme,
    week: Week,
    decided: Decided,
    submissions: pd.DataFrame,
    findings: pd.DataFrame,
    again: pd.DataFrame,
    previous: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """progress, findings, submissions: what counts; every finding after the decisions; a town whose file gave no
    figure at all is `returned`.

    findings: on what the towns sent. again: what the checks say of the decided figures.
    """
    settled = _settled(findings, again, programme, week, decided)
    progress = _progress(programme, week, decided.figures, settled, previous, set(decided.by_key))
    return progress, _sorted(settled, programme), _returned(submissions, progress)


def is_final(findings: pd.DataFrame) -> bool:
    """定稿: nothing is rejected or held, and no town is missing without a decision (INTERFACE §2)."""
    open_level = findings["level"].isin(BLOCKING)
    missing_town = (findings["rule"] == "missing_town") & (findings["level"] != NOTE)
    return not (open_level | missing_town).any()


def _progress(
    programme: Programme,
    week: Week,
    figures: pd.DataFrame,
    findings: pd.DataFrame,
    previous: pd.DataFrame,
    decided: set[Key],
) -> pd.DataFrame:
    done = {_key(row): row for row in _done_rows(figures)}
    before = {_key(row): row for row in rows(previous)}
    tiers = {(town, village.name): village.tier for town, village in programme.villages}
    blocked = _blocked(findings)
    found = []
    for key, target in programme.targets(week.week).items():
        usable = key in decided or not _is_blocked(key, blocked)
        counted = _counted(done.get(key), before[key], usable, key in decided, programme.carry)
        basis = {"week": week.week.isoformat(), **_named(key), "tier": tiers[key[:2]], "target": target}
        found.append({**basis, **counted})
    return PROGRESS.table(found)


def _counted(figure: Row | None, before: Row, usable: bool, decided: bool, carry: bool) -> Row:
    """done, added, status and the cell of one village × kind."""
    remark = figure["remark"].strip() if figure else ""
    value = _value(figure, before) if figure and usable else None
    if figure and value is not None:
        place = {name: figure.get(name, "") for name in ("file", "sheet", "cell", "raw")}
        added = None if before["previous"] is None else value - before["previous"]
        return {"done": value, "added": added, "status": CORRECTED if decided else REPORTED, "remark": remark, **place}
    if carry and before["previous_week"]:
        return {"done": before["previous"], "status": CARRIED, "remark": remark}
    return {"status": MISSING, "remark": remark}


def _value(figure: Row, before: Row) -> int | None:
    """The number; 0 for a blank that the checks let pass; last time's figure for 无变化."""
    value: int | None = {
        "number": figure["value"],
        "blank": 0,
        "not_started": 0,
        "unchanged": before["previous"],
    }.get(figure["state"])
    return value


def _returned(submissions: pd.DataFrame, progress: pd.DataFrame) -> pd.DataFrame:
    used = set(progress.loc[progress["status"].isin((REPORTED, CORRECTED)), "town"])
    unused = submissions["status"].isin((RECEIVED, LATE)) & ~submissions["town"].isin(used)
    return submissions.assign(status=submissions["status"].mask(unused, RETURNED))


# ---- findings and decisions ------------------------------------------------------------------------------------


def _settled(
    findings: pd.DataFrame, again: pd.DataFrame, programme: Programme, week: Week, decided: Decided
) -> pd.DataFrame:
    """The findings with what decisions settle turned into notes that name them, and stale decisions added."""
    every = [*rows(findings), *rows(again)]
    found = [_after_figure_decisions(row, programme, decided.by_key) for row in rows(findings)] + rows(again)
    answered = {number for number, row in enumerate(found) if row != every[number]}  # a figure's own decision
    for decision in week.decisions:
        if isinstance(decision, Accept):
            hits = [number for number, row in enumerate(every) if number not in answered and _accepts(decision, row)]
            for number in hits:
                found[number] = _as_note(every[number], f"按决定认可（{decision.signature}）")
            if not hits:
                found.append(_stale(decision, "本周没有这样的问题，或单元格内容已变", None))
    return FINDINGS.table([*found, *rows(decided.findings)])


def _accepts(decision: Accept, row: Row) -> bool:
    return (
        row["rule"] == decision.rule
        and row["town"] == decision.town
        and decision.village in ("", row["village"])
        and decision.kind in ("", row["kind"])
        and (decision.was is None or decision.was.strip() == row["raw"].strip())
    )


def _after_figure_decisions(row: Row, programme: Programme, by_key: dict[Key, FigureDecision]) -> Row:
    """A finding is settled when every figure that it is about was corrected or entered by a decision."""
    about = _about(row, programme)
    if not about or any(key not in by_key for key in about) or row["level"] == NOTE:
        return row
    said = "；".join(dict.fromkeys(f"按决定计 {by_key[key].now}（{by_key[key].signature}）" for key in about))
    return _as_note(row, said)


def _about(row: Row, programme: Programme) -> list[Key]:
    """The village × kinds that a finding is about; none if it is about a file or a name."""
    if row["village"] or row["rule"] == "missing_town":
        return [
            (row["town"], village.name, kind)
            for town, village in programme.villages
            for kind in KINDS
            if town == row["town"] and row["village"] in ("", village.name) and row["kind"] in ("", kind)
        ]
    return []


def _as_note(row: Row, how: str) -> Row:
    return {**row, "level": NOTE, "message": f"{row['message']}【{how}】"}


def _stale(decision: FigureDecision | Accept, why: str, figure: Row | None) -> Row:
    """A decision that no longer fits is not applied, and held, so that a person looks at it again."""
    named = " ".join(part for part in (decision.label, decision.village, decision.kind) if part)
    message = f"决定“{named}”（{decision.signature}）未执行：{why}。请核对后修改或删去这条决定"
    place = {name: figure[name] for name in ("file", "sheet", "cell", "raw")} if figure else {}
    basis = {"town": decision.town, "village": decision.village, "kind": decision.kind}
    return finding("stale_decision", message, **basis, **place)


# ---- small things ----------------------------------------------------------------------------------------------


def _key(row: Row) -> Key:
    return row["town"], row["village"], row["kind"]


def _named(key: Key) -> dict[str, str]:
    return {"town": key[0], "village": key[1], "kind": key[2]}


def _done_rows(figures: pd.DataFrame) -> list[Row]:
    return rows(figures[(figures["measure"] == DONE) & (figures["role"] == IN_ROW)])


def _blocked(findings: pd.DataFrame) -> set[Key]:
    """(town, village, kind) with "" for all: what open hold and reject findings are about."""
    found = set()
    for row in rows(findings[findings["level"].isin(BLOCKING)]):
        if row["village"] or RULES[row["rule"]].whole_town:
            found.add(_key(row) if row["village"] else (row["town"], "", ""))
    return found


def _is_blocked(key: Key, blocked: set[Key]) -> bool:
    town, village, _ = key
    return bool(blocked & {key, (town, village, ""), (town, "", "")})


def _sorted(findings: pd.DataFrame, programme: Programme) -> pd.DataFrame:
    """Worst level first, then the form's order."""
    towns = {town: number for number, town in enumerate(programme.towns)}
    return FINDINGS.table(sorted(rows(findings), key=lambda row: _rank(row, towns)))


def _rank(row: Row, towns: dict[str, int]) -> tuple[object, ...]:
    from_worst = ("reject", "hold", "query", "note").index(row["level"])
    return from_worst, towns.get(row["town"], -1), row["file"], row["sheet"], row["cell"], row["rule"], row["kind"]
