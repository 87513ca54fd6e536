"""What the meeting should speak of: progress, reports, figures. Every town with a matter is named or counted."""

from collections.abc import Sequence

from pipeline.printing import thousands
from pipeline.products.sentences.lagging import Lag, lags
from pipeline.products.sentences.standing import overdue, stalled
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import listed, span
from pipeline.records import Completion, Scope, Sent
from pipeline.rules import Finding, Level
from pipeline.rules.judgements import OVER_TARGET

_MOST_PACES, _MOST_OTHERS = 4, 6


def matters(story: Story, findings: Sequence[Finding]) -> list[str]:
    """At most three matters for the meeting, the weightiest first; none if there is nothing to speak of."""
    groups = (_progress(story), _reports(story), _figures(story, findings))
    return [f"{'；'.join(parts)}。" for parts in groups if parts]


# ---- progress --------------------------------------------------------------------------------------------------


def _progress(story: Story) -> list[str]:
    late = [f"{sentence.rstrip('。')}，请说明原因和完成时间" for sentence in overdue(story)]
    idle = [f"{sentence.rstrip('。')}，请说明原因" for sentence in stalled(story)]
    return [*(late if story.is_over else _behind(story)), *idle]


def _behind(story: Story) -> list[str]:
    """Those whose pace will not do, and the others; a carried figure says nothing of the pace."""
    found = lags(story)
    slow = [lag for lag in found if not lag.holds_old and lag.row.is_slow]
    others = [lag for lag in found if lag not in slow]
    parts = []
    if slow:
        named = _cut(story, [f"{lag.name}（{_paces(lag.row)}）" for lag in slow], slow, _MOST_PACES)
        parts += [f"落后且{span(story.numbers)}速度低于按期完成所需的有：{named}，请说明堵点和赶工安排"]
    if others:
        named = _cut(story, [lag.words for lag in others], others, _MOST_OTHERS)
        parts += [f"{'另有' if slow else ''}{named}落后，请说明进展"]
    return parts


def _paces(row: Completion) -> str:
    """周均18.8，需34.1"""
    return f"周均{thousands(row.achieved_per_week)}，需{thousands(row.needed_per_week)}"


def _cut(story: Story, words: Sequence[str], found: Sequence[Lag], most: int) -> str:
    return story.listed(words, most, len({lag.town for lag in found}))


# ---- reports ---------------------------------------------------------------------------------------------------


def _reports(story: Story) -> list[str]:
    """Towns without a usable report; those that a decision has entered have been dealt with."""
    asked = (Sent.MISSING, Sent.RETURNED)
    parts = [f"{story.listed(towns)}本周{status.label}" for status in asked if (towns := story.of_status(status))]
    waiting = story.of_status(Sent.PENDING)
    return [
        *([f"{'，'.join(parts)}，请说明原因并补报"] if parts else []),
        *(
            [f"{story.listed(waiting)}的报表已收到，{Sent.PENDING.label}（由{story.words.office}核读），数据暂未采用"]
            if waiting
            else []
        ),
    ]


# ---- figures ---------------------------------------------------------------------------------------------------


def _figures(story: Story, findings: Sequence[Finding]) -> list[str]:
    named = [f"{town}{count}处" for town, count in doubtful(story, findings).items()]
    over = _over_target(story, findings)
    return [
        *([f"{story.listed(named)}数{Sent.PENDING.label}，暂未采用，请核实"] if named else []),
        *([f"{listed(over, '处', _MOST_OTHERS)}超过目标，请核实"] if over else []),
    ]


def doubtful(story: Story, findings: Sequence[Finding]) -> dict[str, int]:
    """Town -> how many figures wait for it or for a decision; of a form that is not used at all, all do, which is said."""
    unused = {town for status in (Sent.RETURNED, Sent.PENDING) for town in story.of_status(status)}
    waiting = {town: [row.key for row in rows] for town, rows in story.waiting.items()}
    for row in findings:
        if row.is_blocking and _sets_aside(row) and row.town not in unused:
            keys = waiting.setdefault(row.town, [])
            is_counted = any(row.village in ("", key.village) and row.kind in ("", key.kind) for key in keys)
            keys += [] if is_counted else [row.key]
    return {town: len(keys) for town, keys in waiting.items()}


def _sets_aside(row: Finding) -> bool:
    """Whether a finding is about a town's figures, not about a stray file or a decision."""
    return bool(row.town and (row.village or row.rule.whole_town))


def surpluses(findings: Sequence[Finding]) -> list[Finding]:
    """Figures above their target that have not been accepted yet."""
    return [row for row in findings if row.rule is OVER_TARGET and row.level is not Level.NOTE]


def _over_target(story: Story, findings: Sequence[Finding]) -> list[str]:
    """甲镇东河村整改（完成60，目标50）; a held figure by what the town has typed."""
    rows = {row.key: row for row in story.now if row.scope is Scope.VILLAGE}
    return [f"{row.town}{row.village}{row.kind}（{_reported(row, rows[row.key])}）" for row in surpluses(findings)]


def _reported(asked: Finding, row: Completion) -> str:
    typed = f"填报“{asked.raw}”" if asked.raw else "填报数未采用"
    done = f"完成{thousands(row.done)}" if row.is_judged and not asked.is_blocking else typed
    return f"{done}，目标{thousands(row.target)}"
