"""One reporting week and what people decided about it. Its keys are explained in README.md."""

import json
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from pipeline.params.types import Count, Date, KindText, Strict, Text, Typed
from pipeline.records import Key

_DECISION_LABELS = {"correct": "更正", "enter": "补录", "use": "采用文件", "accept": "认可", "exclude": "不采用文件"}


class _Decision(Strict):
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

    @property
    def key(self) -> Key:
        """Whose figure it is about; "" where it is about more than one."""
        return Key(self.town, self.village, self.kind)


class Correct(_Decision):
    """The town's figure is wrong: `was` (the text in its cell) counts as `now`."""

    do: Literal["correct"]
    town: Text
    village: Text
    kind: KindText
    was: Typed
    now: Count


class Enter(_Decision):
    """A figure that came by telephone or chat."""

    do: Literal["enter"]
    town: Text
    village: Text
    kind: KindText
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


FigureDecision = Correct | Enter  # the figure is what the decision says
Decision = Annotated[Correct | Enter | Use | Accept | Exclude, Field(discriminator="do")]


class Week(Strict):
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
