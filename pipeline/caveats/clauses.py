"""A text in its clauses, as they are compared: without white space, numbering and brackets around them."""

import re
from functools import lru_cache

from pipeline.printing import normal

_ENDS = re.compile(r"[，,。；;！!？?\n]")
_NUMBERED = re.compile(r"^[(【]*(?:注|说明|备注|批注|特此说明)?:?(?:\(?\d[.、)](?!\d))?")  # 注：1.
_QUOTES = str.maketrans("", "", "“”‘’「」\"'")
_YEAR_SIGNS = str.maketrans("0123456789", "〇一二三四五六七八九")
_LONGEST_QUOTED = 40


@lru_cache(maxsize=256)  # a text is asked several questions, one after the other
def parted(text: str) -> tuple[str, ...]:
    """The clauses of a text."""
    clauses = (_NUMBERED.sub("", normal(clause).translate(_QUOTES)).strip("()【】") for clause in _ENDS.split(text))
    return tuple(clause for clause in clauses if clause)


def of_year(clause: str, year: int) -> str:
    """The clause with 今年 for the programme's own year, so that a year that stays in it is another one."""
    written = str(year)
    own = rf"{written}年度?|(?<!\d){written[2:]}年度?|{written.translate(_YEAR_SIGNS)}年度?"
    return re.sub(own, "今年", clause.replace("二零", "二〇")) if "年" in clause else clause


def quoted(clause: str) -> str:
    """The clause as it is told."""
    return clause if len(clause) <= _LONGEST_QUOTED else f"{clause[:_LONGEST_QUOTED]}…"
