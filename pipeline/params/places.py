"""Where a fault is, as a person finds it: the line, and whose entry it is."""

from typing import Any

from pipeline.params.decisions import LABELS
from pipeline.params.document import Document, Loc, as_written
from pipeline.params.keys import named


def told(document: Document, place: Loc, words: str) -> str:
    """第12行 四甲镇的“更正”：WORDS; without a file, which of the decisions it is."""
    line, entry = document.line(place), _entry(document.values, place)
    where = f"第{line}行" if line else _counted(place)
    said = " ".join(filter(None, (where, entry))) or ("整个文件" if document.node else "")
    return f"{said}：{words}" if said else words


def below_entry(place: Loc) -> Loc:
    """What of a place lies within its entry (a decision, a town, a village, a target's change)."""
    match place:
        case ("decisions" | "target_changes", int(), *rest):
            return tuple(rest)
        case ("towns", _, "villages", int(), *rest):
            return tuple(rest)
        case ("towns", _, *rest):
            return tuple(rest)
    return place


def key_of(place: Loc) -> str:
    """The key that a place names within its entry: now（采用数）, schedule.start（开始日期）; "" for the entry itself."""
    if place[-1:] == ("[key]",):
        return "区镇名称"
    inner = [as_written(part) for part in below_entry(place) if not isinstance(part, int)]
    return ".".join([*inner[:-1], named(inner[-1])]) if inner else ""


def _counted(place: Loc) -> str:
    match place:
        case ("decisions", int(number), *_):
            return f"第{number + 1}条决定"
    return ""


def _entry(values: Any, place: Loc) -> str:
    match place:
        case ("decisions", int(number), *_):
            return _decision(_item(values, "decisions", number))
        case ("target_changes", int(number), *_):
            change = _item(values, "target_changes", number)
            return f"{_text(change, 'town')}{_text(change, 'village')}的目标调整"
        case ("towns", town, "villages", int(number), *_):
            return f"{town}{_text(_item(values, 'towns', town, 'villages', number), 'name') or f'第{number + 1}个村'}"
        case ("towns", town, *_):
            return f"{town}"
    return ""


def _decision(decision: Any) -> str:
    """Whose decision it is, and of what kind, as far as it says so."""
    label = LABELS.get(_text(decision, "do"), "")
    whose = _text(decision, "town") or (f"《{file}》" if (file := _text(decision, "file")) else "")
    if whose and label:
        return f"{whose}的“{label}”"
    return f"{whose}的决定" if whose else f"“{label}”" if label else ""


def _text(values: Any, key: str) -> str:
    value = values.get(key) if isinstance(values, dict) else None
    return value if isinstance(value, str) else ""


def _item(values: Any, *way: Any) -> Any:
    """What lies at a way that pydantic has gone already, the towns by their names as typed."""
    for part in way:
        values = (
            next((value for key, value in values.items() if str(key) == part), None)
            if isinstance(values, dict)
            else values[part]
        )
    return values
