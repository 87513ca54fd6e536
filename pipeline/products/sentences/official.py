"""The sentences of a 通报, as an office publishes them: how far the work is, what is wrong, what is asked of whom."""

from collections.abc import Sequence

from pipeline.printing import percent, thousands
from pipeline.products.sentences.lagging import Lag, lags
from pipeline.products.sentences.matters import doubtful, surpluses
from pipeline.products.sentences.progress import district
from pipeline.products.sentences.reporting import reporting
from pipeline.products.sentences.standing import leading, overdue, stalled, stalled_towns
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.tiers import tiers
from pipeline.products.sentences.wording import MOST_PLACES, listed, slower, span
from pipeline.records import Light, Sent
from pipeline.rules import Finding


def overall(story: Story) -> str:
    """总体进展: the whole, who leads, who has reported."""
    return "".join([district(story), *tiers(story), *leading(story), reporting(story)[0]])


# ---- what is wrong ---------------------------------------------------------------------------------------------


def problems(story: Story, findings: Sequence[Finding]) -> list[str]:
    """存在问题, the weightiest first; none if there is none."""
    return [
        *(overdue(story) if story.is_over else _behind(story)),
        *stalled(story),
        *_unsent(story),
        *_doubtful(story, findings),
    ]


def _behind(story: Story) -> list[str]:
    """包场镇（19.22%）、四甲镇（22.86%）进度落后（慢于序时进度超过1个百分点），近四周速度均达不到按期完成的要求。"""
    found, meaning = lags(story), f"（{slower(story.programme)}或未开工）"
    groups = (
        ("进度落后", [lag for lag in found if lag.is_whole and not lag.is_old]),
        ("单项进度落后", [lag for lag in found if not lag.is_whole and not lag.is_old]),
        ("按上次累计数计算，进度落后", [lag for lag in found if lag.is_old]),
    )
    said = [f"{_rated(group, story)}{words}{meaning}{_pace(group, story)}。" for words, group in groups if group]
    return [said[0], *(sentence.replace(meaning, "") for sentence in said[1:])] if said else []


def _rated(found: Sequence[Lag], story: Story) -> str:
    """包场镇（19.22%）、余东镇整改（3.48%，个别数待核）"""
    return _cut([f"{lag.name}（{percent(lag.row.rate)}{_doubt(lag)}）" for lag in found], found, story)


def _doubt(lag: Lag) -> str:
    return f"，个别数{Sent.PENDING.label}" if lag.holds_old and not lag.is_old else ""


def _pace(found: Sequence[Lag], story: Story) -> str:
    slow = [lag for lag in found if _is_slow(lag)]
    if not slow:
        return ""
    who = "" if len(slow) == len(found) else f"其中{_cut([lag.name for lag in slow], slow, story)}"
    every = "均" if not who and len(found) > 1 else ""
    return f"，{who}{span(story.numbers)}速度{every}达不到按期完成的要求"


def _is_slow(lag: Lag) -> bool:
    """A carried figure says nothing of the pace."""
    return not lag.holds_old and lag.row.is_slow


def _cut(words: Sequence[str], found: Sequence[Lag], story: Story) -> str:
    return story.listed(words, many=len({lag.town for lag in found}))


def _unsent(story: Story) -> list[str]:
    words = (
        (Sent.MISSING, "本周未报"),
        (Sent.RETURNED, "报表存在差错，已退回"),
        (Sent.PENDING, "报表正在核实，暂未采用"),
        (Sent.LATE, "迟报"),
    )
    parts = [f"{story.listed(towns)}{said}" for state, said in words if (towns := story.of_status(state))]
    return [f"{'；'.join(parts)}。"] if parts else []


def _doubtful(story: Story, findings: Sequence[Finding]) -> list[str]:
    towns = list(doubtful(story, findings))
    over = [row.town + row.village + row.kind for row in surpluses(findings) if not row.is_blocking]
    parts = [f"{story.listed(towns)}报送的个别数存在疑问，正在核实，暂未采用"] if towns else []
    parts += [f"{listed(over, '处')}填报数超过目标任务，正在核实"] if over else []
    return [f"{'；'.join(parts)}。"] if parts else []


# ---- what is asked ---------------------------------------------------------------------------------------------


def requests(story: Story, findings: Sequence[Finding]) -> list[str]:
    """下一步要求: each answers a problem; the last is asked of all as long as there is work to do."""
    return [*_faster(story), *_send(story), *_check(story, findings), *_always(story)]


def _faster(story: Story) -> list[str]:
    if story.is_over:
        late = [row.town for row in story.unfinished]
        return [f"{story.listed(late)}要明确完成时间，尽快完成剩余任务。"] if late else []
    found = lags(story)
    slow = [lag for lag in found if _is_slow(lag)]
    named = {lag.town for lag in slow}
    others = list(
        dict.fromkeys(town for town in [*(lag.town for lag in found), *stalled_towns(story)] if town not in named)
    )
    parts = (
        [f"{_cut([lag.name for lag in slow], slow, story)}要查明堵点、倒排工期{_needed(slow, story.programme.unit)}"]
        if slow
        else []
    )
    parts += [f"{story.listed(others)}要加快进度"] if others else []
    return [f"{'；'.join(parts)}。"] if parts else []


def _needed(slow: Sequence[Lag], unit: str) -> str:
    """，今后每周分别需完成34.1座、16.4座"""
    if len(slow) > MOST_PLACES:
        return ""
    each = "、".join(f"{thousands(lag.row.needed_per_week)}{unit}" for lag in slow)
    return f"，今后每周{'分别' if len(slow) > 1 else ''}需完成{each}"


def _send(story: Story) -> list[str]:
    words = ((Sent.MISSING, "要尽快补报"), (Sent.RETURNED, "要改正后重报"))
    parts = [f"{story.listed(towns)}{said}" for state, said in words if (towns := story.of_status(state))]
    return [f"{'；'.join(parts)}。"] if parts else []


def _check(story: Story, findings: Sequence[Finding]) -> list[str]:
    towns = list(doubtful(story, findings))
    return [f"{story.listed(towns)}要核实有疑问的数，有误的改正，属实的写明原因。"] if towns else []


def _always(story: Story) -> list[str]:
    if not story.towns or all(row.light is Light.FINISHED for row in story.towns):
        return []
    return [f"{story.words.each}要于每期截至日期{story.programme.deadline}前报送累计完成数，没有进展的也要报送。"]
