"""What must hold of the states of every week, whatever was sent and decided."""

from collections.abc import Iterator

from pipeline.products import feedback
from pipeline.products.feedback.items import Part, of_towns
from pipeline.week import Result


def disagreements(result: Result) -> list[str]:
    """Where a state, the 退回单 and the urging lines of 催报 do not say the same."""
    return [*_of_towns(result), *_of_further_files(result)]


def _of_towns(result: Result) -> Iterator[str]:
    items = of_towns(result.findings)
    urged = feedback.urged(result.submissions, result.findings)
    for row in result.submissions.towns:
        parts = [part.town == row.town and part.is_own and bool(part.file) for part in result.progress]
        must = Part.MEND in items.get(row.town, {})
        back = any(finding.sends_back and finding.town == row.town for finding in result.findings)
        if (row.status == "returned") != (back and not any(parts)) or (row.status == "returned" and not must):
            yield f"{row.town} is {row.status}, must mend: {must}, figures used: {sum(parts)}"
        if row.status in ("pending", "received", "late") and row.town in urged:
            yield f"{row.town} is {row.status}, and urged"
        if row.status == "returned" and row.town not in urged:
            yield f"{row.town} is returned, and not urged"


def _of_further_files(result: Result) -> Iterator[str]:
    asked = {row.file for row in result.findings if row.sends_back}
    for row in result.submissions.further:
        if row.status not in ("returned", "pending", "ignored"):
            yield f"{row.file} is {row.status}"
        if (row.status == "returned") != (row.file in asked):
            yield f"{row.file} is {row.status}, must mend: {row.file in asked}"
