"""What looks wrong: one function a rule, one table of rules. A check only says; `settling` decides what counts.

`run` builds the week's claims (what each village and kind is said to have done, beside its target and its last
accepted figure) and asks every check. A check of one claim returns its message, a message with its own level, or
None; a check of the whole week yields findings.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import takewhile

import pandas as pd

from pipeline.numerals import NOT_STARTED
from pipeline.params import Programme
from pipeline.rules import BLOCKING, QUERY, finding
from pipeline.tables import (
    ADDED,
    DONE,
    FINDINGS,
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
    is_before_start: bool
    growth: tuple[int, ...]  # of the last weeks, newest first, as far as known
    place: Row
    remark: str
    remark_cell: str
    typed_target: int | None
    typed_added: int | None

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

    @cached_property
    def villages(self) -> list[list[Claim]]:
        """The claims of each village together."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            found.setdefault((claim.town, claim.village), []).append(claim)
        return list(found.values())

    @cached_property
    def figure_rows(self) -> list[Row]:
        """The figures as plain rows."""
        return rows(self.figures)


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
    if not decided:
        return FINDINGS.table()
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
    mine = [row for row in seen.figure_rows if row["role"] == IN_ROW]
    typed = {(*_key(row), row["measure"]): row["value"] for row in mine}
    for row in (row for row in mine if row["measure"] == DONE):
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
            is_before_start=seen.week < seen.programme.schedule.start,
            growth=growth.get(key, ()),
            place={name: row[name] for name in _PLACE},
            remark=_own_remark(row),
            remark_cell=row["remark_cell"],
            typed_target=typed.get((*key, TARGET)),
            typed_added=typed.get((*key, ADDED)),
        )


def _own_remark(row: Row) -> str:
    """What the town says of the figure: without our own notes, and without a word that stood for the number."""
    remark: str = _OWN_NOTES.sub("", row["remark"]).strip()
    return remark.removesuffix(row["raw"].strip()).rstrip("；") if row["state"] == NOT_STARTED else remark


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
        return f"超目标{over}座（目标为{claim.target}），备注说明为“{claim.remark}”，请核对", QUERY
    return f"超目标{over}座（目标为{claim.target}），请在备注说明；确认属实前沿用上次数"


def no_such_task(claim: Claim) -> Verdict:
    """L07"""
    if claim.target == 0 and claim.done:
        return "无此项任务却有完成数，是否新建、整改填反？请改正后重报"
    return None


def fell(claim: Claim) -> Verdict:
    """L08, L09: less than before. It may be a correction, or this week's growth instead of the sum: both are said."""
    if claim.done is None or claim.previous is None or claim.done >= claim.previous:
        return None
    when = f"（截至{claim.previous_week}）" if claim.previous_week else ""
    message = f"上次累计{claim.previous}{when}，本周{claim.done}，累计数不应减少，请说明原因"
    total = claim.previous + claim.done
    is_like_growth = claim.done <= 3 * max(claim.growth[:3], default=claim.done) or claim.done * 2 <= claim.previous
    if claim.done and total <= claim.target and is_like_growth:
        recent = f"，此前各周新增{'、'.join(map(str, claim.growth[:3]))}" if claim.growth else ""
        message += f"；也疑似填了本周新增数，应填累计数（或为{total}{recent}）"
    return message


def impossible_figure(claim: Claim) -> Verdict:
    """V20: more than ten times the target is no count of this village."""
    if claim.done is not None and claim.target and claim.done > claim.target * 10:
        return f"数值{claim.done}明显异常（目标为{claim.target}），请填截至{_day(claim.week)}的累计完成数"
    return None


def whole_town_figure(claim: Claim) -> Verdict:
    """L14: a target or a count several times the village's is likely the whole town's."""
    if claim.done is None or not claim.target or claim.done > claim.target * 10:
        return None
    if claim.done >= claim.target * 3 or (claim.done and (claim.typed_target or 0) >= claim.target * 3):
        return f"数值与全镇年度任务相近（本村目标为{claim.target}），请只填整村推进村"
    return None


def added_differs(claim: Claim) -> Verdict:
    """H06: the form's own 本周新增 column is no figure of ours, but a witness."""
    if claim.typed_added is None or claim.added is None or claim.typed_added == claim.added:
        return None
    return f"表内本周新增{claim.typed_added}，按累计数相减为{claim.added}，请核对并在备注说明"


def no_progress(claim: Claim) -> Verdict:
    """L12: three weeks or more without growth, and not finished."""
    if claim.added != 0 or claim.done is None or claim.done >= claim.target:
        return None
    weeks = 1 + len(list(takewhile(lambda added: added == 0, claim.growth)))
    return f"连续{weeks}周无进展，列入提醒" if weeks >= 3 else None


def too_regular(claim: Claim) -> Verdict:
    """L21: the same round growth week after week."""
    growth = [claim.added, *claim.growth[:3]]
    if len(growth) == 4 and len(set(growth)) == 1 and growth[0] and growth[0] % 10 == 0:
        return f"连续4周每周恰好新增{growth[0]}，数据规律性异常，建议抽查（仅供分析员参考）"
    return None


def before_start(claim: Claim) -> Verdict:
    """L17"""
    if not claim.done:
        return None
    if claim.is_before_start or re.search(
        r"(去年|上年|往年|20\d{2}年底|开工前|[1-3]月份?).{0,6}(完成|建成|已建|建好)", claim.remark
    ):
        return "实施阶段前已有完成数，请核实并在备注说明"
    return None


