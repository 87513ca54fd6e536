"""What looks wrong: one function a rule, one table of rules. A check only says; `settling` decides what counts.

`run` builds the week's claims (what each village and kind is said to have done, beside its target and its last
accepted figure) and asks every check. A check of one claim returns its message, a message with its own level, or
None; a check of the whole week yields findings.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.params import Programme
from pipeline.rules import BLOCKING, QUERY, finding
from pipeline.tables import (
    DONE,
    FINDINGS,
    IN_ROW,
    IN_TOTAL,
    KINDS,
    LATE,
    MISSING,
    RECEIVED,
    RETURNED,
    TARGET,
    Row,
    rows,
)


@dataclass(frozen=True)
class Claim:
    """One village × kind as the town reports it this week. `done` is None unless the cell holds a number."""

    week: dt.date
    town: str
    village: str
    kind: str
    target: int
    done: int | None
    state: str
    previous: int | None
    previous_week: str  # "" where no figure has been accepted yet
    is_first_week: bool
    growth: tuple[int, ...]  # of the last weeks, newest first, as far as known
    place: Row
    remark: str

    @property
    def added(self) -> int | None:
        return None if self.done is None or self.previous is None else self.done - self.previous

    @property
    def last(self) -> int | None:
        """The last accepted figure; 0 in 第1周; None if the weeks before gave none: an unknown figure is not 0."""
        return self.previous if self.previous_week or self.is_first_week else None


@dataclass(frozen=True)
class Evidence:
    """All that the checks may look at."""

    programme: Programme
    week: dt.date
    figures: pd.DataFrame
    submissions: pd.DataFrame
    previous: pd.DataFrame
    history: pd.DataFrame  # progress of earlier weeks
    earlier_files: dict[str, str]  # sha256 -> the earlier week that had this file
    refused: frozenset[str]  # files that a finding sends back as a whole

    @cached_property
    def claims(self) -> list[Claim]:
        """Every village × kind that a chosen file reports."""
        return list(_claims(self))


_OWN_NOTES = re.compile(r"〔[^〕]*〕")  # what this program wrote into 备注 is no explanation of the town's
_PLACE = ("town", "village", "kind", "file", "sheet", "cell", "raw")
Verdict = str | tuple[str, str] | None


def run(seen: Evidence) -> pd.DataFrame:
    """findings of every check, at the level that this year's programme gives the rule."""
    found = [*_of_claims(seen), *(row for check in WEEK_CHECKS for row in check(seen))]
    own_level = seen.programme.rules
    return FINDINGS.table({**row, "level": own_level.get(row["rule"], row["level"])} for row in found)


def run_again(seen: Evidence, decided: set[tuple[str, str, str]]) -> pd.DataFrame:
    """findings on the figures that a person decided. A check never overrules a decision, but what it sees is shown."""
    own_level = seen.programme.rules
    found = [row for row in _of_claims(seen) if _key(row) in decided]
    levels = [own_level.get(row["rule"], row["level"]) for row in found]
    return FINDINGS.table(
        {**row, "level": QUERY if level in BLOCKING else level} for row, level in zip(found, levels, strict=True)
    )


def _of_claims(seen: Evidence) -> Iterator[Row]:
    for rule, check in CLAIM_CHECKS:
        for claim in seen.claims:
            verdict = check(claim)
            if verdict:
                message, level = verdict if isinstance(verdict, tuple) else (verdict, "")
                yield finding(rule, message, level, **claim.place)


def _claims(seen: Evidence) -> Iterator[Claim]:
    targets = seen.programme.targets(seen.week)
    before = {(row["town"], row["village"], row["kind"]): row for row in rows(seen.previous)}
    growth = _growth(seen.history)
    mine = seen.figures[seen.figures["role"] == IN_ROW]
    for row in rows(mine[mine["measure"] == DONE]):
        key = _key(row)
        yield Claim(
            seen.week,
            *key,
            target=targets[key],
            done=row["value"] if row["state"] == "number" else None,
            state=row["state"],
            previous=before[key]["previous"],
            previous_week=before[key]["previous_week"],
            is_first_week=seen.programme.schedule.week_number(seen.week) <= 1,
            growth=growth.get(key, ()),
            place={name: row[name] for name in _PLACE},
            remark=_OWN_NOTES.sub("", row["remark"]).strip(),
        )


def _key(row: Row) -> tuple[str, str, str]:
    return row["town"], row["village"], row["kind"]


def _growth(history: pd.DataFrame) -> dict[tuple[str, str, str], tuple[int, ...]]:
    """village × kind -> its weekly growths so far, newest first."""
    found: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for row in rows(history.sort_values("week", kind="stable")):
        if row["added"] is not None:
            found[_key(row)] = (row["added"], *found.get(_key(row), ()))
    return found


# ---- one claim -------------------------------------------------------------------------------------------------


def over_target(claim: Claim) -> Verdict:
    """L04: a little over with an explanation is a query; more than 5 % or unexplained waits for a decision."""
    if claim.done is None or claim.done <= claim.target or claim.target == 0:
        return None
    over = claim.done - claim.target
    if claim.remark and over * 20 <= claim.target:
        return f"超目标 {over} 座（目标 {claim.target}），备注说明为“{claim.remark}”，请核对", QUERY
    return f"超目标 {over} 座（目标 {claim.target}），请在备注说明；确认属实前沿用上次数"


