"""The sums of each tier: 省级 and 区级 villages are different tasks, and the level above counts only its own."""

from pipeline.printing import percent, thousands
from pipeline.products.sentences.story import Story
from pipeline.records import INCOMPLETE, Completion, Kind


def tiers(story: Story) -> list[str]:
    """分级别看：省级10个村完成1,310座，占目标任务的30.11%；区级1个村完成31座，占18.79%，慢序时。 Nothing of a single tier."""
    counts = story.programme.village_counts
    wholes = {tier: next(row for row in rows if row.kind == Kind.TOTAL) for tier, rows in story.tiers.items()}
    told = [f"{tier}{counts[tier]}个村{_done(row, story)}" for tier, row in wholes.items() if row.target]
    return [f"分级别看：{'；'.join(told)}。"] if len(told) > 1 else []


def _done(row: Completion, story: Story) -> str:
    unit = story.programme.unit
    if row.done is None:
        return INCOMPLETE
    if row.rate is None:
        return f"已知完成{thousands(row.done)}{unit}，有{INCOMPLETE}"
    light = f"，{row.light}" if row.is_behind and not story.is_over else ""
    return f"完成{thousands(row.done)}{unit}，占目标任务的{percent(row.rate)}{light}"
