"""Checks of the whole week: who is missing, what the forms' other columns and totals say beside the figures."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.judging.checks.claims import PLACE, Claim, Evidence, key
from pipeline.params import Programme
from pipeline.rules import finding
from pipeline.tables import (
    DONE,
    IN_ROW,
    IN_TOTAL,
    KINDS,
    LATE,
    MISSING,
    RATE,
    RECEIVED,
    RETURNED,
    TARGET,
    TOTAL,
    Row,
    half_up,
    percent,
    rows,
)


def missing_town(seen: Evidence) -> Iterator[Row]:
    """P01"""
    last: dict[str, str] = {}
    for row in rows(seen.previous):
        last[row["town"]] = max(last.get(row["town"], ""), row["previous_week"])
    for row in rows(seen.submissions[seen.submissions["status"] == MISSING]):
        message = f"本周未报{_carried(last.get(row['town'], ''), seen.programme)}。"
        message += f"请于截至日 {seen.programme.deadline} 前报送《每周进展情况汇总表》"
        yield finding("missing_town", message, town=row["town"])


def _carried(last: str, programme: Programme) -> str:
    if not programme.carry:
        return "，暂缺"
    if not last:
        return "，没有可沿用的数，暂缺"
    return f"，合计沿用第{programme.schedule.week_number(dt.date.fromisoformat(last))}周累计数，没有的暂缺"


_WEEKS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八"}


def growth_of_weeks(seen: Evidence) -> Iterator[Row]:
    """P04, DESIGN §4: 本周新增 is against the last accepted week; after a gap it is the growth of several weeks."""
    grown = [claim for claim in seen.claims if claim.previous_week and claim.added]
    spans = {claim.previous_week for claim in grown}
    if len(spans) == 1 and len({claim.town for claim in grown}) > 1:
        weeks = _weeks_since(grown[0])
        if weeks > 1:
            words = _WEEKS.get(weeks, str(weeks))
            message = f"本期含{words}周，周增量按{words}周计（上次采用数截至{grown[0].previous_week}）"
            yield finding("growth_of_weeks", message)
        return
    for claim in grown:
        weeks = _weeks_since(claim)
        if weeks > 1:
            message = f"新增{claim.added}为{weeks}周的增量（上次采用数截至{claim.previous_week}）"
            yield finding("growth_of_weeks", message, **claim.place)


def _weeks_since(claim: Claim) -> int:
    return round((claim.week - dt.date.fromisoformat(claim.previous_week)).days / 7)


def missing_village(seen: Evidence) -> Iterator[Row]:
    """T14: a village of the programme without a row in its town's file, even if that file has no usable row at all."""
    reported = {(claim.town, claim.village) for claim in seen.claims}
    own = rows(seen.submissions.head(len(seen.programme.towns)))
    sent = [row for row in own if row["status"] in (RECEIVED, LATE, RETURNED) and row["file"] not in seen.refused]
    files = {row["town"]: row for row in sent}
    for town, village in seen.programme.villages:
        if town in files and (town, village.name) not in reported:
            message = f"缺少“{village.name}”，请补报（零进展也要填 0）"
            yield finding("missing_village", message, town=town, village=village.name, file=files[town]["file"])


def target_differs(seen: Evidence) -> Iterator[Row]:
    """L05: targets come only from the programme; what a town types is only compared."""
    targets = seen.programme.targets(seen.week)
    for row in seen.figure_rows:
        if row["role"] != IN_ROW or row["measure"] != TARGET:
            continue
        target, typed = targets[key(row)], row["value"]
        if typed is not None and typed != target:
            place = {name: row[name] for name in PLACE}
            message = f"目标以区下达数{target}为准，表内填{typed}；调整须有批准文号"
            yield finding("target_differs", message, **place)


def total_differs(seen: Evidence) -> Iterator[Row]:
    """L02: a 合计 row is only compared; it never counts. The form's own rows are summed as the town wrote them."""
    parts: dict[tuple[str, str, str], tuple[list[Row], list[Row]]] = {}
    for row in seen.figure_rows:
        if row["measure"] in (TARGET, DONE) and row["role"] in (IN_ROW, IN_TOTAL):
            lines, totals = parts.setdefault((row["town"], row["kind"], row["measure"]), ([], []))
            (lines if row["role"] == IN_ROW else totals).append(row)
    for (town, kind, _), (lines, totals) in parts.items():
        if len(totals) != 1 or totals[0]["value"] is None or any(line["value"] is None for line in lines):
            continue
        stated, added = totals[0]["value"], sum(line["value"] for line in lines)
        if stated != added:
            place = {name: totals[0][name] for name in ("file", "sheet", "cell", "raw")}
            message = f"表内合计{stated}，明细相加{added}，以明细为准"
            yield finding("total_differs", message, town=town, kind=kind, **place)


def rate_differs(seen: Evidence) -> Iterator[Row]:
    """L18: a rate in the form is compared at the precision at which it was typed, and never used."""
    claims = {(claim.town, claim.village, claim.kind): claim for claim in seen.claims}
    for row in seen.figure_rows:
        if row["role"] != IN_ROW or row["measure"] != RATE or not row["raw"].strip():
            continue
        kinds = KINDS if row["kind"] == TOTAL else (row["kind"],)
        own = [
            claims[row["town"], row["village"], kind] for kind in kinds if (row["town"], row["village"], kind) in claims
        ]
        typed = _typed_rate(row["raw"])
        if typed is None or any(claim.done is None for claim in own):
            continue
        done = sum(claim.done or 0 for claim in own)
        targets = (sum(claim.target for claim in own), sum(claim.typed_target or claim.target for claim in own))
        if all(target and _is_other_rate(done, target, *typed) for target in targets):
            place = {name: row[name] for name in ("town", "village", "file", "sheet", "cell", "raw")}
            kind = "" if row["kind"] == TOTAL else row["kind"]
            exact = percent(half_up(Decimal(done) / targets[0], 4))
            yield finding("rate_differs", f"表内完成率{row['raw']}，计算为{exact}，以计算值为准", **place, kind=kind)


def _typed_rate(raw: str) -> tuple[Decimal, Decimal] | None:
    """(share, half a unit of its last digit) of 70.5% or 0.705."""
    match = re.fullmatch(r"(\d+(?:\.(\d+))?)\s*([%％]?)", raw.strip())
    if not match:
        return None
    scale = Decimal(100 if match[3] else 1)
    places = min(len(match[2] or ""), 3 if not match[3] else 2) if match[3] or match[2] else 0
    return Decimal(match[1]) / scale, Decimal(1).scaleb(-places) / scale * Decimal("0.55")


def _is_other_rate(done: int, target: int, rate: Decimal, tolerance: Decimal) -> bool:
    return abs(Decimal(done) / target - rate) > tolerance


def same_as_earlier_week(seen: Evidence) -> Iterator[Row]:
    """F20: the very bytes of an earlier week's file."""
    for row in rows(seen.submissions):
        earlier = seen.earlier_files.get(row["sha256"]) if row["status"] in (RECEIVED, LATE) else None
        if earlier:
            number = seen.programme.schedule.week_number(dt.date.fromisoformat(earlier))
            message = f"与第{number}周文件完全一致，可能误发旧表；如本周确无进展请回复“无变化”"
            yield finding("same_as_earlier_week", message, town=row["town"], file=row["file"])
