"""Checks of the whole week: who is missing, what the forms' other columns and totals say beside the figures."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.printing import half_up, month_day, number, percent
from pipeline.records import KINDS, Figure, Key, Kind, Measure, Place, Role, Sent
from pipeline.rules import Finding, finding
from pipeline.rules.figures import GROWTH_OF_WEEKS
from pipeline.rules.files import MISSING_TOWN, MISSING_VILLAGE, SAME_AS_EARLIER_WEEK, SKIPPED_WEEKS
from pipeline.rules.judgements import RATE_DIFFERS, TARGET_DIFFERS, TOTAL_DIFFERS


def missing_town(seen: Evidence) -> Iterator[Finding]:
    """P01"""
    closing = {"closing": month_day(seen.week), "deadline": seen.programme.deadline}
    weeks: dict[str, dict[Key, str]] = {}
    for key, before in seen.previous.items():
        weeks.setdefault(key.town, {})[key] = before.week
    for row in seen.submissions.towns:
        if row.status is Sent.MISSING:
            variant, words = _carried(weeks.get(row.town, {}), seen)
            yield finding(MISSING_TOWN, Place(town=row.town), variant, **words, **closing)


def _carried(weeks: Mapping[Key, str], seen: Evidence) -> tuple[str, dict[str, object]]:
    """Which words fit, with 第N周 of the figures that are carried and the tasks of which there is none.

    weeks: of a town, the week that reported each figure last.
    """
    if not seen.programme.carry:
        return "not_carried", {}
    last, targets = max(weeks.values(), default=""), seen.programme.targets(seen.week)
    if not last:
        return "unknown", {}
    lacking = [f"{key.village}{key.kind}" for key, week in weeks.items() if targets[key] and not week]
    words = {"number": seen.programme.schedule.week_number(dt.date.fromisoformat(last)), "lacking": "、".join(lacking)}
    return "part" if lacking else "", words


_WEEKS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八"}


def skipped_weeks(seen: Evidence) -> Iterator[Finding]:
    """P04: weeks of the schedule since the last record of which there is nothing at all, said once for everybody."""
    skipped = _skipped(seen)
    if skipped:
        yield finding(SKIPPED_WEEKS, None, skipped="、".join(skipped), **_span(seen))


def growth_of_weeks(seen: Evidence) -> Iterator[Finding]:
    """P04: 本周新增 is against the last accepted figure; after a gap it is the growth of several weeks.

    A gap that is everybody's is said once, here or with the weeks that were skipped; another one at its figure.
    """
    usual = _weeks_since(seen, _usual(seen))
    weeks = [(claim, _weeks_since(seen, claim.previous_week)) for claim in _grown(seen)]
    if usual > 1 and usual in (of_claim for _, of_claim in weeks) and not _skipped(seen):
        yield finding(GROWTH_OF_WEEKS, None, "all", **_span(seen))
    for claim, of_claim in weeks:
        if of_claim > 1 and of_claim != usual:
            words = {"weeks": of_claim, "since": claim.since}
            yield finding(GROWTH_OF_WEEKS, claim.figure, added=number(claim.added), **words)


def _grown(seen: Evidence) -> list[Claim]:
    return [claim for claim in seen.claims if claim.previous_week and claim.added]


def _usual(seen: Evidence) -> str:
    """The week that growth is against: of all figures of several towns, else the last one on record; "" for none."""
    grown = _grown(seen)
    weeks = {claim.previous_week for claim in grown}
    if len(weeks) == 1 and len({claim.key.town for claim in grown}) > 1:
        return weeks.pop()
    return _last_record(seen)


def _last_record(seen: Evidence) -> str:
    return max((row.week for row in seen.history), default="")


def _weeks_since(seen: Evidence, day: str) -> int:
    """As the schedule counts its weeks; 0 if there is no such day."""
    number_of = seen.programme.schedule.week_number
    return number_of(seen.week) - number_of(dt.date.fromisoformat(day)) if day else 0


def _span(seen: Evidence) -> dict[str, str]:
    """Of how many weeks everybody's growth is, in words."""
    since = _usual(seen)
    weeks = _weeks_since(seen, since)
    return {"weeks": _WEEKS.get(weeks, str(weeks)), "since": month_day(dt.date.fromisoformat(since))}


def _skipped(seen: Evidence) -> list[str]:
    """第6周（截至5月12日）: the closing dates since the last record, but for weeks whose files wait for one."""
    last, number_of = _last_record(seen), seen.programme.schedule.week_number
    if not last:
        return []
    waiting = {number_of(dt.date.fromisoformat(day)) for day in seen.lacking}
    between = (dt.date.fromisoformat(last) + dt.timedelta(weeks=n) for n in range(1, _weeks_since(seen, last)))
    return [f"第{number_of(day)}周（截至{month_day(day)}）" for day in between if number_of(day) not in waiting]


