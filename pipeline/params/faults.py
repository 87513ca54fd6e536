"""Pydantic's errors as Chinese lines: where, what is wrong, what was read."""

import difflib
import re
from typing import Any

from pydantic import BaseModel

from pipeline.params.decisions import Accept, Correct, Enter, Exclude, Use, Week
from pipeline.params.numbers import advice
from pipeline.params.year import Lights, Programme, Schedule, TargetChange, Town, Village

_WORDS = {
    "missing": "缺少这一项",
    "date_type": "应为日期，如 2023-05-05",
    "string_type": "应为文字（纯数字或时间请加引号）",
    "string_too_short": "不能为空",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "dict_type": "应为“键: 值”的形式",
    "model_type": "应为“键: 值”的形式",
    "model_attributes_type": "应为“键: 值”的形式",
    "tuple_type": "应为列表（每项以 - 开头）",
    "string_pattern_mismatch": "写法不对（时刻应如 \"17:00\"，要加引号；方案应如 params/2023.yaml）",
    "decimal_type": "应为数字",
    "is_instance_of": "应为数字",
    "too_short": "不能为空",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "只能是 {expected}",
    "union_tag_invalid": "do 只能是 correct、enter、use、accept、exclude",
    "union_tag_not_found": "缺少 do（correct、enter、use、accept、exclude 之一）",
}  # fmt: skip


_DAY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


def as_written(part: str | int) -> str:
    """A part of a fault's place as it stands in the file: pydantic calls a day by its Python name."""
    day = _DAY.fullmatch(str(part))
    return f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}" if day else str(part)


def in_words(kind: type[BaseModel], entry: dict[str, Any]) -> str:
    """One pydantic error as a Chinese line: where, what is wrong, what was read."""
    where = [as_written(part) for part in entry["loc"] if part not in ("correct", "enter", "use", "accept", "exclude")]
    path = ".".join(where).replace("[key]", "（键）") or "整个文件"
    if entry["type"] == "extra_forbidden":
        return f"{path}：没有这个键{_suggestion(kind, where)}"
    words = _WORDS.get(entry["type"], "写法不对").format(**entry.get("ctx", {}))
    read = "" if entry["type"] == "missing" else f"，读到的是 {_shown(entry['input'])}"[:80]
    return f"{path}：{words}{read}{_what_to_write(entry)}"


def _what_to_write(entry: dict[str, Any]) -> str:
    match entry["type"]:
        case "int_type":
            return f"。{advice(entry['input'])}"
        case "decimal_type" | "is_instance_of":
            return "。请只写半角数字，如 -1、0.45"
    return ""


def _shown(value: object) -> str:
    """A text in quotes, all else as it is typed."""
    return repr(value) if isinstance(value, str) else str(value)


def _suggestion(kind: type[BaseModel], where: list[str]) -> str:
    known = sorted({field.alias or name for model in _models(kind) for name, field in model.model_fields.items()})
    near = difflib.get_close_matches(where[-1], known, n=1)
    return f"，是否为 {near[0]}？" if near else "，请删去或改正（可用的键见 README）"


def _models(kind: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    if kind is Programme:
        return (Programme, Schedule, Lights, Town, Village, TargetChange)
    return (Week, Correct, Enter, Use, Accept, Exclude)
