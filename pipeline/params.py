"""The two YAML files, typed: the programme of the year (`Programme`) and one reporting week (`Week`).

Both are read strictly: an unknown key, a wrong type or a contradiction is a fault, and all faults of a file are
listed at once in one Chinese `ParamsError`. Shapes: INTERFACE.md §3 and §4.
"""

import datetime as dt
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import NoSuchWeek, ParamsError
from pipeline.rules import RULES
from pipeline.tables import NEW_BUILD, RENOVATION, normal

ONE_DAY = dt.timedelta(days=1)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _date(value: Any) -> Any:
    """YAML gives a date; papermill gives the same date as text."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _scalar_text(value: Any) -> Any:
    """`was: 50` in YAML is a number, and a name may be one too (a village called 2023 stays 2023)."""
    return str(value) if isinstance(value, int | float | dt.date) and not isinstance(value, bool) else value


def _decimal(value: Any) -> Any:
    """A YAML number exactly as written (0.45, not its binary neighbour)."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Date = Annotated[dt.date, BeforeValidator(_date)]
Text = Annotated[str, Field(min_length=1)]
Typed = Annotated[str, BeforeValidator(_scalar_text)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=1)]
Points = Annotated[Decimal, BeforeValidator(_decimal), Field(le=0)]
Kind = Literal["新建", "整改"]


class Schedule(_Strict):
    """The construction phase, both ends included, and how much is due when."""

    start: Date
    end: Date
    milestones: dict[Date, Share] = {}

    def expected(self, day: dt.date) -> Decimal:
        """序时进度: the share due on `day`, 0…1, exact. Linear by days, or through the milestones in order."""
        points = [(self.start - ONE_DAY, Decimal(0)), *sorted(self.milestones.items()), (self.end, Decimal(1))]
        for (since, low), (until, high) in pairwise(points):
            if since <= day <= until:
                return low + (high - low) * (day - since).days / (until - since).days
        return Decimal(0) if day < self.start else Decimal(1)

    def week_number(self, day: dt.date) -> int:
        """第N周, counted from the start of the schedule (never an ISO week)."""
        return (day - self.start).days // 7 + 1

    def numbers(self, days: Iterable[str]) -> list[int]:
        """第N周 of closing dates (2023-05-26), each once, in order."""
        return [self.week_number(dt.date.fromisoformat(day)) for day in sorted(set(days))]

    def weeks_left(self, day: dt.date) -> Decimal:
        """Weeks until the end, a fraction; 0 or less after it."""
        return Decimal((self.end - day).days) / 7


class Lights(_Strict):
    """Gaps to 序时进度 in percentage points at which the light changes."""

    behind: Points = Decimal(-1)
    far_behind: Points = Decimal(-10)


class Village(_Strict):
    """One 整村推进村 with its targets for the year."""

    name: Text
    tier: Text
    new_build: Count
    renovation: Count
    aliases: tuple[Text, ...] = ()


class Town(_Strict):
    """One town; without villages it is expected to send nothing."""

    aliases: tuple[Text, ...] = ()
    villages: tuple[Village, ...] = ()


class TargetChange(_Strict):
    """A target changed by a document, from a day on."""

    town: Text
    village: Text
    kind: Kind
    target: Count
    from_: Date = Field(alias="from")
    document: Text
    reason: Text


class Programme(_Strict):
    """The programme of one year."""

    title: Text
    office: Text
    document: Text
    unit: Text = "座"
    schedule: Schedule
    deadline: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "17:00"
    lights: Lights = Lights()
    carry: bool = True
    rules: dict[str, Literal["note", "query", "hold", "reject"]] = {}
    towns: Annotated[dict[Text, Town], Field(min_length=1)]
    target_changes: tuple[TargetChange, ...] = ()

    def targets(self, day: dt.date) -> dict[tuple[str, str, str], int]:
        """(town, village, kind) -> target in force on `day`, in the form's order."""
        found = {}
        for town, village in self.villages:
            found[town, village.name, NEW_BUILD] = village.new_build
            found[town, village.name, RENOVATION] = village.renovation
        for change in sorted(self.target_changes, key=lambda change: change.from_):
            if change.from_ <= day:
                found[change.town, change.village, change.kind] = change.target
        return found

    @cached_property
    def villages(self) -> tuple[tuple[str, Village], ...]:
        """(town, village) in the form's order."""
        return tuple((name, village) for name, town in self.towns.items() for village in town.villages)

    @cached_property
    def expected_towns(self) -> tuple[str, ...]:
        """The towns that have something to report."""
        return tuple(name for name, town in self.towns.items() if town.villages)

    def at(self, day: dt.date) -> str:
        """What this programme says for one week, as canonical JSON: later target changes are not part of it."""
        facts = json.loads(self.model_dump_json(by_alias=True))
        facts["target_changes"] = [
            change for change in facts["target_changes"] if dt.date.fromisoformat(change["from"]) <= day
        ]
        return json.dumps(facts, ensure_ascii=False, sort_keys=True)


