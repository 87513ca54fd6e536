"""Checks of one village: its two figures beside each other, and what its remark says."""

import re
from collections.abc import Iterator

from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.rules import finding
from pipeline.tables import (
    Row,
)

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
