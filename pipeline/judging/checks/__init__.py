"""What looks wrong: one function a rule, one table of rules. A check only says; `settling` decides what counts.

`run` builds the week's claims (what each village and kind is said to have done, beside its target and its last
accepted figure) and asks every check. A check of one claim returns its message, a message with its own level, or
None; a check of the whole week yields findings.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from pipeline.judging.checks.claims import Evidence, key
from pipeline.judging.checks.figures import CLAIM_CHECKS
from pipeline.judging.checks.reports import (
    growth_of_weeks,
    missing_town,
    missing_village,
    rate_differs,
    same_as_earlier_week,
    target_differs,
    total_differs,
)
from pipeline.judging.checks.villages import remarks, swapped
from pipeline.rules import BLOCKING, QUERY, finding
from pipeline.tables import FINDINGS, Row

__all__ = ["Evidence", "run", "run_again"]

WEEK_CHECKS: tuple[Callable[[Evidence], Iterator[Row]], ...] = (
    missing_town,
    missing_village,
    target_differs,
    total_differs,
    rate_differs,
    growth_of_weeks,
    swapped,
    remarks,
    same_as_earlier_week,
)


def run(seen: Evidence) -> pd.DataFrame:
    """findings of every check, at the level that this year's programme gives the rule."""
    found = [*_of_claims(seen), *(row for check in WEEK_CHECKS for row in check(seen))]
    own_level = seen.programme.rules
    return FINDINGS.table({**row, "level": own_level.get(row["rule"], row["level"])} for row in found)


def run_again(seen: Evidence, decided: set[tuple[str, str, str]]) -> pd.DataFrame:
    """findings on the figures that a person decided. A check never overrules a decision, but what it sees is shown."""
    if not decided:
        return FINDINGS.table()
    own_level = seen.programme.rules
    found = [row for row in _of_claims(seen) if key(row) in decided]
    levels = [own_level.get(row["rule"], row["level"]) for row in found]
    return FINDINGS.table(
        {**row, "level": QUERY if level in BLOCKING else level} for row, level in zip(found, levels, strict=True)
    )


def _of_claims(seen: Evidence) -> Iterator[Row]:
    for rule, check in CLAIM_CHECKS:
        for claim in seen.claims:
            verdict = check(claim)
            if verdict:
                message, level = verdict if isinstance(verdict, tuple) else (verdict, "")
                yield finding(rule, message, level, **claim.place)
