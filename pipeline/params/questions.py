"""What the analyst is asked: one question a figure, row or file, its possible answers, and what each of them decides.

A decision without reason, by and date is a `Draft`: plain values in the order in which a person writes them.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records import Place

_LOST_IN_A_CELL = re.compile(r"\s|\\[bfnrt]|\\u00[01][0-9a-f]|�")  # what a spreadsheet may change in a text

Draft = tuple[tuple[str, str], ...]
TO_FILL = "now"  # the value of a draft that the person fills in, where it is ""


def draft(values: Mapping[str, str]) -> Draft:
    """A decision by its names and values."""
    return tuple(values.items())


@dataclass(frozen=True)
class Option:
    """One possible answer: what it says of the figure, and what is decided by it; nothing, if the town is waited for."""

    words: str
    drafts: tuple[Draft, ...] = ()

    @property
    def wants_figure(self) -> bool:
        """Whether 采用数 is to be filled in."""
        return any((TO_FILL, "") in draft for draft in self.drafts)


@dataclass(frozen=True, kw_only=True)
class Question(Place):
    """One question at one place. identity: what it is about, the same whenever it is asked; before: 上次采用, in words."""

    identity: str
    words: str
    before: str = ""
    options: tuple[Option, ...] = ()

    @property
    def address(self) -> str:
        """Sheet1!E5"""
        return "!".join(filter(None, (self.sheet, self.cell)))

    def digest(self, day: str) -> str:
        """By which a row of 处理单 is known to be this question of this day, to the last sign."""
        drafts = [[option.words, option.drafts] for option in self.options]
        place = [self.town, self.village, self.kind, self.file, self.address, self.raw]
        whole = json.dumps([day, self.identity, *place, self.words, self.before, drafts], ensure_ascii=False)
        return hashlib.sha256(_LOST_IN_A_CELL.sub("", whole).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Answer:
    """What was filled in, as it stands in the sheet."""

    option: str = ""
    figure: str = ""
    reason: str = ""
    by: str = ""
    date: str = ""
