"""The words that all messages share: which week and revision, until when, a finding in one line."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.printing import month_day
from pipeline.records import Place
from pipeline.rules import Finding

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+")


@dataclass(frozen=True)
class Edition:
    """The week and the revision that a message belongs to. There is no clock in it: its words stay true."""

    programme: Programme
    week: dt.date
    revision: int
    check_code: str = ""

    @property
    def words(self) -> Words:
        """What the office's level is called."""
        return self.programme.words

    @property
    def number(self) -> str:
        """第4周"""
        return f"第{self.programme.schedule.week_number(self.week)}周"

    @property
    def label(self) -> str:
        """第4周（截至2023年4月28日）"""
        return f"{self.number}（截至{self.week.year}年{month_day(self.week)}）"

    @property
    def stamp(self) -> str:
        """第1版　校验码 1A2B-3C4D"""
        return f"第{self.revision}版　校验码 {self.check_code}"

    @property
    def until(self) -> str:
        """4月28日 17:00"""
        return until(self.programme, self.week)


def until(programme: Programme, week: dt.date) -> str:
    """4月28日 17:00: on the closing date, at the programme's deadline."""
    return f"{month_day(week)} {programme.deadline}"


def line(row: Finding, ask: str) -> str:
    """A finding as it is sent: 【退回】包场镇《…》Sheet1!E5“约50”：…。 and what is asked."""
    message = one_line(row.message)
    return f"【{row.level.label}】{message}{'' if message.endswith(('。', '？')) else '。'}{ask}"


def subject(at: Place) -> str:
    """盐灶村新建, as much of it as is known."""
    return f"{at.village}{at.kind}"


def one_line(text: str) -> str:
    """Without line breaks and signs that cannot be seen: what a town typed must not break up a message."""
    return _UNPRINTABLE.sub(" ", text)


def to_bytes(lines: Iterable[str]) -> bytes:
    """A text file. Notepad of old Windows takes it for UTF-8 only with a BOM, and breaks lines only at CRLF."""
    return "".join(f"{one_line(text)}\r\n" for text in lines).encode("utf-8-sig")
