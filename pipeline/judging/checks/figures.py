"""Checks of one claim: each returns its message, a message with its own level, or None."""

import re
from collections.abc import Callable
from itertools import takewhile

from pipeline.judging.checks.claims import Claim, Verdict, day_of
from pipeline.rules import NOTE, QUERY


def over_target(claim: Claim) -> Verdict:
    """L04: a little over with an explanation is a query, asked once, not again while the figure stands; more than 5 %
    or unexplained waits for a decision."""
    if claim.done is None or claim.done <= claim.target or claim.target == 0:
        return None
    over = claim.done - claim.target
    if claim.remark and over * 20 <= claim.target:
        explained = f"超目标{over}座（目标为{claim.target}），备注说明为“{claim.remark}”"
        is_known = claim.done == claim.previous
        return (f"{explained}，与上次采用的数相同", NOTE) if is_known else (f"{explained}，请核对", QUERY)
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
        return f"数值{claim.done}明显异常（目标为{claim.target}），请填截至{day_of(claim.week)}的累计完成数"
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
        return f"完成数为空，{known}，请填写截至{day_of(claim.week)}的累计完成数"
    if claim.state == "unchanged" and claim.last is None:
        return f"此前没有可用的数，请填写截至{day_of(claim.week)}的累计完成数"
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
