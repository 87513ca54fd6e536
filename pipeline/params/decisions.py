"""One reporting week and what people decided about it. Its keys are explained in README.md."""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, field_validator

from pipeline.params.types import Count, Date, KindText, Strict, Text, Typed
from pipeline.printing import month_day
from pipeline.records import Cell, Key, Place, Submission
from pipeline.rules import Finding, finding
from pipeline.rules.judgements import STALE_DECISION

LABELS = {
    "correct": "更正", "enter": "补录", "name": "认定村名", "use": "采用文件", "accept": "认可", "exclude": "不采用文件",
}  # fmt: skip


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
        """How findings and remarks name the decision: 张三 5月5日：电话核实."""
        return f"{self.by} {month_day(self.date)}：{self.reason}"

    @property
    def named(self) -> str:
        """What is decided about what: 更正 盐灶村 新建, 不采用文件 旧表.xlsx."""
        return " ".join(filter(None, (self.label, self.file, self.village, self.kind)))

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


class Name(_Decision):
    """Which village a row of a file means, whose name (`written`) is none of the town's."""

    do: Literal["name"]
    town: Text
    file: Text
    written: Text
    village: Text


class _OfFile(_Decision):
    """About one received file: its name and, if it is written down, its very bytes."""

    file: Text
    sha256: str = ""

    def names(self, sent: Submission) -> bool:
        """Whether this file is meant."""
        return self.file == sent.file and self.sha256 in ("", sent.sha256)


class Use(_OfFile):
    """Which of several files of a town counts. others: sha256 of those that were known then, parted by blanks; "" if not said."""

    do: Literal["use"]
    town: Text
    others: str = ""


class Accept(_Decision):
    """A held finding stands: the figure counts as it is. sha256: of the file that it is about, if that is written down."""

    do: Literal["accept"]
    town: Text
    rule: Text
    was: Typed | None = None
    sha256: str = ""

    def accepts(self, row: Finding, digests: Mapping[str, str]) -> bool:
        """Whether this finding is meant, as long as its cell and its file say what they said then.

        digests: file -> sha256 of what was received.
        """
        return (
            row.rule.name == self.rule
            and row.town == self.town
            and self.village in ("", row.village)
            and self.kind in ("", row.kind)
            and self.file in ("", row.file)
            and self.sha256 in ("", digests.get(row.file, ""))
            and (self.was is None or self.was.strip() == row.raw.strip())
        )


class Exclude(_OfFile):
    """A file that does not count."""

    do: Literal["exclude"]


FigureDecision = Correct | Enter  # the figure is what the decision says
Decision = Annotated[Correct | Enter | Name | Use | Accept | Exclude, Field(discriminator="do")]


def acceptance(row: Finding, decisions: Iterable[Decision], digests: Mapping[str, str]) -> Accept | None:
    """The decision that lets a finding stand: the last that is about it. digests: see Accept."""
    fits = [each for each in decisions if isinstance(each, Accept) and each.accepts(row, digests)]
    return fits[-1] if fits else None


def stale(decision: Decision, why: str, at: Cell | None = None) -> Finding:
    """A decision that no longer fits is not applied, and held, so that a person looks at it again. at: what is there now."""
    at = at or Cell(file=decision.file)
    place = Place(
        file=at.file, sheet=at.sheet, cell=at.cell, raw=at.raw,
        town=decision.town, village=decision.village, kind=decision.kind,
    )  # fmt: skip
    return finding(STALE_DECISION, place, decision=decision.named, signature=decision.signature, why=why)


def is_stale(decision: Decision, findings: Iterable[Finding]) -> bool:
    """Whether one of the findings says that this decision no longer fits."""
    opening = STALE_DECISION.say(decision=decision.named, signature=decision.signature, why="\0").words.split("\0")[0]
    return any(row.rule is STALE_DECISION and row.words.startswith(opening) for row in findings)


class Week(Strict):
    """One reporting week, named by its closing date (截至日期)."""

    week: Date
    programme: Annotated[str, Field(pattern=r"^params/[^/\\]+\.yaml$")] = "params/2023.yaml"
    decisions: tuple[Decision, ...] = ()
    _of_yaml: tuple[Decision, ...] | None = PrivateAttr(None)

    def answered(self, decisions: Iterable[Decision]) -> "Week":
        """The same week, with what 处理单 decides behind what its YAML file does."""
        whole = self.model_copy(update={"decisions": (*self.decisions, *decisions)})
        whole._of_yaml = self.decisions
        return whole

    @property
    def of_yaml(self) -> tuple[Decision, ...]:
        """The decisions of the week's YAML file alone."""
        return self.decisions if self._of_yaml is None else self._of_yaml

    @field_validator("decisions", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        """`decisions:` with nothing under it is what an empty list looks like to a person."""
        return () if value is None else value

    def canonical(self) -> str:
        """The week's parameters as canonical JSON, without the file names of this office."""
        return json.dumps(json.loads(self.model_dump_json()), ensure_ascii=False, sort_keys=True)
