"""A YAML file as its values, and where each of them is written. What cannot be read is told by `mistakes` and `signs`."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import NoSuchWeek, ParamsError
from pipeline.params import mistakes, signs
from pipeline.params.numbers import as_typed

Loc = tuple[str | int, ...]  # the way to a value, as pydantic tells it: ("decisions", 0, "now")

_DAY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


@dataclass(frozen=True)
class Document:
    """The values of a file and its nodes; values that come from elsewhere (the notebook's first cell) have no node."""

    values: Any
    node: yaml.Node | None = None

    def line(self, place: Loc) -> int | None:
        """The line of a value, or of as much of its way as there is; None for the file as a whole."""
        return next((mark.line + 1 for mark, _ in reversed(list(self._way(place)))), None)

    def written(self, place: Loc, read: object) -> str:
        """What stands at a place, as it is typed; read: what it was understood as."""
        way = list(self._way(place))
        is_found = bool(way) and len(way) == len(place)
        if is_found and isinstance(way[-1][1], yaml.ScalarNode):
            return f"“{signs.visible(way[-1][1].value)}”"
        match read:
            case dict():
                return "一组“键: 值”"
            case list() | tuple():
                return "一个列表"
        return f"“{read}”"

    def scalars(self) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
        """(keys above it, node) of every text, number and key of the file."""
        return _scalars(self.node, ())

    def rename(self, place: Loc, names: Mapping[str, str]) -> list[str]:
        """Keys of the mapping at a place under other names, in the values and where they are written; those left as they
        are, since the other name stands there too."""
        values, node = self.values, self.node
        for part in place:
            values, found = values[part], _below(node, part)
            node = found[1] if found else None
        if not isinstance(values, dict):
            return []
        twice = [old for old, new in names.items() if old in values and new in values]
        kept = {old: new for old, new in names.items() if old not in twice}
        items = [(kept.get(key, key), value) for key, value in values.items()]
        values.clear()
        values.update(items)
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            key.value = kept.get(key.value, key.value)
        return twice

    def _way(self, place: Loc) -> Iterator[tuple[yaml.Mark, yaml.Node]]:
        """Where each part of a place is written, and what is there; it ends where the place says more than the file."""
        node = self.node
        for part in place:
            found = _below(node, part)
            if found is None:
                return
            yield found
            node = found[1]


def as_written(part: str | int) -> str:
    """A part of a place as it stands in the file: pydantic calls a day by its Python name."""
    day = _DAY.fullmatch(str(part))
    return f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}" if day else str(part)


def _below(node: yaml.Node | None, part: str | int) -> tuple[yaml.Mark, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark, value) for key, value in node.value if key.value == as_written(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part].start_mark, node.value[part]
    return None


def _scalars(node: yaml.Node | None, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    match node:
        case yaml.ScalarNode():
            yield above, node
        case yaml.SequenceNode():
            for each in node.value:
                yield from _scalars(each, above)
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _scalars(key, above)
                yield from _scalars(value, (*above, str(key.value)))


# ---- reading it ------------------------------------------------------------------------------------------------


def read(root: Path, name: str) -> Document:
    """The file `root/name`, a mapping. NoSuchWeek if there is none; ParamsError, with the line, if it cannot be read."""
    try:
        text = signs.decoded((root / name).read_bytes())
    except FileNotFoundError:
        raise NoSuchWeek(f"没有参数文件 {name}（在 {root} 下找）。请检查文件夹，或用 --root 指明。") from None
    except signs.NotText as error:
        raise ParamsError(name, [str(error)]) from None
    faults = signs.faults(text)
    if faults:
        raise ParamsError(name, faults)
    try:
        document = _parsed(text)
    except yaml.MarkedYAMLError as error:
        raise ParamsError(name, [mistakes.in_words(text, error)]) from None
    if not isinstance(document.values, dict):
        raise ParamsError(name, ["整个文件：内容应是一行行的“键: 值”，如 week: 2023-05-05"])
    return document


class _Quick(yaml.CSafeLoader):
    """YAML by libyaml, some four times as quick."""


class _Telling(yaml.SafeLoader):
    """YAML by Python, which knows where it stumbled. Anchors, aliases and tags are no part of these files."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor or getattr(event, "tag", None):
            raise yaml.composer.ComposerError(None, None, "a sign of YAML's own", event.start_mark)
        return super().compose_node(parent, index)


_Loader = _Quick | _Telling
_READ_OTHERWISE = frozenset("\t?!&*\ufeff")  # libyaml takes texts with these that are refused


def _unique_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    """A key written twice is refused (PyYAML would silently keep the last)."""
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for position, key in enumerate(keys):
        if key in keys[:position]:
            first, again = (node.value[number][0].start_mark for number in (keys.index(key), position))
            raise mistakes.WrittenTwice(str(node.value[position][0].value), first, again)
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


def _parsed(text: str) -> Document:
    """The text's values, as PyYAML's Python parser reads and refuses them, by libyaml where that is the same."""
    if not _READ_OTHERWISE.intersection(text):
        with contextlib.suppress(yaml.YAMLError):  # Python knows where
            return _loaded(_Quick(text))
    return _loaded(_Telling(text))


def _loaded(loader: _Loader) -> Document:
    try:
        node = loader.get_single_node()
        return Document(loader.construct_document(node) if node else None, node)
    finally:
        loader.dispose()
