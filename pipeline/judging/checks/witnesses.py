"""What else a form counts beside a figure: the targets typed into its row, 合计, 完成率, 剩余, 上周累计, 本周新增.

Evidence that a figure is not this village's count holds it.
"""

from collections.abc import Iterator, Mapping

from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.judging.checks.reports import is_other_rate, typed_rate
from pipeline.records import KINDS, Figure, Key, Kind, Measure, Role, State
from pipeline.rules import Finding, finding
from pipeline.rules.judgements import FIGURES_DISAGREE, MISPLACED_ROW

_OTHER: dict[str, Kind] = {Kind.NEW_BUILD: Kind.RENOVATION, Kind.RENOVATION: Kind.NEW_BUILD}
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
        variant, other = _misplaced(typed, own, new, old) or _strayed(new, old), ""
        if not variant and typed != own and None not in typed:
            other = whose.get(typed, "")
            variant = "village" if other and any(typed) else ""
        if variant:
            words = {"typed": "、".join(map(_shown, typed)), "own": "、".join(map(_shown, own)), "other": other}
            meant = [claim for claim in claims if claim.target or variant != "copied"]
            yield from (finding(MISPLACED_ROW, claim.figure, variant, **claim.terms, **words) for claim in meant)


def _targets(targets: Mapping[Key, int], town: str, village: str) -> Pair:
    new, old = (targets.get(Key(town, village, kind)) for kind in KINDS)
    return new, old


def _misplaced(typed: Pair, own: Pair, new: Claim, old: Claim) -> str:
    """exchanged: 目标 and 完成. kinds: 新建 and 整改. shifted: a target stands in another column, its own holds another.
    copied: both targets again, of which the larger part was not done a week ago.
    """
    done = (new.done, old.done)
    is_of_form = typed in (own, (None, None))
    asked = [claim for claim in (new, old) if claim.target]
    if is_of_form and done == own and asked and all((claim.added or 0) * 2 > claim.target for claim in asked):
        return "copied"
    if is_of_form or own[0] == own[1]:
        return ""
    if done == own:
        return "exchanged"
    if _is_crossed(typed, own, (new, old)):
        return "crossed"
    if typed == (own[1], own[0]):
        return "kinds"
    is_blank = State.BLANK in (new.state, old.state)
    is_disturbed = is_blank or None in typed or (typed[0] != own[0] and typed[1] != own[1])
    is_among_targets = own[0] == typed[1] or own[1] == typed[0]
    is_among_done = own[0] == old.done or (own[1] and own[1] == new.done)
    is_far = any(stray is not None and stray * 2 < target for stray, target in zip(typed, own, strict=True) if target)
    is_shifted = (is_among_targets and is_disturbed) or (is_blank and (is_among_done or is_far))
    return "shifted" if is_shifted else ""


def _strayed(new: Claim, old: Claim) -> str:
    """beside: a cell is blank, and what should stand in it may be in the one beside, or in 备注."""
    blank = [claim for claim in (new, old) if claim.state is State.BLANK and claim.target]
    is_unread = State.UNREADABLE in (new.state, old.state)
    return "beside" if blank and (is_unread or new.remark.strip().isdigit()) else ""


def _is_crossed(typed: Pair, own: Pair, claims: tuple[Claim, Claim]) -> bool:
    """One target stands where a done figure should, and the figure where that target should; the other is right."""
    wrong = [at for at, target in enumerate(own) if typed[at] != target]
    if len(wrong) != 1:
        return False
    stray, target = typed[wrong[0]], own[wrong[0]]
    return any(
        target and claim.done == target and stray is not None and (claim.last or 0) <= stray <= claim.target
        for claim in claims
    )


def _shown(target: int | None) -> str:
    return "空" if target is None else str(target)


# ---- figures that agree with one another against a figure ------------------------------------------------------


def figures_disagree(seen: Evidence) -> Iterator[Finding]:
    """Two or more of the form's other counts agree on a figure, and the cell holds another: a slip of the pen."""
    beside = _Beside(seen)
    for claim in seen.claims:
        if claim.done is None:
            missing = beside.missing(claim)
            if missing > 0 and claim.state is State.BLANK and claim.target:
                yield finding(FIGURES_DISAGREE, claim.figure, "blank", value=missing, **claim.terms)
            continue
        implied = [(name, value) for name, value in beside.implied(claim, claim.done) if value >= 0]
        for value in dict.fromkeys(value for _, value in implied if value != claim.done):
            names = [name for name, other in implied if other == value] + beside.rates(claim, value)
            if len(names) > 1:
                words = {"names": "、".join(names), "value": value, "done": claim.done}
                yield finding(FIGURES_DISAGREE, claim.figure, **words)
                break


class _Beside:
    """The other counts of the week's forms."""

    def __init__(self, seen: Evidence) -> None:
        self._done = {claim.key: claim.done for claim in seen.claims}
        self._filled: dict[tuple[str, str], int] = {}
        self._summed: dict[tuple[str, str], int | None] = {}  # of a town's villages; None where one is unknown
        for key, done in self._done.items():
            before = self._summed.get((key.town, key.kind), 0)
            self._summed[key.town, key.kind] = None if before is None or done is None else before + done
            self._filled[key.town, key.kind] = self._filled.get((key.town, key.kind), 0) + (done or 0)
        self._typed: dict[tuple[Key, Measure], Figure] = {}
        self._totals: dict[tuple[str, str], list[int | None]] = {}
        for row in seen.figures:
            if row.role is Role.IN_ROW and row.measure in (Measure.LEFT, Measure.SUM, Measure.RATE):
                self._typed[row.key, row.measure] = row
            elif row.role is Role.IN_TOTAL and row.measure is Measure.DONE:
                self._totals.setdefault((row.town, row.kind), []).append(row.value)

    def implied(self, claim: Claim, done: int) -> Iterator[tuple[str, int]]:
        """(name, what the figure would be) by each other count that tells it exactly. done: what the cell says."""
        if claim.typed_added is not None and claim.last is not None:
            yield "上次累计加本周新增", claim.last + claim.typed_added
        if (left := self._value(claim.key, Measure.LEFT)) is not None:
            yield "剩余", claim.target - left
        other = self._done.get(claim.key._replace(kind=_OTHER[claim.kind]))
        both = self._value(claim.key._replace(kind=Kind.TOTAL), Measure.SUM)
        if both is not None and other is not None:
            yield "新建整改合计", both - other
        summed = self._summed[claim.key.town, claim.kind]
        match self._totals.get((claim.key.town, claim.kind)):
            case [int(total)] if summed is not None:
                yield "合计", total - (summed - done)

    def missing(self, claim: Claim) -> int:
        """By how much 合计 is more than all of the town's villages together that are filled in."""
        of = (claim.key.town, claim.key.kind)
        match self._totals.get(of):
            case [int(total)]:
                return total - self._filled[of]
        return 0

    def rates(self, claim: Claim, value: int) -> list[str]:
        """完成率, if it is the rate of this value."""
        typed = self._typed.get((claim.key, Measure.RATE))
        rate = typed_rate(typed.raw) if typed else None
        is_of_value = rate and claim.target and not is_other_rate(value, claim.target, *rate)
        return ["完成率"] if is_of_value else []

    def _value(self, key: Key, measure: Measure) -> int | None:
        figure = self._typed.get((key, measure))
        return figure.value if figure else None