def missing_village(seen: Evidence) -> Iterator[Finding]:
    """T14: a village of the programme without a row in its town's file, even if that file has no usable row at all.

    One whose row is there, and refused for its name, is not asked for a second time; which of several it is, that row
    will tell.
    """
    reported = {(claim.key.town, claim.key.village) for claim in seen.claims}
    reported |= {(key.town, key.village) for key in seen.questioned}
    sent = [row for row in seen.submissions.towns if row.is_usable or row.status is Sent.PENDING]
    files = {row.town: row.file for row in sent if row.file not in seen.refused}
    for town, file in files.items():
        lacking = [each.name for each in seen.programme.towns[town].villages if (town, each.name) not in reported]
        for village in lacking if len(lacking) > seen.unnamed.get(town, 0) else ():
            yield finding(MISSING_VILLAGE, Place(town=town, village=village, file=file), village=village)


def target_differs(seen: Evidence) -> Iterator[Finding]:
    """L05: targets come only from the programme; what a town types is only compared."""
    targets = seen.programme.targets(seen.week)
    for row in seen.figures:
        is_target = row.role is Role.IN_ROW and row.measure is Measure.TARGET
        if is_target and row.value is not None and row.value != targets[row.key]:
            yield finding(TARGET_DIFFERS, row, target=targets[row.key], typed=row.value)


def total_differs(seen: Evidence) -> Iterator[Finding]:
    """L02: a 合计 row is only compared; it never counts. The form's own rows are summed as the town wrote them, unless
    one of them is refused for its name: what it holds is in 合计 and not in the sum."""
    parts: dict[tuple[str, str, Measure], tuple[list[Figure], list[Figure]]] = {}
    for row in seen.figures:
        is_summed = row.measure in (Measure.TARGET, Measure.DONE) and row.role in (Role.IN_ROW, Role.IN_TOTAL)
        if is_summed and not seen.unnamed.get(row.town):
            rows, totals = parts.setdefault((row.town, row.kind, row.measure), ([], []))
            (rows if row.role is Role.IN_ROW else totals).append(row)
    for rows, totals in parts.values():
        values = [row.value for row in rows if row.value is not None]
        if len(totals) != 1 or totals[0].value is None or len(values) < len(rows):
            continue
        if totals[0].value != sum(values):
            yield finding(TOTAL_DIFFERS, totals[0], stated=totals[0].value, added=sum(values))


def rate_differs(seen: Evidence) -> Iterator[Finding]:
    """L18: a rate in the form is compared at the precision at which it was typed, and never used."""
    claims = {claim.key: claim for claim in seen.claims}
    for row in seen.figures:
        if row.role is not Role.IN_ROW or row.measure is not Measure.RATE or not row.raw.strip():
            continue
        kinds = KINDS if row.kind == Kind.TOTAL else (row.kind,)
        keys = [Key(row.town, row.village, kind) for kind in kinds]
        exact = _other_rate(row.raw, [claims[key] for key in keys if key in claims])
        if exact is not None:
            at = replace(row, kind="") if row.kind == Kind.TOTAL else row
            yield finding(RATE_DIFFERS, at, typed=row.raw, exact=percent(exact))


def _other_rate(raw: str, claims: list[Claim]) -> Decimal | None:
    """The rate of these claims, if it is not the one that was typed, whether by our targets or by the town's."""
    typed = typed_rate(raw)
    if typed is None or any(claim.done is None for claim in claims):
        return None
    done = sum(claim.done or 0 for claim in claims)
    targets = (sum(claim.target for claim in claims), sum(claim.typed_target or claim.target for claim in claims))
    is_other = all(target and is_other_rate(done, target, *typed) for target in targets)
    return half_up(Decimal(done) / targets[0], 4) if is_other else None


def typed_rate(raw: str) -> tuple[Decimal, Decimal] | None:
    """(share, half a unit of its last digit) of 70.5% or 0.705."""
    match = re.fullmatch(r"(\d+(?:\.(\d+))?)\s*([%％]?)", raw.strip())
    if not match:
        return None
    scale = Decimal(100 if match[3] else 1)
    places = min(len(match[2] or ""), 3 if not match[3] else 2) if match[3] or match[2] else 0
    return Decimal(match[1]) / scale, Decimal(1).scaleb(-places) / scale * Decimal("0.55")


def is_other_rate(done: int, target: int, rate: Decimal, tolerance: Decimal) -> bool:
    """Whether done of target is another share than the one that was typed."""
    return abs(Decimal(done) / target - rate) > tolerance


def same_as_earlier_week(seen: Evidence) -> Iterator[Finding]:
    """F20: the very bytes of an earlier week's file."""
    for row in filter(lambda row: row.is_usable, seen.submissions.rows):
        earlier = (seen.earlier_files or {}).get(row.sha256)
        if earlier:
            week = seen.programme.schedule.week_number(dt.date.fromisoformat(earlier))
            yield finding(SAME_AS_EARLIER_WEEK, Place(town=row.town, file=row.file), number=week)
