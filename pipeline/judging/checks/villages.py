"""Checks of one village: its two figures beside each other, and what its remark says."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.judging.checks import stated
from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.judging.checks.stated import Of
from pipeline.rules import Finding, Rule, finding
from pipeline.rules.judgements import (
    CORRECTS_EARLIER,
    COUNTS_UNFINISHED,
    HOUSEHOLDS_DIFFER,
    REMARK_CONTRADICTS,
    SWAPPED,
)

_UNFINISHED = re.compile(r"在建|浇筑|未安装|未完工|未竣工|施工中|在施")
_LEFT_OUT = re.compile(r"[未不](?:计入|列入|纳入|计)|不含")
_OF_THE_REST = re.compile(r"其余|剩余|尚有|另有|[未不](?:计入|计|含)|计划|预计|摸底|放样|招标|底前")
_ALL_DONE = re.compile(r"(?<!未)(?<!没有)(?<![座户个组])(已?全部完成|全部完工|已全部竣工|已完成全部|任务已完成)")
_NOT_BEGUN = re.compile(r"未开工|未动工|未启动")
_TWO_UNITS = re.compile(r"(\d{1,9})\s{0,9}户[^\d]{0,4}(\d{1,9})\s{0,9}(?:座|厕|个)")
_CORRECTION = re.compile(
    r"(上周|上期|前期|以前|此前|第.{1,3}周|\d{1,2}月\d{1,2}日).{0,10}(更正|订正|勘误|有误|误报|多报|少报|填错|报错|应为|应改为)|(更正|订正|勘误).{0,10}(上周|上期|前期|以前|第.{1,3}周|\d{1,2}月\d{1,2}日)"
)


def _about_the_count(remark: str) -> str:
    """The clauses that may speak of what was counted; not those of the rest (其余正在施工) or of what is planned."""
    clauses = re.split(r"[，。；,;]", remark)
    return "，".join(clause for clause in clauses if not _OF_THE_REST.search(clause))


def corrects_earlier(remark: str) -> bool:
    """L19: whether a remark wants an earlier week's figure changed."""
    return bool(_CORRECTION.search(remark))


def swapped(seen: Evidence) -> Iterator[Finding]:
    """L10: each figure stands where the other stood last time, or at the other's target; both are held, even if one of
    them happens to look plausible."""
    for claims in seen.villages:
        if len(claims) == 2 and _is_swapped(*claims):
            before = "、".join(f"{claim.kind}{claim.previous}" for claim in claims)
            now = "、".join(f"{claim.kind}{claim.done}" for claim in claims)
            yield from (finding(SWAPPED, claim.figure, before=before, now=now) for claim in claims)


def _is_swapped(one: Claim, other: Claim) -> bool:
    if None in (one.done, other.done, one.previous, other.previous):
        return False
    done, previous = (one.done or 0, other.done or 0), (one.previous or 0, other.previous or 0)
    if done == (other.target, one.target) and one.target != other.target:
        return True
    doubtful = done[0] < previous[0] or done[1] < previous[1] or done[0] > one.target or done[1] > other.target
    across = (done[0] - previous[1], done[1] - previous[0])
    straight = abs(done[0] - previous[0]) + abs(done[1] - previous[1])
    distance = sum(map(abs, across))
    is_possible = min(across) >= 0 and done[0] <= other.target and done[1] <= one.target and distance <= straight
    return doubtful and previous[0] != previous[1] and (is_possible or distance * 3 <= straight)


def remarks(seen: Evidence) -> Iterator[Finding]:
    """L13, L15, L16, L19: what the remark says beside the figures."""
    for claims in seen.villages:
        figure, remark = claims[0].figure, claims[0].remark
        if remark:
            at = replace(figure, kind="", cell=figure.remark_cell, raw=remark)
            yield from (finding(rule, at, **words) for rule, words in _on_remark(remark, claims))


def _counts_finished(remark: str, claims: list[Claim]) -> bool:
    """开工60户，其中完工45户，在建15户 beside 45: what is being built is told apart from the figure."""
    sums = [said for said in stated.counts(remark) if said.of in (Of.SUM, Of.HAZY)]
    return any(said.count == claim.done for said in sums for claim in claims)


def _on_remark(remark: str, claims: list[Claim]) -> Iterator[tuple[Rule, dict[str, str]]]:
    numbers = [claim for claim in claims if claim.done is not None]
    about_count = _about_the_count(remark)
    unfinished = None if _LEFT_OUT.search(remark) else _UNFINISHED.search(about_count)
    if unfinished and any(claim.done for claim in numbers) and not _counts_finished(remark, claims):
        yield COUNTS_UNFINISHED, {"words": unfinished[0]}
    units = _TWO_UNITS.search(remark)
    if units and units[1] != units[2]:
        yield HOUSEHOLDS_DIFFER, {"words": units[0], "unit": claims[0].unit}
    about = [claim for claim in numbers if claim.kind in remark] or numbers
    is_short = any((claim.done or 0) < claim.target for claim in about)
    has_begun = any(claim.done for claim in about)
    if (_ALL_DONE.search(about_count) and is_short) or (_NOT_BEGUN.search(about_count) and has_begun):
        yield REMARK_CONTRADICTS, {"remark": remark}
    if corrects_earlier(remark):
        yield CORRECTS_EARLIER, {"remark": remark}