def jump(claim: Claim) -> Verdict:
    """L11: more than 30 % of the target in a week, or more than three times the mean of the last three weeks."""
    if claim.added is None or claim.target == 0 or claim.added <= 0:
        return None
    recent = claim.growth[:3]
    steep = len(recent) == 3 and sum(recent) > 0 and claim.added > sum(recent)
    if claim.added * 10 > claim.target * 3 or steep:
        return f"本周新增{claim.added}，明显高于此前，请核实并在备注说明"
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
        known = f"上次累计{claim.last}" if claim.last is not None else "此前没有可用的数"
        return f"完成数为空，{known}，请填写截至{_day(claim.week)}的累计完成数"
    if claim.state == "unchanged" and claim.last is None:
        return f"此前没有可用的数，请填写截至{_day(claim.week)}的累计完成数"
    return None


def taken_as_unchanged(claim: Claim) -> Verdict:
    """V27: the same as a zero report."""
    if claim.state == "unchanged" and claim.last is not None:
        return f"按上次累计{claim.last}采用"
    return None


CLAIM_CHECKS: tuple[tuple[str, Callable[[Claim], Verdict]], ...] = (
    ("impossible_figure", impossible_figure),
    ("over_target", over_target),
    ("whole_town_figure", whole_town_figure),
    ("no_such_task", no_such_task),
    ("fell", fell),
    ("jump", jump),
    ("added_differs", added_differs),
    ("no_progress", no_progress),
    ("too_regular", too_regular),
    ("before_start", before_start),
    ("taken_as_zero", taken_as_zero),
    ("blank_figure", blank_figure),
    ("taken_as_unchanged", taken_as_unchanged),
)


# ---- the whole week --------------------------------------------------------------------------------------------


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
        target, typed = targets[_key(row)], row["value"]
        if typed is not None and typed != target:
            place = {name: row[name] for name in _PLACE}
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


# ---- one village ------------------------------------------------------------------------------------------------

_UNFINISHED = re.compile(r"在建|浇筑|未安装|未完工|未竣工|施工中|在施")
_ALL_DONE = re.compile(r"(?<!未)(?<!没有)(已?全部完成|全部完工|已全部竣工|已完成全部|任务已完成)")
_NOT_BEGUN = re.compile(r"未开工|未动工|未启动")
_TWO_UNITS = re.compile(r"(\d+)\s*户[^\d]{0,4}(\d+)\s*(?:座|厕|个)")
_CORRECTION = re.compile(
    r"(上周|上期|前期|以前|此前|第.{1,3}周|\d+月\d+日).{0,10}(更正|订正|勘误|有误|误报|多报|少报|填错|报错|应为|应改为)|(更正|订正|勘误).{0,10}(上周|上期|前期|以前|第.{1,3}周|\d+月\d+日)"
)


def swapped(seen: Evidence) -> Iterator[Row]:
    """L10: each figure stands where the other stood last time, or at the other's target."""
    for claims in seen.villages:
        if len(claims) == 2 and _is_swapped(*claims):
            one, other = claims
            message = (
                f"新建、整改疑似填反（上次累计{one.kind}{one.previous}、{other.kind}{other.previous}，"
                f"本周{one.kind}{one.done}、{other.kind}{other.done}），请核对"
            )
            yield from (finding("swapped", message, **claim.place) for claim in claims)


def _is_swapped(one: Claim, other: Claim) -> bool:
    if None in (one.done, other.done, one.previous, other.previous):
        return False
    done, previous = (one.done or 0, other.done or 0), (one.previous or 0, other.previous or 0)
    if done == (other.target, one.target) and one.target != other.target:
        return True
    doubtful = done[0] < previous[0] or done[1] < previous[1] or done[0] > one.target or done[1] > other.target
    across = abs(done[0] - previous[1]) + abs(done[1] - previous[0])
    straight = abs(done[0] - previous[0]) + abs(done[1] - previous[1])
    return doubtful and previous[0] != previous[1] and across * 3 <= straight


def remarks(seen: Evidence) -> Iterator[Row]:
    """L13, L15, L16, L19: what the remark says beside the figures."""
    for claims in seen.villages:
        remark = claims[0].remark
        place = {**claims[0].place, "kind": "", "cell": claims[0].remark_cell, "raw": remark}
        for rule, message in _on_remark(remark, claims) if remark else ():
            yield finding(rule, message, **place)


def _on_remark(remark: str, claims: list[Claim]) -> Iterator[tuple[str, str]]:
    numbers = [claim for claim in claims if claim.done is not None]
    unfinished = _UNFINISHED.search(remark)
    if unfinished and any(claim.done for claim in numbers):
        yield "counts_unfinished", f"备注提到“{unfinished[0]}”，完成数只计可投入使用的，请核实"
    units = _TWO_UNITS.search(remark)
    if units and units[1] != units[2]:
        yield "households_differ", f"户数与座数不同（备注“{units[0]}”），按“座”统计，请注明"
    about = [claim for claim in numbers if claim.kind in remark] or numbers
    short = any((claim.done or 0) < claim.target for claim in about)
    if (_ALL_DONE.search(remark) and short) or (_NOT_BEGUN.search(remark) and any(claim.done for claim in about)):
        yield "remark_contradicts", f"备注与数字不一致（备注“{remark}”），请核对"
    if _CORRECTION.search(remark):
        message = f"备注要更正以前某周的数（“{remark}”），请按更正流程写明原值、新值、原因、日期；历史归档不改写"
        yield "corrects_earlier", message


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


WEEK_CHECKS: tuple[Callable[[Evidence], Iterator[Row]], ...] = (
    missing_town,
    missing_village,
    target_differs,
    total_differs,
    rate_differs,
    growth_of_weeks,
    swapped,
    remarks,
    same_as_earlier_week,
)
