"""What the meeting should speak of: at most three matters, the weightiest first."""

from collections.abc import Sequence

from pipeline.products.sentences.progress import overdue, stalled
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import MOST_NAMES, listed, some, span
from pipeline.records import Scope, Sent
from pipeline.rules import Finding, Level
from pipeline.rules.judgements import OVER_TARGET

_MOST_MATTERS = 3


def matters(story: Story, findings: Sequence[Finding]) -> list[str]:
    """At most three matters for the meeting, the weightiest first; none if there is nothing to speak of."""
    late = [f"{sentence.rstrip('。')}，请说明原因和完成时间。" for sentence in overdue(story)]
    weightiest_first = [
        *(late if story.is_over else _too_slow(story)),
        *_not_sent(story),
        *_waiting(story),
        *_set_aside(story, findings),
        *(f"{sentence.rstrip('。')}，请说明原因。" for sentence in stalled(story)),
        *_over_target(story, findings),
    ]
    return weightiest_first[:_MOST_MATTERS]


def _too_slow(story: Story) -> list[str]:
    """Towns that are behind and whose pace will not do; figures that wait for a decision say nothing of the pace."""
    behind = [row for row in story.behind if not story.borrowed(row.town)]
    slow = [row for row in behind if row.is_slow]
    unknown = [row.town for row in behind if not row.has_pace]
    if not slow:
        return [f"{listed(unknown)}慢于序时进度，速度尚无法测算，请说明进展。"] if unknown else []
    paces = "、".join(f"{row.town}（周均{row.achieved_per_week}，需{row.needed_per_week}）" for row in slow[:4])
    more = f"等{len(slow)}个区镇" if len(slow) > 4 else ""
    return [f"落后且{span(story.numbers)}速度低于按期完成所需的有：{paces}{more}，请说明堵点和赶工安排。"]


def _not_sent(story: Story) -> list[str]:
    asked = (Sent.MISSING, Sent.RETURNED)
    parts = [f"{listed(towns)}本周{status.label}" for status in asked if (towns := story.of_status(status))]
    return [f"{'，'.join(parts)}，请说明原因并补报。"] if parts else []


def _waiting(story: Story) -> list[str]:
    """Towns that have sent what the office has not been able to read yet."""
    towns = story.of_status(Sent.PENDING)
    return [f"{listed(towns)}的报表已收到，{Sent.PENDING.label}（由区局核读），数据暂未采用。"] if towns else []


def _set_aside(story: Story, findings: Sequence[Finding]) -> list[str]:
    """Figures that wait for a town or a decision; of a form that is not used at all, all do, which has been said."""
    returned = [*story.of_status(Sent.RETURNED), *story.of_status(Sent.PENDING)]
    open_ = (row for row in findings if row.is_blocking and _sets_aside(row))
    about = [row for row in open_ if row.town not in returned]
    towns = list(dict.fromkeys(row.town for row in about))
    if not about:
        return []
    return [f"{some(towns)}有{len(about)}处退回或待裁定，涉及的数本周未采用，请核实。"]


def _sets_aside(row: Finding) -> bool:
    """Whether a finding is about a town's figures, not about a stray file or a decision."""
    return bool(row.town and (row.village or row.rule.whole_town))


def _over_target(story: Story, findings: Sequence[Finding]) -> list[str]:
    """Villages that report more than their target and have not been accepted yet."""
    asked = {row.key for row in findings if row.rule is OVER_TARGET and row.level is not Level.NOTE}
    over = [
        f"{row.town}{row.village}{row.kind}（完成{row.done}，目标{row.target}）"
        for row in story.now
        if row.scope is Scope.VILLAGE and row.key in asked
    ]
    if not over:
        return []
    more = f"等{len(over)}处" if len(over) > MOST_NAMES else ""
    return [f"{'、'.join(over[:MOST_NAMES])}{more}超过目标，请核实。"]
