"""Which week a text speaks of: 4.7, 0407, 4月7日, 20230407, 3.31-4.7, 第三周. A clue, never the week's name."""

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.printing import month_day

_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
_YEAR_SIGNS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FULL = r"(?P<year>20\d{2})(?:[年./-](?P<m1>\d{1,2})[月./-](?P<d1>\d{1,2})日?|(?P<m2>\d{2})(?P<d2>\d{2}))"
_SHORT = r"(?P<m3>\d{1,2})(?:月|[./-])(?P<d3>\d{1,2})[日号]?|(?P<m4>0[1-9]|1[0-2])(?P<d4>[0-3]\d)"
_DATE = re.compile(rf"(?<![\d.])(?:{_FULL}|{_SHORT})(?!\d|[.-]\d|[户座个%])")  # 0513-8221 is a telephone
_NUMERAL_DATE = re.compile(
    r"(?:(?P<year>[〇零○一二三四五六七八九]{4})年)?(?P<month>[一二三四五六七八九十]{1,2})月(?:份)?(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_WEEK = re.compile(r"(?<!月)(?<!月份)第(?P<week>\d{1,2}|[一二三四五六七八九十]{1,3})周")


@dataclass(frozen=True)
class Period:
    """The week that is being read: its closing date, its number, the unit of its figures; `start`: of the season.

    ahead: by how many days the closing date of a form may lie after this one; more than 0 on a day between two weeks.
    """

    closing: dt.date
    number: int
    unit: str = "座"
    start: dt.date | None = None
    ahead: int = 0

    @classmethod
    def of(cls, programme: Programme, closing: dt.date, ahead: int = 0) -> "Period":
        schedule = programme.schedule
        return cls(closing, schedule.week_number(closing), programme.unit, schedule.start, ahead)

    @property
    def label(self) -> str:
        """5月5日"""
        return month_day(self.closing)

    def speaks_of_another(self, text: str, days_late: int = 3) -> str:
        """The date or week in the text that is not this one, as written; "" if it names this week or none.

        A form may be filled some days before the closing date, or sent a few after: days_late.
        """
        for number, written in weeks_in(text):
            if number not in range(self.number, self.number + 1 + bool(self.ahead)):
                return written
        dates = dates_in(text, self.closing.year)
        if not dates:
            return ""
        day, written = dates[-1]  # of 3.31-4.7 the end
        return "" if -7 < (day - self.closing).days <= days_late + self.ahead else written

    def is_other_time(self, text: str) -> bool:
        """Whether a date, a week or a year in a heading is not of this week: 截至5月26日, 第3周, 2022年."""
        return bool(self.speaks_of_another(text) or self.other_years(text))

    def other_years(self, text: str) -> list[str]:
        """2022年, 2022"""
        years = re.findall(r"(?<!\d)20\d{2}(?:年|$)", text)
        return [year for year in years if int(year[:4]) != self.closing.year]

    def is_since_start(self, text: str) -> bool:
        """Whether the text names the first day of the season: 4月1日 of 4月1日至5月5日."""
        return any(day == self.start for day, _ in dates_in(text, self.closing.year))

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
    for match in _DATE.finditer(in_digits(text)):
        groups = {name: int(value) for name, value in match.groupdict().items() if value}
        month = next(value for name, value in groups.items() if name[0] == "m")
        day = next(value for name, value in groups.items() if name[0] == "d")
        try:
            dates.append((dt.date(groups.get("year", year), month, day), match[0]))
        except ValueError:  # 13.45 is no date
            continue
    return dates


def in_digits(text: str) -> str:
    """五月五日 -> 5月5日, so that dates in either spelling are one."""
    if "月" not in text:
        return text
    return _NUMERAL_DATE.sub(
        lambda match: f"{_year(match['year'])}{_number(match['month'])}月{_number(match['day'])}日", text
    )


def _year(signs: str | None) -> str:
    """二〇二三 -> 2023年"""
    return f"{signs.translate(_YEAR_SIGNS)}年" if signs else ""


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
