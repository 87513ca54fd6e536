"""Reading the YAML files strictly: an unknown key, a wrong type or a contradiction is a fault, and all faults of a file
are listed at once in one Chinese `ParamsError`."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pipeline.errors import NoSuchWeek, ParamsError
from pipeline.params import contradictions
from pipeline.params.decisions import Week
from pipeline.params.faults import as_written, in_words
from pipeline.params.numbers import as_typed
from pipeline.params.year import Programme


def programme(root: Path, name: str) -> Programme:
    """The programme in the YAML file `root/name`."""
    read = _typed(Programme, root, name)
    _refuse(name, contradictions.of_programme(read))
    return read


def week(root: Path, day: str) -> Week:
    """The week whose closing date is `day` (YYYY-MM-DD), from params/`day`.yaml."""
    name = f"params/{day}.yaml"
    if not (root / name).is_file():
        raise NoSuchWeek(f"没有 {name}。请先运行 python -m pipeline new {day}，再把各区镇的文件放入 data/raw/{day}/。")
    read = _typed(Week, root, name)
    if read.week.isoformat() != day:
        _refuse(name, [f"week：文件名是 {day}，里面写的是 {read.week}，两者必须一致"])
    return read


def week_of(values: Mapping[str, Any]) -> Week:
    """The week from plain values, e.g. those that papermill put into the notebook."""
    return _model(Week, values, "参数单元格")


def check_decisions(week: Week, programme: Programme, elsewhere: Sequence[str] = ()) -> None:
    """A decision that names what the programme does not know, or contradicts another one, is a fault of the file.

    elsewhere: where the last of them stand, if not in the week's own file.
    """
    _refuse(f"params/{week.week}.yaml", list(contradictions.of_decisions(week, programme, elsewhere)))


class _Quick(yaml.CSafeLoader):
    """YAML by libyaml, some four times as quick."""


class _Telling(yaml.SafeLoader):
    """YAML by Python, which names the sign that it stumbled over."""


_Loader = _Quick | _Telling
_READ_OTHERWISE = frozenset("\t?!\ufeff")  # libyaml takes texts with these that Python refuses


def _unique_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    """A key written twice is refused (PyYAML would silently keep the last)."""
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for position, key in enumerate(keys):
        if key in keys[:position]:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", node.value[position][0].start_mark)
    return loader.construct_mapping(node, deep=True)


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """A day that no calendar has (2023-04-31) stays text, so that it is told with all other faults."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


def _number(_: _Loader, node: yaml.ScalarNode) -> Any:
    """What YAML 1.1 calls a number, by its text: 050 would be 40, 1:30 ninety."""
    return as_typed(node.value)


for _loader in (_Quick, _Telling):
    _loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)
    _loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
    _loader.add_constructor("tag:yaml.org,2002:int", _number)
    _loader.add_constructor("tag:yaml.org,2002:float", _number)


@dataclass(frozen=True)
class _Document:
    """A file's values, and the node by which each value's line is known."""

    values: Any
    node: yaml.Node | None


def _parsed(text: str) -> _Document:
    """The text's values, as PyYAML's Python parser reads and refuses them, by libyaml where that is the same."""
    if not _READ_OTHERWISE.intersection(text):
        with contextlib.suppress(yaml.YAMLError):  # Python words the fault
            return _loaded(_Quick(text))
    return _loaded(_Telling(text))


def _loaded(loader: _Loader) -> _Document:
    try:
        node = loader.get_single_node()
        return _Document(loader.construct_document(node) if node else None, node)
    finally:
        loader.dispose()


def _document(root: Path, name: str) -> _Document:
    path = root / name
    try:
        loaded = _parsed(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise NoSuchWeek(f"没有参数文件 {name}（在 {root} 下找）。请检查文件夹，或用 --root 指明。") from None
    except UnicodeDecodeError:
        raise ParamsError(name, ["文件不是 UTF-8 编码，请用“另存为”选择 UTF-8"]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"第 {mark.line + 1} 行第 {mark.column + 1} 列：" if mark else ""
        raise ParamsError(name, [f"{where}YAML 写法有误（{error.problem}）。请检查缩进、冒号后的空格和引号"]) from None
    except yaml.YAMLError as error:
        raise ParamsError(name, [f"YAML 写法有误（{error}）"]) from None
    if not isinstance(loaded.values, dict):
        raise ParamsError(name, ["文件内容应是“键: 值”的形式"])
    return loaded


_Model = TypeVar("_Model", bound=BaseModel)


def _typed(kind: type[_Model], root: Path, name: str) -> _Model:
    """One of the two files, typed."""
    document = _document(root, name)
    return _model(kind, document.values, name, document.node)


def _model(kind: type[_Model], values: Mapping[str, Any], name: str, node: yaml.Node | None = None) -> _Model:
    """node: of the file that the values come from, by which their faults have lines."""
    try:
        return kind.model_validate(_tuples(dict(values)))
    except ValidationError as error:
        faults = [f"{_line(node, entry['loc'])}{in_words(kind, dict(entry))}" for entry in error.errors()]
        raise ParamsError(name, faults) from None


def _line(node: yaml.Node | None, place: tuple[str | int, ...]) -> str:
    """第 12 行： of the value at a place, or of as much of its way as there is; "" for the file as a whole."""
    line = ""
    for part in place:
        found = _below(node, part)
        if found:
            mark, node = found
            line = f"第 {mark.line + 1} 行："
    return line


def _below(node: yaml.Node | None, part: str | int) -> tuple[yaml.Mark, yaml.Node] | None:
    """Where a part of a place is written, and what is there; None where the place says more than the file."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark, value) for key, value in node.value if key.value == as_written(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part].start_mark, node.value[part]
    return None


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down: the records are frozen, and strict validation does not convert."""
    if isinstance(value, list | tuple):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def _refuse(name: str, faults: list[str]) -> None:
    if faults:
        raise ParamsError(name, faults)
