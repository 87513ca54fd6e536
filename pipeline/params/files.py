"""Reading the YAML files strictly: an unknown key, a wrong type or a contradiction is a fault, and all faults of a file
are listed at once in one Chinese `ParamsError`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.errors import NoSuchWeek, ParamsError
from pipeline.params import contradictions, document, faults, levels, places, signs
from pipeline.params.contradictions import Fault
from pipeline.params.decisions import Week
from pipeline.params.document import Document
from pipeline.params.year import Programme


def programme(root: Path, name: str) -> Programme:
    """The programme in the YAML file `root/name`."""
    written = document.read(root, name)
    _refuse(name, [*levels.spelled(written), *_undrawable(written)])
    read = _model(Programme, written, name)
    _refuse(name, _told(written, contradictions.of_programme(read)))
    return read


def week(root: Path, day: str) -> Week:
    """The week whose closing date is `day` (YYYY-MM-DD), from params/`day`.yaml."""
    name = _name(day)
    if not (root / name).is_file():
        raise NoSuchWeek(f"没有 {name}。请先运行 python -m pipeline new {day}，再把各区镇的文件放入 data/raw/{day}/。")
    written = document.read(root, name)
    read = _model(Week, written, name)
    if read.week.isoformat() != day:
        said = f"文件名是 {day}，week（截至日期）写的是 {read.week}，两者必须一致"
        _refuse(name, [places.told(written, ("week",), said)])
    return read


def week_of(values: Mapping[str, Any]) -> Week:
    """The week from plain values, e.g. those that papermill put into the notebook."""
    return _model(Week, Document(dict(values)), "笔记本的参数单元格")


def blank_week(day: str, programme: str) -> str:
    """The text of a new params/`day`.yaml, without a decision."""
    return (
        f"# 截至 {day} 的一周。书面决定写在 decisions 下，每条写明 reason、by、date（写法见 README.zh-CN.md）。\n"
        f"week: {day}\nprogramme: {programme}\ndecisions:\n"
    )


def check_decisions(week: Week, programme: Programme, root: Path | None = None, elsewhere: Sequence[str] = ()) -> None:
    """A decision that names what the programme does not know, or contradicts another one, is a fault of the file.

    root: the office whose file holds these decisions, for their lines. elsewhere: where the last of them stand, if not
    in that file.
    """
    own = len(week.decisions) - len(elsewhere)
    found = list(contradictions.of_decisions(week, programme, own))
    if found:
        written = _written(week, root)
        named = {("decisions", own + number): where for number, where in enumerate(elsewhere)}
        told = (f"{named[at]}：{words}" if at in named else places.told(written, at, words) for at, words in found)
        _refuse(_name(week.week.isoformat()), list(told))


def _name(day: str) -> str:
    return f"params/{day}.yaml"


def _written(week: Week, root: Path | None) -> Document:
    """The file of a week whose decisions are known, or the decisions alone."""
    name = _name(week.week.isoformat())
    if root and (root / name).is_file():
        return document.read(root, name)
    return Document(week.model_dump())


_Model = TypeVar("_Model", bound=BaseModel)


def _model(kind: type[_Model], written: Document, name: str) -> _Model:
    """The values of a file, typed."""
    try:
        return kind.model_validate(_tuples(written.values))
    except ValidationError as error:
        raise ParamsError(name, faults.of_model(error, kind, written)) from None


def _undrawable(written: Document) -> Iterator[str]:
    """Names that charts and pages could not show. 别名 are compared only."""
    for above, node in written.scalars():
        if "aliases" not in above:
            yield from (f"第{node.start_mark.line + 1}行：{words}" for words in signs.undrawable(node.value))


def _told(written: Document, found: Iterable[Fault]) -> list[str]:
    return [places.told(written, place, words) for place, words in found]


def _tuples(value: Any) -> Any:
    """Lists as tuples, all the way down: the records are frozen, and strict validation does not convert."""
    if isinstance(value, list | tuple):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def _refuse(name: str, found: list[str]) -> None:
    if found:
        raise ParamsError(name, found)
