"""What a rule is, and what a finding is: all that the house knows of a rule stands with the rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, NamedTuple

from pipeline.records import Column, Labelled, Place, Table, column


class Level(Labelled):
    """How grave a finding is, worst first. A rejected or held figure is not used until it is settled."""

    REJECT = "reject", "退回"
    HOLD = "hold", "待裁定"
    QUERY = "query", "待说明"
    NOTE = "note", "提示"

    @property
    def is_blocking(self) -> bool:
        return self in (Level.REJECT, Level.HOLD)

    @property
    def severity(self) -> int:
        """0 for the worst."""
        return list(Level).index(self)


class Choice(StrEnum):
    """The decision about files that a rule offers beside `accept` and `correct`."""

    NONE = ""
    USE = "use"  # which of several files counts
    EXCLUDE = "exclude"  # the file does not count


class Said(NamedTuple):
    """What is wrong, and what the town is asked to do about it; "" where there is nothing to do, or all is in the ask."""

    words: str
    ask: str = ""

    def __str__(self) -> str:
        return "，".join(filter(None, self))


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule: its `name` in findings, Chinese `label`, usual `level`, its words, and what may be done about it.

    label: in the words of a 区; those of another level say it in their own (`Words.spoken`).
    words: templates of what a finding says, "" the usual one; {…} are given where the rule is applied, among them
    {member}, {short}, {part} … of the office's level (`Words.terms`). An ask holds nothing that a town typed.
    messes: the ids of the domain list (F01 … P06) that the rule answers.
    adjustable: the programme may give it another level (it judges a figure that can be read).
    acceptable: an `accept` decision settles it: a figure, a carried figure, the first of several tables is let
    stand, or a row that names nobody known is left out.
    whole_town: without a village it is about every figure of the town.
    office_only: never told to a town.
    told_once: not told again where an earlier record has shown it of the same town.
    excuses_file: its file belongs to no town of the programme or is nobody's submission, so it is not sent back.
    is_absence: a town sent nothing; it blocks no figure, yet keeps the week a draft, and figures that are entered
    for all its villages settle it.
    choice: the decision about files that it offers.
    """

    name: str
    label: str
    level: Level
    words: Mapping[str, Said]
    messes: tuple[str, ...] = ()
    adjustable: bool = False
    acceptable: bool = False
    whole_town: bool = False
    office_only: bool = False
    told_once: bool = False
    excuses_file: bool = False
    is_absence: bool = False
    choice: Choice = Choice.NONE

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[object, ...]:
        """By its name: what comes from another process is the very rule of the list."""
        return _of_the_list, (self.name,)

    def say(self, variant: str = "", **words: object) -> Said:
        """What a finding of this rule says, without where."""
        return Said(*(template.format(**words) for template in self.words[variant]))


def _of_the_list(name: str) -> Rule:
    from pipeline.rules import RULES  # noqa: PLC0415 - the list is made of this module's rules

    return RULES[name]


def rule(name: str, label: str, level: Level, words: str, messes: str = "", *, ask: str = "",
         variants: Mapping[str, str | tuple[str, str]] | None = None, **known: Any) -> Rule:  # fmt: skip
    """One entry of the list. words: what it usually says; variants: what it says in other cases, with the same ask
    unless they have one of their own."""
    others = {
        name: Said(each, ask) if isinstance(each, str) else Said(*each) for name, each in (variants or {}).items()
    }
    return Rule(name, label, level, {"": Said(words, ask), **others}, tuple(messes.split()), **known)


def judgement(name: str, label: str, level: Level, words: str, messes: str, **known: Any) -> Rule:
    """A rule that judges a figure which can be read: its level may be another one, an `accept` settles it."""
    return rule(name, label, level, words, messes, adjustable=True, acceptable=True, **known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Place):
    """One thing a person should look at. words: what is wrong, without where; ask: what the town is asked to do.

    answer: what has become of it, once it is settled. Then, as in any note, nothing is asked.
    """

    level: Level = field(metadata=column("级别"))
    rule: Rule = field(metadata=column("规则"))
    words: str
    ask: str = ""
    answer: str = ""

    @property
    def message(self) -> str:
        """Where it stands before what it is, so that the message can be read alone."""
        said = Said(self.words, "" if self.level is Level.NOTE else self.ask)
        return f"{self._where}{said}{f'【{self.answer}】' if self.answer else ''}"

    @property
    def _where(self) -> str:
        """包场镇《包场.xlsx》Sheet1!E5“约50”： — as much of it as is known; without a file the village and kind: 包场镇盐灶村新建："""
        file = f"《{self.file}》" if self.file else f"{self.village}{self.kind}"
        cell = "!".join(part for part in (self.sheet, self.cell) if part)
        raw = f"“{self.raw}”" if self.raw else ""
        where = f"{self.town}{file}{cell}{raw}"
        return f"{where}：" if where else ""

    @property
    def is_blocking(self) -> bool:
        """Whether the figure is not used until the finding is settled."""
        return self.level.is_blocking

    @property
    def is_open(self) -> bool:
        """Whether it keeps the week a draft: its figure waits, or a town is missing without a decision."""
        return self.is_blocking or (self.rule.is_absence and self.level is not Level.NOTE)

    @property
    def is_for_town(self) -> bool:
        """Whether the town should read it; the others are for the office."""
        return not self.rule.office_only

    @property
    def is_to_mend(self) -> bool:
        """Whether the town is asked to put something right: 必须改正 of its 退回单."""
        return self.is_blocking and self.is_for_town

    @property
    def sends_back(self) -> bool:
        """Whether only the town can mend it. A held figure waits for the office, even if the town is asked about it."""
        return self.is_to_mend and self.level is Level.REJECT

    def noted(self, answer: str) -> "Finding":
        """The finding as a note that says what has become of it."""
        return replace(self, level=Level.NOTE, answer=answer)


def finding(
    rule: Rule, at: Place | None = None, variant: str = "", level: Level | None = None, /, **words: object
) -> Finding:
    """A finding at a place, at the rule's usual level, in the rule's own words."""
    said = rule.say(variant, **words)
    return stated(rule, at or _NOWHERE, said.words, level, said.ask)


def stated(rule: Rule, at: Place, words: str, level: Level | None = None, ask: str = "") -> Finding:
    """A finding whose words are there already."""
    return Finding(
        file=at.file, sheet=at.sheet, cell=at.cell, raw=at.raw, town=at.town, village=at.village, kind=at.kind,
        level=level or rule.level, rule=rule, words=words, ask=ask,
    )  # fmt: skip


_NOWHERE = Place()


def read_back(values: Mapping[str, str]) -> Finding:
    """The finding that a table of this program's rules says in texts: its words are all that the message says.

    KeyError for a rule that is not in the list.
    """
    places = {each.name: values[each.name] for each in fields(Place)}
    bare = stated(_of_the_list(values["rule"]), Place(**places), "", Level(values["level"]))
    return replace(bare, words=values["message"].removeprefix(bare.message))


FINDINGS = Table(
    "findings", Finding, ("level", "rule", "town", "village", "kind", "file", "sheet", "cell", "raw", "message"),
    {"message": Column("说明")},
)  # fmt: skip
