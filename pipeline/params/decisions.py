"""One reporting week and what people decided about it. Its keys are explained in README.md."""

import json
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from pipeline.params.types import Count, Date, KindText, Strict, Text, Typed
from pipeline.records import Key, Submission
from pipeline.rules import Finding

LABELS = {"correct": "更正", "enter": "补录", "use": "采用文件", "accept": "认可", "exclude": "不采用文件"}


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
        return LABELS[self.do]

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


class _OfFile(_Decision):
    """About one received file: its name and, if it is written down, its very bytes."""

    file: Text
    sha256: str = ""

    def names(self, sent: Submission) -> bool:
        """Whether this file is meant."""
        return self.file == sent.file and self.sha256 in ("", sent.sha256)


class Use(_OfFile):
    """Which of several files of a town counts."""

    do: Literal["use"]
    town: Text


class Accept(_Decision):
    """A held finding stands: the figure counts as it is."""

    do: Literal["accept"]
    town: Text
    rule: Text
    was: Typed | None = None

    def accepts(self, row: Finding) -> bool:
        """Whether this finding is meant, as long as its cell says what it said then."""
        return (
            row.rule.name == self.rule
            and row.town == self.town
            and self.village in ("", row.village)
            and self.kind in ("", row.kind)
            and (self.was is None or self.was.strip() == row.raw.strip())
        )


class Exclude(_OfFile):
    """A file that does not count."""

    do: Literal["exclude"]


FigureDecision = Correct | Enter  # the figure is what the decision says
Decision = Annotated[Correct | Enter | Use | Accept | Exclude, Field(discriminator="do")]


def acceptance(row: Finding, decisions: Iterable[Decision]) -> Accept | None:
    """The decision that lets a finding stand: the last that is about it."""
    fits = [each for each in decisions if isinstance(each, Accept) and each.accepts(row)]
    return fits[-1] if fits else None


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
