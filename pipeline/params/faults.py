"""Pydantic's errors as Chinese lines: the line, whose entry it is, what is wrong, what to write."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.params import dates, numbers, places
from pipeline.params.decisions import LABELS, Accept, Correct, Enter, Exclude, Name, Use, Week
from pipeline.params.document import Document, Loc
from pipeline.params.keys import named
from pipeline.params.year import Lights, Programme, Schedule, TargetChange, Town, Village

_DO = "、".join(f"{name}（{label}）" for name, label in LABELS.items())
_WORDS = {
    "string_type": "应为文字",
    "int_type": "应为整数",
    "bool_type": "应为 true（是）或 false（否）",
    "dict_type": "应为“键: 值”的形式",
    "model_type": "应为“键: 值”的形式",
    "model_attributes_type": "应为“键: 值”的形式",
    "tuple_type": "应为列表（每项另起一行，以“- ”开头）",
    "decimal_type": "应为数字",
    "is_instance_of": "应为数字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "union_tag_invalid": f"只能是 {_DO}",
}  # fmt: skip
_PATTERNS = {
    "deadline": '应为时刻，如 "17:00"（加英文引号）',
    "programme": "应为 params 里的方案文件，如 params/2023.yaml",
}
_NO_KEY = ("extra_forbidden", "invalid_key")
_IN_QUOTES = re.compile(r"'(\w+)'")
_ONE_MORE = re.compile(r"[，：；、]|^\S+:\S")  # in a key: two items that were not parted


def of_model(error: ValidationError, kind: type[BaseModel], document: Document) -> list[str]:
    """All faults, by their lines; what is not filled in of one entry in one line."""
    entries = [_of_the_file(dict(entry)) for entry in error.errors()]
    misspelt = {(*entry["loc"][:-1], _near(kind, entry["loc"][-1])) for entry in entries if entry["type"] in _NO_KEY}
    unfilled = [entry["loc"] for entry in entries if _is_unfilled(entry)]
    wrong = ((entry["loc"], _in_words(kind, entry, document)) for entry in entries if entry["loc"] not in unfilled)
    found = [*_unfilled(place for place in unfilled if place not in misspelt), *wrong]
    by_line = sorted(found, key=lambda fault: document.line(fault[0]) or 0)
    return [places.told(document, place, words) for place, words in by_line]


def _of_the_file(entry: dict[str, Any]) -> dict[str, Any]:
    """The error at the place that the file has for it: the kind of a decision is none, its `do` is."""
    match entry["loc"]:
        case ("decisions", int() as number, tag, *rest) if tag in LABELS:
            return {**entry, "loc": ("decisions", number, *rest)}
    match entry["type"]:
        case "union_tag_invalid":
            return {**entry, "loc": (*entry["loc"], "do"), "input": entry["ctx"]["tag"]}
        case "union_tag_not_found":
            run_on = next((key for key in entry["input"] if _ONE_MORE.search(str(key))), "")  # {do:accept}
            return {**entry, "loc": (*entry["loc"], run_on or "do"), "type": "extra_forbidden" if run_on else "missing"}
    return entry


def _is_unfilled(entry: dict[str, Any]) -> bool:
    """A key that is not there, or without a value; the only thing that one can say is that it is to be filled in."""
    is_empty = entry["input"] in (None, "") or entry["type"] == "too_short"
    return entry["type"] == "missing" or (is_empty and entry["type"] not in _NO_KEY)


def _unfilled(where: Iterable[Loc]) -> Iterator[tuple[Loc, str]]:
    """One fault an entry: 还没填 reason（理由）、by（经办人）."""
    keys: dict[Loc, list[Loc]] = {}
    for place in where:
        inner = places.below_entry(place)
        entry = place[: len(place) - len(inner)]
        keys.setdefault(entry or place[:1], []).append(place)
    for entry, listed in keys.items():
        names = [places.key_of(place) or "内容" for place in listed]
        yield entry, f"还没填 {'、'.join(names)}"


def _in_words(kind: type[BaseModel], entry: dict[str, Any], document: Document) -> str:
    """What is wrong at one place, what was read, what to write."""
    place, key = entry["loc"], places.key_of(entry["loc"])
    if entry["type"] in _NO_KEY:
        return _no_key(kind, str(place[-1]))
    written = document.written(place, entry["input"])
    return f"{key}{_wanted(entry)}，读到的是{written}{_advice(entry, written)}"[:300]


def _wanted(entry: dict[str, Any]) -> str:
    match entry["type"]:
        case "literal_error":
            return f"只能是 {'、'.join(_IN_QUOTES.findall(entry['ctx']['expected']))}"
        case "string_pattern_mismatch":
            return _PATTERNS[entry["loc"][-1]]
        case kind if kind.startswith("date"):
            return "应为日期"
        case kind:
            return _WORDS.get(kind, "写法不对").format(**entry.get("ctx", {}))


def _advice(entry: dict[str, Any], written: str) -> str:
    """What to write instead, where that can be told from what was written."""
    match entry["type"]:
        case "int_type":
            return f"，{numbers.advice(entry['input'])}"
        case "decimal_type" | "is_instance_of":
            return "，请只写半角数字，如 -1、0.45"
        case "string_type" if not isinstance(entry["input"], dict | list | tuple):
            return f'，请给它加英文引号："{written[1:-1]}"'
        case "string_type":
            return "，请给整段内容加英文引号"
        case "tuple_type" if entry["loc"][-1] == "aliases":
            return "，请写成 [甲, 乙]"
        case "literal_error" | "union_tag_invalid" if str(entry["input"]).startswith("“"):
            return "，请去掉引号"
        case kind if kind.startswith("date"):
            return f"，{dates.advice(entry['input'])}"
    return ""


def _no_key(kind: type[BaseModel], key: str) -> str:
    near = _near(kind, key)
    if key.isdigit():
        return f"“{key}”前面多了一个逗号：数字里不要写逗号"
    if _ONE_MORE.search(key):
        return f"“{key}”读不懂：键后面要写半角冒号加一个空格，各项之间要用半角逗号加一个空格隔开"
    return f"没有“{key}”这个键{f'，是否为 {named(near)}？' if near else '，请删去或改正'}"


def _near(kind: type[BaseModel], key: str | int) -> str:
    """The key that may be meant; "" if none is like it."""
    known = sorted({field.alias or name for model in _models(kind) for name, field in model.model_fields.items()})
    return next(iter(difflib.get_close_matches(str(key), known, n=1)), "")


def _models(kind: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    if kind is Programme:
        return (Programme, Schedule, Lights, Town, Village, TargetChange)
    return (Week, Correct, Enter, Name, Use, Accept, Exclude)
