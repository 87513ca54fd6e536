"""Decision lines ready to paste into the week's YAML, for what is open."""

import json
from collections.abc import Iterable, Iterator, Mapping

from pipeline.params import Enter, Week
from pipeline.records import Key, Submission, Submissions
from pipeline.rules import Choice, Finding, Level

_BARE = ("do", "kind", "rule", "now", "date")  # values of ours, which need no quotes
_TO_FILL = ("reason", "by")

Values = dict[str, str]


def lines(findings: Iterable[Finding], submissions: Submissions, week: Week) -> list[str]:
    """One line for each decision that an open finding offers; reason and by are to be filled in."""
    open_ = [row for row in findings if _is_open(row)]
    entered = {row.key: str(row.now) for row in week.decisions if isinstance(row, Enter)}
    offered = [decision for row in open_ for decision in _offered(row, submissions.rows, entered)]
    to_fill = {"reason": "", "by": "", "date": week.week.isoformat()}
    return list(dict.fromkeys(f"  - {_flow({**decision, **to_fill})}" for decision in offered))


def _is_open(row: Finding) -> bool:
    return row.is_blocking or (row.rule.is_absence and row.level is Level.QUERY)


def _offered(row: Finding, files: Iterable[Submission], entered: Mapping[Key, str]) -> list[Values]:
    """What a person may decide about one finding; of several files, one line each to choose from."""
    return [*_about_figure(row, entered)] or [*_about_files(row, files)]


def _about_figure(row: Finding, entered: Mapping[Key, str]) -> Iterator[Values]:
    """entered: the figures that `enter` decisions give; one that the town contradicts may be kept as a correction."""
    about = {name: value for name in ("town", "village", "kind") if (value := getattr(row, name))}
    if row.rule.acceptable:
        yield {"do": "accept", **about, "rule": row.rule.name, **({"was": row.raw} if row.raw else {})}
    if row.village and row.kind and row.cell:
        yield {"do": "correct", **about, "was": row.raw, "now": entered.get(row.key, "")}


def _about_files(row: Finding, files: Iterable[Submission]) -> Iterator[Values]:
    for file in files:
        named = {"file": file.file, "sha256": file.sha256}
        if row.rule.choice is Choice.USE and file.town == row.town and file.file:
            yield {"do": "use", "town": row.town, **named}
        elif row.rule.choice is Choice.EXCLUDE and file.file == row.file:
            yield {"do": "exclude", **named}


def _flow(values: Values) -> str:
    """One YAML line in flow style; text in quotes, so that whatever a town typed stays text."""
    parts = []
    for name, value in values.items():
        is_bare = name in _BARE or (value == "" and name in _TO_FILL)
        parts.append(f"{name}: {value if is_bare else json.dumps(value, ensure_ascii=False)}")
    return "{" + ", ".join(parts) + "}"
