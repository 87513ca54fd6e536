"""Figures and texts as they are printed and compared: rounding, signs, dashes, names without their white space."""

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

DASH = "—"

# ---- figures ---------------------------------------------------------------------------------------------------


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded the way Excel and people do (0.5 goes up), not Python's half-to-even."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent(rate: Decimal | None) -> str:
    """A share as printed, everywhere with two decimals: 0.9982 -> 99.82%. Rounding never lifts a share below 1 to 100%.

    There is no shorter form: the rates of `completion` have these decimals, and would be rounded a second time.
    """
    if rate is None:
        return DASH
    rounded = half_up(rate * 100, 2)
    return f"{Decimal('99.99') if rate < 1 and rounded >= 100 else rounded}%"


def number(value: int | Decimal | None) -> str:
    """A count or a decimal as people read it: − for minus, — where there is none."""
    return DASH if value is None else str(value).replace("-", "−")


def thousands(count: int | Decimal | None) -> str:
    """The same with its thousands apart: 1,814; 26,456.6; −85."""
    return DASH if count is None else f"{count:,}".replace("-", "−")


def signed(count: int | None) -> str:
    """A difference of counts with its sign: +1,204, −85, 0."""
    if count is None:
        return DASH
    return f"{'+' if count > 0 else '−' if count < 0 else ''}{abs(count):,}"


def points(gap: Decimal | None) -> str:
    """A difference in percentage points with its sign: +1.20, −0.85, 0.00."""
    if gap is None:
        return DASH
    rounded = half_up(gap, 2)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded)}"


def month_day(day: dt.date) -> str:
    """5月5日"""
    return f"{day.month}月{day.day}日"


# ---- texts -----------------------------------------------------------------------------------------------------

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")


@lru_cache(maxsize=8192)  # one name is compared many times
def normal(text: str) -> str:
    """A name as it is compared: without white space and zero-width marks, full-width forms as half-width."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def file_name(words: str) -> str:
    """Words as a file name may have them on Windows too. Names that `normal` tells apart stay apart."""
    return re.sub(r"[\s\x00-\x1f]+", " ", words.translate(_FULL_WIDTH)).strip()
