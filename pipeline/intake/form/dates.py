"""Which week a text speaks of: 4.7, 0407, 4月7日, 20230407, 3.31-4.7, 第三周. A clue, never the week's name."""

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.printing import month_day

_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
_FULL = r"(?P<year>20\d{2})(?:[年./-](?P<m1>\d{1,2})[月./-](?P<d1>\d{1,2})日?|(?P<m2>\d{2})(?P<d2>\d{2}))"
_SHORT = r"(?P<m3>\d{1,2})(?:月|[./-])(?P<d3>\d{1,2})[日号]?|(?P<m4>0[1-9]|1[0-2])(?P<d4>[0-3]\d)"
_DATE = re.compile(rf"(?<![\d.])(?:{_FULL}|{_SHORT})(?!\d|[.-]\d|[户座个%])")  # 0513-8221 is a telephone
_WEEK = re.compile(r"(?<!月)第(?P<week>\d{1,2}|[一二三四五六七八九十]{1,3})周")


@dataclass(frozen=True)
class Period:
    """The week that is being read: its closing date, its number, the unit of its figures."""

    closing: dt.date
    number: int
    unit: str = "座"

    @classmethod
    def of(cls, programme: Programme, closing: dt.date) -> "Period":
        return cls(closing, programme.schedule.week_number(closing), programme.unit)

    @property
    def label(self) -> str:
        """5月5日"""
        return month_day(self.closing)

    def speaks_of_another(self, text: str) -> str:
        """The date or week in the text that is not this one, as written; "" if it names this week or none.

        A form may be filled some days before the closing date, or sent a few after.
        """
        for number, written in weeks_in(text):
            if number != self.number:
                return written
        dates = dates_in(text, self.closing.year)
        if not dates:
            return ""
        day, written = dates[-1]  # of 3.31-4.7 the end
        return "" if -7 < (day - self.closing).days <= 3 else written

    def is_other_time(self, text: str) -> bool:
        """Whether a date, a week or a year in a heading is not of this week: 截至5月26日, 第3周, 2022年."""
        years = [int(year) for year in re.findall(r"(20\d{2})(?:年|$)", text)]
        return bool(self.speaks_of_another(text)) or any(year != self.closing.year for year in years)

    def without_dates(self, text: str) -> str:
        """The text without the dates and weeks that it names."""
        return _WEEK.sub("", _DATE.sub("", text))

    def is_near(self, text: str) -> bool:
        """Whether the text names a day on which this week's form may have been filled in, or says 本周."""
        dates = dates_in(text, self.closing.year)
        is_near = bool(dates) and not self.speaks_of_another(text)
        return is_near or bool(re.search(r"本周|本期", text) and not re.search(r"每周|各周", text))

    def is_named_in(self, text: str) -> bool:
        """Whether the text names this very week."""
        dates = dates_in(text, self.closing.year)
        by_date = bool(dates) and dates[-1][0] == self.closing
        return by_date or any(number == self.number for number, _ in weeks_in(text))


def dates_in(text: str, year: int) -> list[tuple[dt.date, str]]:
    """(date, as written) of every date with month and day, in order; a date without a year is of `year`."""
    dates = []
    for match in _DATE.finditer(text):
        groups = {name: int(value) for name, value in match.groupdict().items() if value}
        month = next(value for name, value in groups.items() if name[0] == "m")
        day = next(value for name, value in groups.items() if name[0] == "d")
        try:
            dates.append((dt.date(groups.get("year", year), month, day), match[0]))
        except ValueError:  # 13.45 is no date
            continue
    return dates


def weeks_in(text: str) -> list[tuple[int, str]]:
    """(number, as written) of every 第N周."""
    return [(_number(match["week"]), match[0]) for match in _WEEK.finditer(text)]


def _number(text: str) -> int:
    """12 or 十二"""
    if text.isdigit():
        return int(text)
    tens, has_ten, ones = text.partition("十")
    if not has_ten:
        return _NUMERALS.get(text, 0)
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)
