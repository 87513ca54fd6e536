"""The words of 差距与速度: title, legend, headings, and what a reader must know of the figures."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from pipeline.params import Programme
from pipeline.printing import half_up, thousands
from pipeline.products.charts.standing import Standing
from pipeline.products.charts.style import GREY, ORANGE_TEXT, Part
from pipeline.products.charts.tones import legend
from pipeline.products.charts.words import names, rate_caveats
from pipeline.products.sentences import time_left
from pipeline.records import Completion, Kind


def title(standing: Standing, unit: str, recent: str) -> str:
    if standing.silence:
        return standing.silence
    if standing.overdue:
        return standing.closed(_lacking(standing, unit))
    if standing.behind:
        return standing.closed(f"{_short(standing, unit)}{standing.also_lagging}")
    if standing.lagging:
        short = _less(-_shortfall(standing.lagging), unit)
        return standing.closed(f"{standing.kinds_named(standing.lagging)}落后序时进度{short}")
    if all(row.remaining == 0 for row in standing.judged):
        return standing.verdict
    nobody = (
        f"{standing.every('都')}没有落后序时进度"
        if standing.has_exceptions
        else f"没有{standing.words.member}落后序时进度"
    )
    return standing.closed(f"{nobody}{_speed(standing, recent)}")


def _short(standing: Standing, unit: str) -> str:
    """Who is behind, how much they lack together, and who lacks most."""
    behind = standing.behind
    lowest = min(row.lead or 0 for row in behind)
    worst = [row for row in behind if row.lead == lowest]
    if len(behind) == 1:
        only = "" if standing.has_exceptions or len(standing.tasks) == 1 else "只有"
        return f"{only}{standing.marked(worst)}落后序时进度{_less(lowest, unit)}"
    if not lowest:
        return f"{standing.marked(worst)}落后序时进度"
    together = thousands(_shortfall(behind))
    least = f"{'各' if len(worst) > 1 else ''}少{thousands(-lowest)}{unit}"
    return f"落后的{standing.words.many(len(behind))}合计比序时进度少{together}{unit}，{standing.marked(worst)}最多，{least}"


def _shortfall(rows: Sequence[Completion]) -> int:
    """How much they lack together of what is due: rounded once."""
    return int(
        half_up(sum(((row.expected or Decimal(0)) * row.target - (row.done or 0) for row in rows), Decimal(0)), 0)
    )


def _less(lead: int, unit: str) -> str:
    return f"，少{thousands(-lead)}{unit}" if lead < 0 else ""


def _lacking(standing: Standing, unit: str) -> str:
    """After the end: who has not finished, and how much is lacking."""
    overdue, many = standing.overdue, standing.words.many
    most = max(row.remaining or 0 for row in overdue)
    worst = [row.town for row in overdue if row.remaining == most]
    if len(overdue) == 1:
        return f"{worst[0]}到期未完成，尚缺{thousands(most)}{unit}"
    together = thousands(sum(row.remaining or 0 for row in overdue))
    each = "各" if len(worst) > 1 else ""
    return f"到期未完成的{many(len(overdue))}合计尚缺{together}{unit}，{names(worst, many)}最多，{each}{thousands(most)}{unit}"


def _speed(standing: Standing, recent: str) -> str:
    """Whether the paces will do, of 合计 and of both kinds."""
    slow, kinds = standing.slow, standing.slow_kinds
    if slow or kinds:
        parts = [*([standing.named(slow)] if slow else []), *([standing.kinds_named(kinds)] if kinds else [])]
        return f"，但{'、'.join(parts)}{recent}速度低于所需"
    return f"，{recent}速度均可按期完成" if standing.is_fast else ""


def legend_of(programme: Programme, is_over: bool) -> list[Part]:
    tones = legend(programme.lights, is_over)
    if is_over:
        return [("左：完成数与目标任务之差；右：尚缺数。", GREY), *tones]
    return [
        ("左：完成数与序时进度应完成数之差。", GREY),
        *tones,
        ("右：每周完成数。", GREY),
        ("橙＝低于所需", ORANGE_TEXT),
    ]


def heads(programme: Programme, week: dt.date, achieved: str) -> tuple[str, str, str]:
    """(heading, what the signs are, heading of the numbers)"""
    until = time_left(programme.schedule.weeks_left(week))
    signs = f"● {achieved}　| 今后每周所需（{until}）"
    return f"每周完成数（{programme.unit}）", signs, f"{achieved[-2:]} → 所需"


def caveats(rows: Sequence[Completion], is_over: bool, programme: Programme) -> list[str]:
    overall, many = [row for row in rows if row.kind == Kind.TOTAL], programme.words.many
    due = "目标数" if is_over else "目标数×序时进度，各数分别四舍五入"
    caveats = [f"差距＝完成数－{due}。"]
    old = [row.town for row in overall if row.is_carried]
    if old:
        caveats.append(f"斜线条：{names(old, many)}本周没有可用的数，沿用上次累计数。")
    part = [row.town for row in rows if row.kind != Kind.TOTAL and row.is_carried and row.town not in old]
    if part:
        caveats.append(f"{names(list(dict.fromkeys(part)), many)}有一类沿用上次累计数。")
    free = [row.town for row in overall if not row.target]
    return [*caveats, *rate_caveats(overall, programme), *([f"{names(free, many)}没有任务，不列。"] if free else [])]