_DECISION_LABELS = {"correct": "更正", "enter": "补录", "use": "采用文件", "accept": "认可", "exclude": "不采用文件"}


class _Decision(_Strict):
    """What a person decided, in writing."""

    do: str
    reason: Text
    by: Text
    date: Date
    town: str = ""
    village: str = ""
    kind: Literal["", "新建", "整改"] = ""
    file: str = ""

    @property
    def label(self) -> str:
        """The kind of decision in words."""
        return _DECISION_LABELS[self.do]

    @property
    def signature(self) -> str:
        """How findings and remarks name the decision: 张三 2023-05-05：电话核实."""
        return f"{self.by} {self.date}：{self.reason}"


class Correct(_Decision):
    """The town's figure is wrong: `was` (the text in its cell) counts as `now`."""

    do: Literal["correct"]
    town: Text
    village: Text
    kind: Kind
    was: Typed
    now: Count


class Enter(_Decision):
    """A figure that came by telephone or chat."""

    do: Literal["enter"]
    town: Text
    village: Text
    kind: Kind
    now: Count


class Use(_Decision):
    """Which of several files of a town counts."""

    do: Literal["use"]
    town: Text
    file: Text
    sha256: str = ""


class Accept(_Decision):
    """A held finding stands: the figure counts as it is."""

    do: Literal["accept"]
    town: Text
    rule: Text
    was: Typed | None = None


class Exclude(_Decision):
    """A file that does not count."""

    do: Literal["exclude"]
    file: Text
    sha256: str = ""


Decision = Annotated[Correct | Enter | Use | Accept | Exclude, Field(discriminator="do")]


class Week(_Strict):
    """One reporting week, named by its closing date (截至日期)."""

    week: Date
    programme: Annotated[str, Field(pattern=r"^params/[^/\\]+\.yaml$")] = "params/2023.yaml"
    decisions: tuple[Decision, ...] = ()

    @field_validator("decisions", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        """`decisions:` with nothing under it is what an empty list looks like to a person."""
        return () if value is None else value

    def canonical(self) -> str:
        """The week's parameters as canonical JSON, without the file names of this office."""
        return json.dumps(json.loads(self.model_dump_json()), ensure_ascii=False, sort_keys=True)


# ---- reading ---------------------------------------------------------------------------------------------------


def programme(root: Path, name: str) -> Programme:
    """The programme in the YAML file `root/name`."""
    read = _model(Programme, _mapping(root, name), name)
    _refuse(name, _contradictions(read))
    return read


def week(root: Path, day: str) -> Week:
    """The week whose closing date is `day` (YYYY-MM-DD), from params/`day`.yaml."""
    name = f"params/{day}.yaml"
    if not (root / name).is_file():
        raise NoSuchWeek(f"没有 {name}。请先运行 python -m pipeline new {day}，再把各区镇的文件放入 data/raw/{day}/。")
    read = week_of(_mapping(root, name), name)
    if read.week.isoformat() != day:
        _refuse(name, [f"week：文件名是 {day}，里面写的是 {read.week}，两者必须一致"])
    return read


def week_of(values: Mapping[str, Any], name: str = "参数单元格") -> Week:
    """The week from plain values, e.g. those that papermill put into the notebook."""
    return _model(Week, values, name)


def check_decisions(week: Week, programme: Programme) -> None:
    """A decision that names what the programme does not know, or contradicts another one, is a fault of the file."""
    _refuse(f"params/{week.week}.yaml", list(_decision_faults(week, programme)))


class _Loader(yaml.SafeLoader):
    """YAML that refuses a key written twice (PyYAML would silently keep the last)."""


def _unique_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
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


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)


def _mapping(root: Path, name: str) -> Mapping[str, Any]:
    path = root / name
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
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
    if not isinstance(loaded, dict):
        raise ParamsError(name, ["文件内容应是“键: 值”的形式"])
    return loaded


_Model = TypeVar("_Model", bound=BaseModel)


def _model(kind: type[_Model], values: Mapping[str, Any], name: str) -> _Model:
    try:
        return kind.model_validate(_tuples(dict(values)))
    except ValidationError as error:
        raise ParamsError(name, [_fault(kind, dict(entry)) for entry in error.errors()]) from None


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


# ---- faults in words -------------------------------------------------------------------------------------------

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


