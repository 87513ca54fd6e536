"""What no type can tell: names that mean two things, days in the wrong order, decisions that contradict."""

from collections.abc import Iterator, Sequence

from pipeline.params.decisions import Accept, Correct, Decision, Enter, FigureDecision, Name, Use, Week
from pipeline.params.year import Programme, Schedule
from pipeline.printing import normal
from pipeline.rules import RULES


def of_programme(programme: Programme) -> list[str]:
    """Every contradiction of a programme with itself, one line each."""
    return [
        *_schedule_faults(programme.schedule),
        *_name_faults(programme),
        *_rule_faults(programme),
        *_change_faults(programme),
    ]


def _schedule_faults(schedule: Schedule) -> Iterator[str]:
    if schedule.end <= schedule.start:
        yield f"schedule：结束日期 {schedule.end} 不晚于开始日期 {schedule.start}"
    shares = [share for _, share in sorted(schedule.milestones.items())]
    if any(not schedule.start <= day < schedule.end for day in schedule.milestones):
        yield "schedule.milestones：节点日期应在开始与结束日期之间"
    if shares != sorted(shares):
        yield "schedule.milestones：后面的节点不能比前面的比例小"


def _name_faults(programme: Programme) -> Iterator[str]:
    owner: dict[str, str] = {}
    for name, town in programme.towns.items():
        for alias in (name, *town.aliases):
            if owner.setdefault(normal(alias), name) != name:
                yield f"towns：“{alias}”既指 {owner[normal(alias)]} 又指 {name}"
        village_owner: dict[str, str] = {}
        for village in town.villages:
            for alias in dict.fromkeys(map(normal, (village.name, *village.aliases))):
                if alias in village_owner:
                    yield f"towns.{name}.villages：“{alias}”出现了两次"
                village_owner[alias] = village.name


def _rule_faults(programme: Programme) -> Iterator[str]:
    adjustable = [name for name, rule in RULES.items() if rule.adjustable]
    for name in programme.rules:
        if name not in adjustable:
            yield f"rules.{name}：没有这条规则，或它的级别不能改（可改的：{'、'.join(adjustable)}）"
    if programme.lights.far_behind > programme.lights.behind:
        yield "lights：far_behind 不能大于 behind"


def _change_faults(programme: Programme) -> Iterator[str]:
    known = {(town, village.name) for town, village in programme.villages}
    for number, change in enumerate(programme.target_changes):
        if (change.town, change.village) not in known:
            yield f"target_changes.{number}：{change.town} 没有“{change.village}”"


def of_decisions(week: Week, programme: Programme, elsewhere: Sequence[str] = ()) -> Iterator[str]:
    """Decisions that name what the programme does not know, or contradict one another.

    elsewhere: where the last of them stand, if not in the week's own file.
    """
    own = len(week.decisions) - len(elsewhere)
    places = [*(f"decisions.{number}" for number in range(own)), *elsewhere]
    villages = {(town, village.name) for town, village in programme.villages}
    for place, decision in zip(places, week.decisions, strict=True):
        where = f"{place}（{decision.do}）"
        if decision.town and decision.town not in programme.towns:
            yield f"{where}：没有“{decision.town}”这个区镇（应写《{programme.title}》参数里的全称）"
        elif decision.village and (decision.town, decision.village) not in villages:
            yield f"{where}：{decision.town} 没有“{decision.village}”"
        if isinstance(decision, Accept) and not _acceptable(decision.rule):
            acceptable = "、".join(name for name, rule in RULES.items() if rule.acceptable)
            yield f"{where}：规则“{decision.rule}”不能用 accept 了结（可用的：{acceptable}）"
    yield from _contradicting_decisions(list(zip(places, week.decisions, strict=True)))


def _contradicting_decisions(placed: Sequence[tuple[str, Decision]]) -> Iterator[str]:
    """Two answers to one question: which of them was meant cannot be told.

    An entered figure that is kept against the town's (`entered_differs`) is the same answer again.
    """
    first: dict[tuple[str, ...], tuple[str, Decision]] = {}
    for place, decision in placed:
        about = _about(decision)
        before, other = first.setdefault(about, (place, decision)) if about else (place, decision)
        if other is not decision and not _is_same_figure(other, decision):
            yield f"{place}（{decision.do}）：{''.join(about)}已有 {before}，请只留一条"


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