def no_such_task(claim: Claim) -> Verdict:
    """L07"""
    if claim.target == 0 and claim.done:
        return "无此项任务却有完成数，是否新建、整改填反？请改正后重报"
    return None


def fell(claim: Claim) -> Verdict:
    """L08"""
    if claim.added is not None and claim.added < 0:
        when = f"（截至{claim.previous_week}）" if claim.previous_week else ""
        return f"上次累计 {claim.previous}{when}，本周 {claim.done}，累计数不应减少，请说明原因"
    return None


def jump(claim: Claim) -> Verdict:
    """L11: more than 30 % of the target in a week, or more than three times the mean of the last three weeks."""
    if claim.added is None or claim.target == 0 or claim.added <= 0:
        return None
    recent = claim.growth[:3]
    steep = len(recent) == 3 and sum(recent) > 0 and claim.added > sum(recent)
    if claim.added * 10 > claim.target * 3 or steep:
        return f"本周新增 {claim.added}，明显高于此前，请核实并在备注说明"
    return None


def taken_as_zero(claim: Claim) -> Verdict:
    """V08, V09, V16: nothing to do, or nothing done so far. Never less than was accepted before."""
    if claim.state not in ("blank", "not_started") or claim.previous:
        return None
    if claim.target == 0:
        return "完成数未填数字，无此项任务，按 0 计"
    return "完成数未填数字，上次累计为 0，按 0 计" if claim.last == 0 else None


def blank_figure(claim: Claim) -> Verdict:
    """V08: a blank after a figure is not a zero."""
    if claim.state in ("blank", "not_started") and not taken_as_zero(claim):
        known = f"上次累计 {claim.last}" if claim.last is not None else "此前没有可用的数"
        return f"完成数为空，{known}，请填写截至本周的累计完成数"
    if claim.state == "unchanged" and claim.last is None:
        return "此前没有可用的数，请填写截至本周的累计完成数"
    return None


def taken_as_unchanged(claim: Claim) -> Verdict:
    """V27: the same as a zero report."""
    if claim.state == "unchanged" and claim.last is not None:
        return f"按上次累计 {claim.last} 采用"
    return None


def growth_of_weeks(claim: Claim) -> Verdict:
    """DESIGN §4: 本周新增 is against the last accepted week; after a gap it is the growth of several weeks."""
    if not claim.previous_week or not claim.added:
        return None
    weeks = round((claim.week - dt.date.fromisoformat(claim.previous_week)).days / 7)
    return f"新增 {claim.added} 为{weeks}周的增量（上次采用数截至{claim.previous_week}）" if weeks > 1 else None


CLAIM_CHECKS: tuple[tuple[str, Callable[[Claim], Verdict]], ...] = (
    ("over_target", over_target),
    ("no_such_task", no_such_task),
    ("fell", fell),
    ("jump", jump),
    ("taken_as_zero", taken_as_zero),
    ("blank_figure", blank_figure),
    ("taken_as_unchanged", taken_as_unchanged),
    ("growth_of_weeks", growth_of_weeks),
)


# ---- the whole week --------------------------------------------------------------------------------------------


def missing_town(seen: Evidence) -> Iterator[Row]:
    """P01"""
    for row in rows(seen.submissions[seen.submissions["status"] == MISSING]):
        message = f"本周未报送，各村沿用上次累计数（没有的暂缺）。请于截至日 {seen.programme.deadline} 前报送《每周进展情况汇总表》"
        yield finding("missing_town", message, town=row["town"])


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
    for row in rows(seen.figures[(seen.figures["role"] == IN_ROW) & (seen.figures["measure"] == TARGET)]):
        target, typed = targets[_key(row)], row["value"]
        if typed is not None and typed != target:
            place = {name: row[name] for name in _PLACE}
            message = f"目标以区下达数 {target} 为准，表内填 {typed}；调整须有批准文号"
            yield finding("target_differs", message, **place)


def total_differs(seen: Evidence) -> Iterator[Row]:
    """L02: a 合计 row is only compared; it never counts. The form's own rows are summed as the town wrote them."""
    table = seen.figures
    for town, part in table.groupby("town", sort=False):
        for kind in KINDS:
            for measure in (TARGET, DONE):
                same = part[(part["kind"] == kind) & (part["measure"] == measure)]
                lines, totals = same[same["role"] == IN_ROW], same[same["role"] == IN_TOTAL]
                if totals.empty or lines["value"].isna().any() or len(totals) > 1:
                    continue
                stated, added = totals["value"].iloc[0], int(lines["value"].sum())
                if stated is not pd.NA and stated != added:
                    place = {name: str(totals[name].iloc[0]) for name in ("file", "sheet", "cell", "raw")}
                    message = f"表内合计 {stated}，明细相加 {added}，以明细为准"
                    yield finding("total_differs", message, town=str(town), kind=kind, **place)


def same_as_earlier_week(seen: Evidence) -> Iterator[Row]:
    """F20: the very bytes of an earlier week's file."""
    for row in rows(seen.submissions):
        earlier = seen.earlier_files.get(row["sha256"]) if row["status"] in (RECEIVED, LATE) else None
        if earlier:
            message = f"与截至{earlier}的文件完全一致，可能误发旧表；如本周确无进展请回复“无变化”"
            yield finding("same_as_earlier_week", message, town=row["town"], file=row["file"])


WEEK_CHECKS: tuple[Callable[[Evidence], Iterator[Row]], ...] = (
    missing_town,
    missing_village,
    target_differs,
    total_differs,
    same_as_earlier_week,
)
