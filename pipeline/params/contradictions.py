"""What no type can tell: names that mean two things, days in the wrong order, decisions that contradict."""

from collections.abc import Iterator, Sequence

from pipeline.params import signs
from pipeline.params.decisions import Accept, Correct, Decision, Enter, FigureDecision, Name, Use, Week
from pipeline.params.document import Loc
from pipeline.params.year import Programme, Schedule
from pipeline.printing import normal
from pipeline.rules import RULES
from pipeline.rules.judgements import ENTERED_DIFFERS

Fault = tuple[Loc, str]  # where, what is wrong


def of_programme(programme: Programme) -> list[Fault]:
    """Every contradiction of a programme with itself."""
    return [
        *_schedule_faults(programme.schedule),
        *_name_faults(programme),
        *_rule_faults(programme),
        *_change_faults(programme),
    ]


def _schedule_faults(schedule: Schedule) -> Iterator[Fault]:
    if schedule.end <= schedule.start:
        yield ("schedule",), f"结束日期 {schedule.end} 不晚于开始日期 {schedule.start}"
    shares = [share for _, share in sorted(schedule.milestones.items())]
    if any(not schedule.start <= day < schedule.end for day in schedule.milestones):
        yield ("schedule", "milestones"), "节点日期应在开始与结束日期之间"
    if shares != sorted(shares):
        yield ("schedule", "milestones"), "后面的节点不能比前面的比例小"


def _name_faults(programme: Programme) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for name, town in programme.towns.items():
        for alias in (name, *town.aliases):
            if owner.setdefault(normal(alias), name) != name:
                yield ("towns", name), f"“{alias}”既指 {owner[normal(alias)]} 又指 {name}"
        village_owner: dict[str, str] = {}
        for number, village in enumerate(town.villages):
            for alias in dict.fromkeys(map(normal, (village.name, *village.aliases))):
                if alias in village_owner:
                    yield ("towns", name, "villages", number), f"“{alias}”出现了两次"
                village_owner[alias] = village.name


def _rule_faults(programme: Programme) -> Iterator[Fault]:
    adjustable = [name for name, rule in RULES.items() if rule.adjustable]
    for name in programme.rules:
        if name not in adjustable:
            yield ("rules", name), f"没有“{name}”这条规则，或它的级别不能改（可改的：{'、'.join(adjustable)}）"
    if programme.lights.far_behind > programme.lights.behind:
        yield ("lights",), "far_behind（严重滞后）不能大于 behind（慢序时）"


def _change_faults(programme: Programme) -> Iterator[Fault]:
    known = {(town, village.name) for town, village in programme.villages}
    for number, change in enumerate(programme.target_changes):
        if (change.town, change.village) not in known:
            yield ("target_changes", number), f"{change.town} 没有“{signs.visible(change.village)}”"


def of_decisions(week: Week, programme: Programme, own: int | None = None) -> Iterator[Fault]:
    """Decisions that name what the programme does not know, or contradict one another.

    own: how many stand in the week's YAML file, where the rest come from 处理单.
    """
    villages = {(town, village.name) for town, village in programme.villages}
    for number, decision in enumerate(week.decisions):
        place: Loc = ("decisions", number)
        if decision.town and decision.town not in programme.towns:
            yield (
                place,
                f"没有“{signs.visible(decision.town)}”这个{programme.words.member}（应写《{programme.title}》参数里的全称）",
            )
        elif decision.village and (decision.town, decision.village) not in villages:
            yield place, f"{decision.town} 没有“{signs.visible(decision.village)}”"
        if isinstance(decision, Accept) and not _acceptable(decision.rule):
            acceptable = "、".join(name for name, rule in RULES.items() if rule.acceptable)
            yield place, f"规则“{decision.rule}”不能用 accept 了结（可用的：{acceptable}）"
    yield from _contradicting_decisions(week.decisions)
    yield from _in_both_places(week.decisions, len(week.decisions) if own is None else own)


def _in_both_places(decisions: Sequence[Decision], own: int) -> Iterator[Fault]:
    """A figure that the YAML file lets stand, and 处理单 changes, or the other way round."""
    first = {decision.key: number for number, decision in enumerate(decisions[:own]) if _is_of_figure(decision)}
    for number, decision in enumerate(decisions[own:], own):
        before = first.get(decision.key)
        if before is not None and type(decisions[before]) is not type(decision) and _is_of_figure(decision):
            yield ("decisions", number), f"{''.join(decision.key)}在参数文件里也有决定，请只留一处"


def _is_of_figure(decision: Decision) -> bool:
    if isinstance(decision, Accept):
        return bool(decision.village and decision.kind) and RULES.get(decision.rule) is not ENTERED_DIFFERS
    return isinstance(decision, Correct)


def _contradicting_decisions(decisions: Sequence[Decision]) -> Iterator[Fault]:
    """Two answers to one question: which of them was meant cannot be told.

    An entered figure that is kept against the town's (`entered_differs`) is the same answer again.
    """
    first: dict[tuple[str, ...], int] = {}
    for number, decision in enumerate(decisions):
        about = _about(decision)
        before = first.setdefault(about, number) if about else number
        if before != number and not _is_same_figure(decisions[before], decision):
            yield ("decisions", number), f"{''.join(about)}在第{before + 1}条决定里已经定了，请只留一条"


def _about(decision: Decision) -> tuple[str, ...]:
    """What only one decision may be about; nothing if there may be several."""
    if isinstance(decision, FigureDecision):
        return decision.key
    if isinstance(decision, Name):
        return decision.town, f"《{decision.file}》", f"“{decision.written}”"
    return (decision.town,) if isinstance(decision, Use) else ()


def _is_same_figure(one: Decision, other: Decision) -> bool:
    entered, kept = (one, other) if isinstance(one, Enter) else (other, one)
    return isinstance(entered, Enter) and isinstance(kept, Correct) and entered.now == kept.now


def _acceptable(rule: str) -> bool:
    return rule in RULES and RULES[rule].acceptable
