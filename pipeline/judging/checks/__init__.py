"""What looks wrong: one function a rule, one table of rules. A check only says; `settling` decides what counts.

`run` builds the week's claims (what each village and kind is said to have done, beside its target and its last
accepted figure) and asks every check. A check of one claim returns what it has to say, or None; a check of the whole
week yields findings.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.judging.checks.claims import Claim, Evidence
from pipeline.judging.checks.figures import CLAIM_CHECKS
from pipeline.judging.checks.remarks import note_disowns, remark_disowns
from pipeline.judging.checks.reports import (
    growth_of_weeks,
    missing_town,
    missing_village,
    rate_differs,
    same_as_earlier_week,
    skipped_weeks,
    target_differs,
    total_differs,
)
from pipeline.judging.checks.villages import remarks, swapped
from pipeline.judging.checks.witnesses import figures_disagree, misplaced_row
from pipeline.params import Programme
from pipeline.records import Key
from pipeline.rules import Finding, Level

__all__ = ["Claim", "Evidence", "run", "run_again"]

WEEK_CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    missing_town,
    missing_village,
    target_differs,
    total_differs,
    rate_differs,
    skipped_weeks,
    growth_of_weeks,
    swapped,
    misplaced_row,
    remarks,
    figures_disagree,
    remark_disowns,
    note_disowns,
    same_as_earlier_week,
)


def run(seen: Evidence) -> list[Finding]:
    """findings of every check, at the level that this year's programme gives the rule."""
    findings = [*_of_claims(seen.claims), *(row for check in WEEK_CHECKS for row in check(seen))]
    return [_at_own_level(row, seen.programme) for row in findings]


def run_again(seen: Evidence, decided: set[Key]) -> list[Finding]:
    """findings on the figures that a person decided. A check never overrules a decision, but what it sees is shown."""
    findings = _of_claims([claim for claim in seen.claims if claim.key in decided])
    at_level = [_at_own_level(row, seen.programme) for row in findings]
    return [replace(row, level=Level.QUERY) if row.is_blocking else row for row in at_level]


def _at_own_level(row: Finding, programme: Programme) -> Finding:
    level = programme.rules.get(row.rule.name)
    return replace(row, level=Level(level)) if level else row


def _of_claims(claims: list[Claim]) -> Iterator[Finding]:
    for check in CLAIM_CHECKS:
        yield from filter(None, map(check, claims))
