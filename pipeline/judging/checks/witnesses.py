"""What else a row says beside its figures: the targets that were typed into it, and what its remark says of them.

Evidence that a figure is not this village's count holds it; evidence that it may still change asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline import caveats
from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.judging.checks.villages import corrects_earlier
from pipeline.records import KINDS, Key, State
from pipeline.rules import Finding, Level, finding
from pipeline.rules.judgements import MISPLACED_ROW, PROVISIONAL, REMARK_DISOWNS

Pair = tuple[int | None, int | None]  # 新建, 整改


def misplaced_row(seen: Evidence) -> Iterator[Finding]:
    """The typed targets are another village's, stand where the done figures should, or a cell beside their own."""
    targets = seen.programme.targets(seen.week)
    whose: dict[Pair, str] = {}
    for town, village in seen.programme.villages:
        whose.setdefault(_targets(targets, town, village.name), village.name)
    for claims in seen.villages:
        by_kind = {claim.kind: claim for claim in claims}
        if len(by_kind) < len(KINDS):
            continue
        new, old = (by_kind[kind] for kind in KINDS)
        typed, own = (new.typed_target, old.typed_target), (new.target, old.target)
        variant, other = _misplaced(typed, own, new, old), ""
        if not variant and typed != own and None not in typed:
            other = whose.get(typed, "")
            variant = "village" if other and any(typed) else ""
        if variant:
            words = {"typed": "、".join(map(_shown, typed)), "own": "、".join(map(_shown, own)), "other": other}
            yield from (finding(MISPLACED_ROW, claim.figure, variant, **words) for claim in claims)


def _targets(targets: Mapping[Key, int], town: str, village: str) -> Pair:
    new, old = (targets.get(Key(town, village, kind)) for kind in KINDS)
    return new, old


def _misplaced(typed: Pair, own: Pair, new: Claim, old: Claim) -> str:
    """exchanged: 目标 and 完成. kinds: 新建 and 整改. shifted: a target stands in another column, its own holds another."""
    if typed in (own, (None, None)) or own[0] == own[1]:
        return ""
    if (new.done, old.done) == own:
        return "exchanged"
    if typed == (own[1], own[0]):
        return "kinds"
    is_blank = State.BLANK in (new.state, old.state)
    is_disturbed = is_blank or None in typed or (typed[0] != own[0] and typed[1] != own[1])
    is_among_targets = own[0] == typed[1] or own[1] == typed[0]
    is_among_done = own[0] == old.done or (own[1] and own[1] == new.done)
    return "shifted" if (is_among_targets and is_disturbed) or (is_among_done and is_blank) else ""


def _shown(target: int | None) -> str:
    return "空" if target is None else str(target)


def remark_disowns(seen: Evidence) -> Iterator[Finding]:
    """A forecast, a figure that is known to be wrong, another year's or another village's in it, 无进展 beside growth."""
    names = {village.name for _, village in seen.programme.villages}
    for claims in seen.villages:
        figure, remark = claims[0].figure, claims[0].remark
        if not remark or corrects_earlier(remark):
            continue
        others = [name for name in sorted(names - {figure.village}) if name in remark]
        at = replace(figure, kind="", cell=figure.remark_cell, raw=remark)
        words = caveats.disowns(remark)
        grown = [claim for claim in claims if claim.added]
        if words:
            yield finding(REMARK_DISOWNS, at, words=words)
        elif others and caveats.includes(remark):
            yield finding(REMARK_DISOWNS, at, "village", other=others[0])
        elif grown and (denied := caveats.denies_progress(remark)):
            added = sum(claim.added or 0 for claim in grown)
            yield finding(REMARK_DISOWNS, at, "no_progress", words=denied, added=added)
        elif doubt := caveats.is_provisional(remark):
            yield finding(PROVISIONAL, at, words=doubt)
        elif later := caveats.forecasts(remark):
            yield finding(PROVISIONAL, at, "forecast", Level.NOTE, words=later, closing=claims[0].closing)
