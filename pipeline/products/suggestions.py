"""Decisions as lines of the week's YAML: those that could be taken, ready to paste, and those that were."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.params import Week
from pipeline.params.questions import Draft, Question
from pipeline.rules.files import MISSING_TOWN, MISSING_VILLAGE

_BARE = ("do", "kind", "rule", "now", "date")  # values of ours, which need no quotes
_TO_FILL = ("reason", "by")
_ABSENCES = (MISSING_TOWN.name, MISSING_VILLAGE.name)
_LONGEST = 90
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def lines(questions: Iterable[Question], day: str) -> list[str]:
    """Of each question a comment and its first possible decision, to be signed; the others as comments below it."""
    return [line for question in questions for line in _of(question, day)]


def _of(question: Question, day: str) -> Iterator[str]:
    deciding = [option for option in question.options if option.drafts]
    if deciding:
        yield f"  # {_about(question)}"
    for number, option in enumerate(deciding):
        is_comment = number > 0 or any(map(_is_last_resort, option.drafts))
        yield f"  # {'或者' if number else ''}{_one_line(option.words)}{'（要用时去掉下一行的 #）' if is_comment else ''}："
        yield from (f"  {'# ' if is_comment else ''}- {_unsigned(draft, day)}" for draft in option.drafts)


def _is_last_resort(draft: Draft) -> bool:
    """Whether it ends the waiting for what a town has not sent."""
    values = dict(draft)
    return values["do"] == "enter" or values.get("rule") in _ABSENCES


def _about(question: Question) -> str:
    """四甲镇《a.xlsx》Sheet1!E5“约50”：… on one line, not longer than a screen."""
    file = f"《{question.file}》" if question.file else ""
    said = f"{question.town}{question.village}{question.kind}{file}{question.address}：{question.words}"
    return _one_line(said)


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _unsigned(draft: Draft, day: str) -> str:
    return _flow({**dict(draft), "reason": "", "by": "", "date": day})


def decided(week: Week) -> list[str]:
    """All decisions of a week, from the YAML file and from 处理单, as one YAML list; none if there are none."""
    plain = (decision.model_dump(mode="json", exclude_defaults=True) for decision in week.decisions)
    listed = [f"  - {_flow({name: str(value) for name, value in values.items()})}" for values in plain]
    return ["decisions:", *listed] if listed else []


def _flow(values: Mapping[str, str]) -> str:
    """One YAML line in flow style; text in quotes, so that whatever a town typed stays text."""
    parts = []
    for name, value in values.items():
        is_bare = name in _BARE or (value == "" and name in _TO_FILL)
        parts.append(f"{name}: {value if is_bare else _quoted(value)}")
    return "{" + ", ".join(parts) + "}"


def _quoted(text: str) -> str:
    """In quotes, with the signs escaped at which YAML would end the line."""
    return _LINE_ENDS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
