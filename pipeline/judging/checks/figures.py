"""Checks of one claim: each returns what it has to say, or None."""

import re
from collections.abc import Callable
from itertools import takewhile

from pipeline import caveats
from pipeline.judging.checks.claims import Claim
from pipeline.printing import number
from pipeline.records import KINDS, State
from pipeline.rules import Finding, Level, Rule, finding
from pipeline.rules.figures import BLANK_FIGURE, IMPOSSIBLE_FIGURE, TAKEN_AS_UNCHANGED, TAKEN_AS_ZERO
from pipeline.rules.judgements import (
    ADDED_DIFFERS,
    BEFORE_START,
    FELL,
    JUMP,
    NO_PROGRESS,
    NO_SUCH_TASK,
    OVER_TARGET,
    TOO_REGULAR,
    WHOLE_TOWN_FIGURE,
)


def _says(claim: Claim, rule: Rule, variant: str = "", level: Level | None = None, /, **words: object) -> Finding:
    known = {"target": claim.target, "done": claim.done, "unit": claim.unit, "closing": claim.closing}
    return finding(rule, claim.figure, variant, level, **known, **claim.terms, **words)


def over_target(claim: Claim) -> Finding | None:
    """L04: a little over with an explanation is a query, more than 5 % or unexplained waits for a decision; neither is
    asked again while the figure stands. A 备注 that was there before the figure changed does not explain the change."""
    if claim.done is None or claim.done <= claim.target or claim.target == 0:
        return None
    over = claim.done - claim.target
    named = [kind for kind in KINDS if kind in claim.remark]
    is_of_other = bool(named) and claim.kind not in named
    if not caveats.explains(claim.remark) or is_of_other or over * 20 > claim.target:
        if claim.done == claim.previous and claim.was_over:
            return _says(claim, OVER_TARGET, "accepted", Level.NOTE, over=over)
        return _says(claim, OVER_TARGET, over=over)
    if claim.done == claim.previous:
        return _says(claim, OVER_TARGET, "known", Level.NOTE, over=over, remark=claim.remark)
    if claim.remark == claim.previous_remark:
        return _says(claim, OVER_TARGET, "as_before", over=over, remark=claim.remark)
    return _says(claim, OVER_TARGET, "explained", Level.QUERY, over=over, remark=claim.remark)


def no_such_task(claim: Claim) -> Finding | None:
    """L07"""
    return _says(claim, NO_SUCH_TASK) if claim.target == 0 and claim.done else None


def fell(claim: Claim) -> Finding | None:
    """L08, L09: less than before. It may be a correction, or this week's growth instead of the sum: both are said."""
    if claim.done is None or claim.previous is None or claim.done >= claim.previous:
        return None
    since = f"（截至{claim.since}）" if claim.since else ""
    total = claim.previous + claim.done
    is_like_growth = claim.done <= 3 * max(claim.growth[:3], default=claim.done) or claim.done * 2 <= claim.previous
    if not (claim.done and total <= claim.target and is_like_growth):
        return _says(claim, FELL, previous=claim.previous, since=since)
    recent = f"，此前各周新增{'、'.join(map(number, claim.growth[:3]))}" if claim.growth else ""
    return _says(claim, FELL, "growth", previous=claim.previous, since=since, total=total, recent=recent)


def impossible_figure(claim: Claim) -> Finding | None:
    """V20: more than ten times the target is no count of this village."""
    if claim.done is not None and claim.target and claim.done > claim.target * 10:
        return _says(claim, IMPOSSIBLE_FIGURE, "target")
    return None


def whole_town_figure(claim: Claim) -> Finding | None:
    """L14: a target or a count several times the village's is likely the whole town's."""
    if claim.done is None or not claim.target or claim.done > claim.target * 10:
        return None
    if claim.done >= claim.target * 3 or (claim.done and (claim.typed_target or 0) >= claim.target * 3):
        return _says(claim, WHOLE_TOWN_FIGURE)
    return None


def added_differs(claim: Claim) -> Finding | None:
    """H06: the form's own 本周新增 column is no figure of ours, but a witness."""
    if claim.typed_added is None or claim.added is None or claim.typed_added == claim.added:
        return None
    return _says(claim, ADDED_DIFFERS, typed=claim.typed_added, added=claim.added)


def no_progress(claim: Claim) -> Finding | None:
    """L12: three weeks or more without growth, and not finished."""
    if claim.added != 0 or claim.done is None or claim.done >= claim.target:
        return None
    weeks = 1 + len(list(takewhile(lambda added: added == 0, claim.growth)))
    return _says(claim, NO_PROGRESS, weeks=weeks) if weeks >= 3 else None


def too_regular(claim: Claim) -> Finding | None:
    """L21: the same round growth week after week."""
    growth = [claim.added, *claim.growth[:3]]
    if len(growth) == 4 and len(set(growth)) == 1 and growth[0] and growth[0] % 10 == 0:
        return _says(claim, TOO_REGULAR, added=growth[0])
    return None


_DONE_BEFORE = re.compile(
    r"(去年|上年|往年|20\d{2}年底|开工前|[1-3]月份?).{0,6}(完成|建成|已建|建好)(?!摸|排查|调查|登记|招|方案|设计|动员|选址|公示|分解)"
)


def before_start(claim: Claim) -> Finding | None:
    """L17"""
    if claim.done and (claim.is_before_start or _DONE_BEFORE.search(claim.remark)):
        return _says(claim, BEFORE_START)
    return None


def jump(claim: Claim) -> Finding | None:
    """L11: more than 30 % of the target in a week, or more than three times the mean of the last three weeks."""
    if claim.added is None or claim.target == 0 or claim.added <= 0:
        return None
    recent = claim.growth[:3]
    is_steep = len(recent) == 3 and sum(recent) > 0 and claim.added > sum(recent)
    return _says(claim, JUMP, added=claim.added) if claim.added * 10 > claim.target * 3 or is_steep else None


def taken_as_zero(claim: Claim) -> Finding | None:
    """V08, V09, V16: nothing to do, or nothing done so far. Never less than was accepted before."""
    if claim.state not in (State.BLANK, State.NOT_STARTED) or claim.previous:
        return None
    if claim.target == 0:
        return _says(claim, TAKEN_AS_ZERO, "no_task")
    return _says(claim, TAKEN_AS_ZERO) if claim.last == 0 else None


def blank_figure(claim: Claim) -> Finding | None:
    """V08: a blank after a figure is not a zero."""
    if claim.state in (State.BLANK, State.NOT_STARTED) and not taken_as_zero(claim):
        return _says(claim, BLANK_FIGURE, "unknown" if claim.last is None else "", previous=claim.last)
    if claim.state is State.UNCHANGED and claim.last is None:
        return _says(claim, BLANK_FIGURE, "unchanged")
    return None


def taken_as_unchanged(claim: Claim) -> Finding | None:
    """V27: the same as a zero report."""
    if claim.state is State.UNCHANGED and claim.last is not None:
        return _says(claim, TAKEN_AS_UNCHANGED, previous=claim.last)
    return None


CLAIM_CHECKS: tuple[Callable[[Claim], Finding | None], ...] = (
    impossible_figure,
    over_target,
    whole_town_figure,
    no_such_task,
    fell,
    jump,
    added_differs,
    no_progress,
    too_regular,
    before_start,
    taken_as_zero,
    blank_figure,
    taken_as_unchanged,
)
