"""What words count beside the figures: 累计完成88座, 其中新建60座, 本周新增20座, 还剩5座, 完成率80%.

Parsed whole, clause by clause: 累计完成投资88万元 or 累计完成化粪池88座 leaves words over and counts nothing of ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from pipeline.intake.numerals import chinese
from pipeline.judging.checks.claims import Claim
from pipeline.printing import normal
from pipeline.records import KINDS


class Of(Enum):
    """What is counted. SUM: all that is done so far; HAZY: likely so; ADDED: in this week; LEFT: what remains;
    PLANNED: what is to be done.
    """

    SUM = auto()
    HAZY = auto()
    ADDED = auto()
    LEFT = auto()
    RATE = auto()
    PLANNED = auto()


@dataclass(frozen=True)
class Stated:
    """One count in words. kind: "" where it names neither or both."""

    words: str
    kind: str
    of: Of
    count: int


_NUMBER = r"(?P<count>\d{1,6}|[一二三四五六七八九十百千零两]{1,9})[座户个]?"
_TIME = (
    r"(?:截[至止])?(?:目前|现在|本周[一二三四五六日末]?|本期|今日?|\d{1,2}月\d{1,2}[日号]|\d{1,2}\.\d{1,2})?(?:为?止)?"
)
_NOUN = (
    r"(?:新建|整改|户厕|改厕|厕所|户用厕所|农村|整村推进村?|改造|提升|任务|本村|该村|全村|[两各]村|两项|数|的|其中)*"
)
_DONE = r"(?:完成|建成|竣工|完工)"
_WEEK = r"(?:本周|当周|本期|这周)"
_PATTERNS = {
    Of.PLANNED: re.compile(
        rf".{{0,8}}(?:预计|计划|拟|力争|争取|确保).{{0,8}}(?:{_DONE}|累计|达)[到至]?{_NOUN}{_NUMBER}"
    ),
    Of.ADDED: re.compile(
        rf"(?:{_WEEK}|[较比]上[周期]){_NOUN}[又共]?(?:实际)?(?:新增|{_DONE}|增加){{1,2}}[了为]?{_NOUN}{_NUMBER}"
    ),
    Of.LEFT: re.compile(rf"{_NOUN}(?:还剩|剩余|尚余|尚缺|尚有|还有|未完成){_NOUN}(?:未完成)?{_NUMBER}(?:未完成)?"),
    Of.RATE: re.compile(rf"{_NOUN}{_DONE}(?:率|比例|进度)?(?:为|达到?|已达)?(?P<count>\d{{1,3}}(?:\.\d+)?)%"),
    Of.SUM: re.compile(
        rf"{_NOUN}{_TIME}{_NOUN}(?:{_DONE}(?:情况|[数量])?)?(?:共计?|总共|合计)?(?:累计|应[为填报]|应?改为|更正为|实[为有]|实际)?[已共]?(?:总共|实际)?{_NOUN}{_DONE}?[了为共]?{_NOUN}(?:累计)?{_NUMBER}"
    ),
}
_SURE = re.compile(r"累计|应[为填报]|改为|更正为|实[为有]|截|目前")
_COUNTING = re.compile(rf"{_DONE}|应[为填报]|改为|更正为|实[为有]|累计|共")
_LESS = re.compile(r"[较比]上[周期].{0,4}(?:减少|下降)")
_LONGEST = 40  # its words can be parted in several ways, and all are tried
_MARKS = re.compile(r"[，,。；;！!？?：:\n、（）()]")


@lru_cache(maxsize=1024)  # several checks ask it of one remark
def counts(text: str) -> tuple[Stated, ...]:
    """What a text says of the sums so far, of what was added and of what remains."""
    found: list[Stated] = []
    before: Of | None = None
    for clause in _clauses(text):
        kinds = [kind for kind in KINDS if kind in clause]
        said = _parsed(clause, kinds[0] if len(kinds) == 1 else "", before)
        if said:
            before = said.of
            found.append(said)
    return tuple(found)


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in map(normal, _MARKS.split(text)) if 0 < len(clause) <= _LONGEST)


def _parsed(clause: str, kind: str, before: Of | None) -> Stated | None:
    """before: what the last count was of: 新建60座 behind 累计完成88座 is a sum too."""
    for of, pattern in _PATTERNS.items():
        match = pattern.fullmatch(clause)
        if match:
            count = _count(match["count"])
            actual = _of_sum(clause, kind, before) if of is Of.SUM else of
            return Stated(clause, kind, actual, count) if actual and count is not None else None
    return None


def _of_sum(clause: str, kind: str, before: Of | None) -> Of | None:
    if _COUNTING.search(clause):
        return Of.SUM if _SURE.search(clause) and before is not Of.ADDED else Of.HAZY
    return before if kind else None


def _count(written: str) -> int | None:
    return int(float(written)) if written[0].isdigit() else chinese(written)


def falls(text: str) -> str:
    """The clause that says that it became less, or ""."""
    return next((clause for clause in _clauses(text) if _LESS.match(clause)), "")


# ---- beside the figures ----------------------------------------------------------------------------------------


def contradicted(said: Stated, claims: Sequence[Claim]) -> bool:
    """Whether the count is none of what the row's figures say: of its kind, or of either and of both together."""
    if said.of is Of.RATE:
        return _is_other_rate(said, claims)
    values = _values(said, claims)
    if None in values or said.of is Of.PLANNED:
        return False
    possible = {*values, _sum(values)}
    if said.of is Of.HAZY:  # 完成5座 may speak of the week
        added = [claim.added for claim in claims]
        possible |= {*added, _sum(added)}
    return said.count not in possible


def is_planned(said: Stated, claims: Sequence[Claim]) -> bool:
    """Whether the figure itself is what is planned: 5月底预计完成60座 beside 60, which is not the target."""
    return said.of is Of.PLANNED and any(said.count == claim.done != claim.target for claim in _about(said, claims))


def as_said(said: Stated, claims: Sequence[Claim]) -> str:
    """What the figures say of it: 新建45、整改24."""
    return "、".join(f"{claim.kind}{_value(said, claim)}" for claim in _about(said, claims))


def summed(said: Stated, claims: Sequence[Claim]) -> int | None:
    """The sum of what the figures say of it; None where one is unknown."""
    values = [_value(said, claim) for claim in claims]
    return None if None in values else _sum(values)


def _about(said: Stated, claims: Sequence[Claim]) -> Sequence[Claim]:
    return [claim for claim in claims if claim.kind == said.kind] or claims


def _values(said: Stated, claims: Sequence[Claim]) -> list[int | None]:
    return [_value(said, claim) for claim in _about(said, claims)]


def _value(said: Stated, claim: Claim) -> int | None:
    if said.of is Of.ADDED:
        return claim.added
    if said.of is Of.LEFT:
        return None if claim.done is None else max(0, claim.target - claim.done)
    return claim.done


def _is_other_rate(said: Stated, claims: Sequence[Claim]) -> bool:
    """By a whole point or more, for either kind and for both together."""
    about = [claim for claim in _about(said, claims) if claim.target]
    done, targets = [claim.done for claim in about], [claim.target for claim in about]
    if not about or None in done:
        return False
    pairs = [*zip((count or 0 for count in done), targets, strict=True), (_sum(done), sum(targets))]
    return all(abs(100 * count - said.count * target) > target for count, target in pairs)


def _sum(values: Sequence[int | None]) -> int:
    return sum(value or 0 for value in values)
