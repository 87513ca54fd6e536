"""What is said in words of the figures: in 备注 of one village's, in the lines around the table of all of the town's.

Evidence that a figure is not this village's count holds it; evidence that it may still change asks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline import caveats
from pipeline.intake.form.dates import Period
from pipeline.judging.checks import stated
from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.judging.checks.stated import Of, Stated
from pipeline.judging.checks.villages import corrects_earlier
from pipeline.records import KINDS, Figure, Place
from pipeline.rules import Finding, finding
from pipeline.rules.files import DISOWNED_FORM
from pipeline.rules.judgements import (
    ADDED_DIFFERS,
    PROVISIONAL,
    REMARK_CONTRADICTS,
    REMARK_DISOWNS,
    TOTAL_DIFFERS,
)

# ---- 备注 -------------------------------------------------------------------------------------------------------


def remark_disowns(seen: Evidence) -> Iterator[Finding]:
    """A forecast, a figure that is known to be wrong, another year's or village's in it, another count in words, 无进展
    beside growth. Of one remark the gravest doubt is told."""
    period = Period.of(seen.programme, seen.week)
    names = sorted(village.name for _, village in seen.programme.villages)
    for claims in seen.villages:
        figure, remark = claims[0].figure, claims[0].remark
        if remark and not corrects_earlier(remark):
            at = replace(figure, kind="", cell=figure.remark_cell, raw=remark)
            named = [name for name in names if name in remark and name != figure.village]
            others = [name for name in named if caveats.includes(remark, name)]
            doubts = (
                _disowned(at, others, period, seen.programme.words.terms),
                _counted(at, claims),
                _standing(at, claims),
                _unsettled(at, claims),
            )
            yield from [doubt for doubt in doubts if doubt][:1]


def _disowned(at: Figure, others: list[str], period: Period, terms: Mapping[str, str]) -> Finding | None:
    """others: the villages that it says are in the figure too. terms: of the office's level."""
    other_day = next(filter(period.speaks_of_another, caveats.of_day(at.raw)), "")
    if words := caveats.disowns(at.raw, period.closing.year) or caveats.is_example(at.raw) or other_day:
        return finding(REMARK_DISOWNS, at, words=words, **terms)
    return finding(REMARK_DISOWNS, at, "village", other=others[0], **terms) if others else None


def _counted(at: Figure, claims: list[Claim]) -> Finding | None:
    """Another count in words. A sum that is clearly meant holds; what was added, what is left, a rate asks."""
    said = next((each for each in stated.counts(at.raw) if stated.contradicted(each, claims)), None)
    if said is None:
        return None
    figures = stated.as_said(said, claims)
    if said.of is Of.SUM or _is_of_week_only(said, claims):
        return finding(REMARK_DISOWNS, replace(at, kind=said.kind), "count", words=said.words, done=figures)
    if said.of is Of.ADDED:
        return finding(ADDED_DIFFERS, at, "words", typed=said.words, added=figures)
    return finding(REMARK_CONTRADICTS, at, remark=said.words)


def _is_of_week_only(said: Stated, claims: list[Claim]) -> bool:
    """本周完成60座 beside a figure of 60, where some stood there before: the figure is this week's."""
    return said.of is Of.ADDED and any(claim.done == said.count and claim.previous for claim in claims)


def _standing(at: Figure, claims: list[Claim]) -> Finding | None:
    """It says that nothing was added, or that the count fell, and it grew."""
    denied = caveats.denies_progress(at.raw)
    grown = [claim for claim in _about(denied, claims) if (claim.added or 0) > 0]
    if denied and grown:
        added = sum(claim.added or 0 for claim in grown)
        return finding(REMARK_DISOWNS, at, "no_progress", words=denied, added=added)
    fallen = stated.falls(at.raw)
    has_fallen = any((claim.added or 0) < 0 for claim in claims)
    return finding(REMARK_CONTRADICTS, at, remark=fallen) if fallen and not has_fallen else None


def _about(clause: str, claims: Sequence[Claim]) -> list[Claim]:
    """Those of the kind that a clause names, else all."""
    kinds = [kind for kind in KINDS if kind in clause]
    return [claim for claim in claims if not kinds or claim.kind in kinds]


def _unsettled(at: Figure, claims: list[Claim]) -> Finding | None:
    if doubt := caveats.is_provisional(at.raw):
        return finding(PROVISIONAL, at, words=doubt)
    planned = next((each for each in stated.counts(at.raw) if stated.is_planned(each, claims)), None)
    return finding(PROVISIONAL, at, "forecast", words=planned.words, closing=claims[0].closing) if planned else None


# ---- the lines around the table --------------------------------------------------------------------------------


def note_disowns(seen: Evidence) -> Iterator[Finding]:
    """各村均无新增 at the foot beside growth holds the town's figures; a sum in words is compared as 合计 is."""
    by_town: dict[str, list[Claim]] = {}
    for claim in seen.claims:
        by_town.setdefault(claim.key.town, []).append(claim)
    for note in seen.notes:
        claims = by_town.get(note.town, [])
        named = [claim for claim in claims if claim.key.village in note.raw]
        yield from _of_villages(note, named) if named else _of_note(note, claims)


def _of_villages(note: Place, claims: list[Claim]) -> Iterator[Finding]:
    """更正：盐灶村新建完成数应为45座"""
    if len({claim.key.village for claim in claims}) == 1:
        village = claims[0].key.village
        for said in stated.counts(note.raw.replace(village, "")):
            if said.of is Of.SUM and stated.contradicted(said, claims):
                at, figures = replace(note, village=village, kind=said.kind), stated.as_said(said, claims)
                yield finding(REMARK_DISOWNS, at, "note", words=said.words, done=figures)


def _of_note(note: Place, claims: list[Claim]) -> Iterator[Finding]:
    denied = caveats.denies_progress(note.raw)
    added = sum(max(0, claim.added or 0) for claim in _about(denied, claims))
    if denied and added:
        yield finding(DISOWNED_FORM, note, "no_progress", words=denied, added=added)
    for said in stated.counts(note.raw.replace("全镇", "")) if len({claim.key.village for claim in claims}) > 1 else ():
        sums = [stated.summed(said, [claim for claim in claims if claim.kind == kind]) for kind in KINDS]
        known = [count for count in sums if count is not None]
        is_known = said.of in (Of.SUM, Of.ADDED) and len(known) == len(sums)
        if is_known and said.count not in {*known, sum(known)}:
            added_up = "、".join(f"{kind}{count}" for kind, count in zip(KINDS, sums, strict=True))
            yield finding(TOTAL_DIFFERS, note, "words", stated=said.words, added=added_up)