def _fault(kind: type[BaseModel], entry: dict[str, Any]) -> str:
    """One pydantic error as a Chinese line: where, what is wrong, what was read."""
    where = [str(part) for part in entry["loc"] if part not in ("correct", "enter", "use", "accept", "exclude")]
    path = ".".join(where).replace("[key]", "（键）") or "整个文件"
    if entry["type"] == "extra_forbidden":
        return f"{path}：没有这个键{_suggestion(kind, where)}"
    words = _WORDS.get(entry["type"], "写法不对").format(**entry.get("ctx", {}))
    read = "" if entry["type"] == "missing" else f"，读到的是 {entry['input']!r}"[:80]
    return f"{path}：{words}{read}"


def _suggestion(kind: type[BaseModel], where: list[str]) -> str:
    known = sorted({field.alias or name for model in _models(kind) for name, field in model.model_fields.items()})
    near = difflib.get_close_matches(where[-1], known, n=1)
    return f"，是否为 {near[0]}？" if near else "，请删去或改正（可用的键见 README）"


def _models(kind: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    if kind is Programme:
        return (Programme, Schedule, Lights, Town, Village, TargetChange)
    return (Week, Correct, Enter, Use, Accept, Exclude)


def _contradictions(programme: Programme) -> list[str]:
    return [
        *_schedule_faults(programme.schedule),
        *_name_faults(programme),
        *_rule_faults(programme),
        *_change_faults(programme),
    ]


def _schedule_faults(schedule: Schedule) -> Iterator[str]:
    if schedule.end <= schedule.start:
        yield f"schedule：结束日期 {schedule.end} 不晚于开始日期 {schedule.start}"
    shares = [share for _, share in sorted(schedule.milestones.items())]
    if any(not schedule.start <= day < schedule.end for day in schedule.milestones):
        yield "schedule.milestones：节点日期应在开始与结束日期之间"
    if shares != sorted(shares):
        yield "schedule.milestones：后面的节点不能比前面的比例小"


def _name_faults(programme: Programme) -> Iterator[str]:
    owner: dict[str, str] = {}
    for name, town in programme.towns.items():
        for alias in (name, *town.aliases):
            if owner.setdefault(normal(alias), name) != name:
                yield f"towns：“{alias}”既指 {owner[normal(alias)]} 又指 {name}"
        village_owner: dict[str, str] = {}
        for village in town.villages:
            for alias in dict.fromkeys(map(normal, (village.name, *village.aliases))):
                if alias in village_owner:
                    yield f"towns.{name}.villages：“{alias}”出现了两次"
                village_owner[alias] = village.name


def _rule_faults(programme: Programme) -> Iterator[str]:
    adjustable = [name for name, rule in RULES.items() if rule.adjustable]
    for name in programme.rules:
        if name not in adjustable:
            yield f"rules.{name}：没有这条规则，或它的级别不能改（可改的：{'、'.join(adjustable)}）"
    if programme.lights.far_behind > programme.lights.behind:
        yield "lights：far_behind 不能大于 behind"


def _change_faults(programme: Programme) -> Iterator[str]:
    known = {(town, village.name) for town, village in programme.villages}
    for number, change in enumerate(programme.target_changes):
        if (change.town, change.village) not in known:
            yield f"target_changes.{number}：{change.town} 没有“{change.village}”"


def _decision_faults(week: Week, programme: Programme) -> Iterator[str]:
    villages = {(town, village.name) for town, village in programme.villages}
    for number, decision in enumerate(week.decisions):
        where = f"decisions.{number}（{decision.do}）"
        if decision.town and decision.town not in programme.towns:
            yield f"{where}：没有“{decision.town}”这个区镇（应写《{programme.title}》参数里的全称）"
        elif decision.village and (decision.town, decision.village) not in villages:
            yield f"{where}：{decision.town} 没有“{decision.village}”"
        if isinstance(decision, Accept) and not _acceptable(decision.rule):
            acceptable = "、".join(name for name, rule in RULES.items() if rule.acceptable)
            yield f"{where}：规则“{decision.rule}”不能用 accept 了结（可用的：{acceptable}）"
    yield from _contradicting_decisions(week)


def _contradicting_decisions(week: Week) -> Iterator[str]:
    """Two answers to one question: which of them was meant cannot be told."""
    first: dict[tuple[str, ...], int] = {}
    for number, decision in enumerate(week.decisions):
        if isinstance(decision, Correct | Enter):
            about: tuple[str, ...] = (decision.town, decision.village, decision.kind)
        elif isinstance(decision, Use):
            about = (decision.town,)
        else:
            continue
        if first.setdefault(about, number) != number:
            yield f"decisions.{number}（{decision.do}）：{''.join(about)}已有 decisions.{first[about]}，请只留一条"


def _acceptable(rule: str) -> bool:
    return rule in RULES and RULES[rule].acceptable
