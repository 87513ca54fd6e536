"""Numbers in the YAML files: plain decimal digits, or no number at all.

YAML 1.1 reads 050 as 40, 1_0 as 10, 1:30 as 90. Here such a text is a `NoNumber`: no field takes it for a number or a
text, only `was`, which quotes a cell, takes it as it is typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_MEANT = re.compile(
    r"[“”\"']*\+?0*(\d{1,9}?)(?:\.0+)?\s*(?:座|户|个|处)?[“”\"',。、]*"
)  # 95座, ９５, 050, +5, 5.0, “95”
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, repr=False)
class NoNumber:
    """What YAML would call a number and a person would not; str() is its text, and so is what pydantic calls it."""

    text: str

    def __repr__(self) -> str:
        return self.text


def as_typed(text: str) -> int | Decimal | NoNumber:
    """A scalar that YAML calls a number, as it is typed."""
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else NoNumber(text)


def advice(value: object) -> str:
    """What to write where a whole number is wanted and `value` stands."""
    typed = str(value)
    match = _MEANT.fullmatch(_THOUSANDS.sub("", unicodedata.normalize("NFKC", typed).strip()))
    if not match:
        return "请只写半角阿拉伯数字，如 95"
    return f"请去掉引号，写 {typed}" if typed == match[1] else f"请写 {match[1]}"
