"""What a number format makes of a figure: the one place that judges it, for every kind of workbook.

A clerk sees 85% or 91万 where 85 or 91 is stored. What reads as the number itself, with nothing beside it or with a
unit that means one 座, is the number; all else is the text that is shown, to be judged as such.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.intake.reading import format_codes as codes
from pipeline.intake.reading.book import (
    CELL_TEXT,
    DATE,
    NUMBER,
    PERCENT,
    SHOWN,
    STRUCK,
    UNSEEN,
    Cell,
    date_text,
    number_text,
)
from pipeline.intake.reading.format_codes import Section
from pipeline.intake.reading.runs import percent_text

UNITS = ("户", "座", "个")  # what means one 座, and nothing else does
_LONGEST = 255  # Excel's own limit
_UNIT_SIGNS = f"{''.join(UNITS)}()（） \u3000\xa0"
_BEYOND = 1e15  # no count, whatever it looks like
_DASHES = {"-", "—", "——", "－", "–", "/", "无"}
_COUNT = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[, ]\d{3})+)(?P<rest>\.\d*)?(?P<exponent>E[+-]\d{1,3})?")
_PLAIN = re.compile(r" *(G|(?:0[0,]*)?0(\.0*)?)[ u]*")

# The formats that files name by number alone. 14-22, 27-36, 45-47, 50-58, 71-81: dates and times.
_BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)), "yyyy/m/d"),
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    48: "##0.0E+0", 49: "@", 67: "0%", 68: "0.00%",
}  # fmt: skip


class Format(NamedTuple):
    """One number format. is_plain: every number is shown as itself. words: its section for texts, if it adds any."""

    numbers: tuple[Section, ...] = ()
    is_plain: bool = True
    words: Section | None = None

    def number(self, value: float, look: str = "", epoch_1904: bool = False) -> Cell:
        """The cell of a number under this format; `look` is the mark that its fonts and fills give it."""
        if self.is_plain:
            return Cell(number_text(value), NUMBER, "", look)
        text, type, is_unseen = _judged(self, value, epoch_1904)
        return Cell(text, type, "", UNSEEN if is_unseen and look != STRUCK else look)

    def text(self, cell: Cell) -> Cell:
        """The cell of a text under this format."""
        if self.words is None or not cell.raw.strip():
            return cell
        if not self.words.tokens:  # ;;; shows no texts either
            return cell._replace(mark=cell.mark or UNSEEN)
        raw = "".join(cell.raw if kind == codes.GENERAL else text for kind, text in self.words.tokens).strip()
        added = raw.replace(cell.raw, "", 1).strip(_UNIT_SIGNS) or raw.count(cell.raw) != 1
        says_a_number = any(sign.isnumeric() for sign in cell.raw)
        return cell._replace(raw=raw, type=SHOWN if added and says_a_number else cell.type)


GENERAL = Format()


def of(number: int, code: str = "") -> Format:
    """The format by its number in the file and its code, if it has one: a number that nothing defines is General."""
    return of_code(code or _BUILT_IN.get(number, ""))


@lru_cache(maxsize=512)
def of_code(code: str) -> Format:
    """The format that a code describes."""
    code = code[:_LONGEST]
    if not code or code.lower() == "general":
        return GENERAL
    sections = codes.sections(code)
    words = sections[-1] if sections[-1].takes_text or len(sections) > 3 else None
    numbers = tuple(sections[:3] if words is None or len(sections) == 1 else sections[:-1][:3])
    return Format(numbers, _is_plain(numbers), words if words is not None and _changes(words) else None)


def _changes(words: Section) -> bool:
    """Whether a section for texts hides them or adds words to them."""
    return not words.takes_text or any(kind == codes.LITERAL and text.strip() for kind, text in words.tokens)


def _is_plain(numbers: tuple[Section, ...]) -> bool:
    """Whether the format shows all counts as themselves. Negative ones are no counts, and 0 may be a blank or a dash."""
    if any(section.holds is not None or section.is_white for section in numbers):
        return False
    zero = numbers[2] if len(numbers) > 2 else numbers[0]
    return _is_simple(numbers[0]) and (_is_simple(zero) or _is_nothing(codes.shown(zero, 0)))


def _is_simple(section: Section) -> bool:
    return bool(_PLAIN.fullmatch("".join(_sign(kind, text) for kind, text in section.tokens)))


def _sign(kind: str, text: str) -> str:
    """The token as _PLAIN has it."""
    if kind in (codes.LITERAL, codes.PAD):
        return " " if not text.strip() else "u" if not text.strip(_UNIT_SIGNS) else "x"
    return {codes.GENERAL: "G", codes.DIGIT: "0", codes.POINT: ".", codes.COMMA: ","}.get(kind, "x")


def _is_nothing(text: str) -> bool:
    """What a format may show instead of 0."""
    return not text.strip() or text.strip() in _DASHES


# ---- one number ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _judged(format: Format, value: float, epoch_1904: bool) -> tuple[str, str, bool]:
    """(raw, type, whether nothing is to be seen of it)"""
    plain = number_text(value), NUMBER, False
    if not abs(value) < _BEYOND:
        return plain
    for section in _used(format.numbers, value):
        judged = _under(section, value, epoch_1904) if section.tokens or value >= 0 else plain
        if judged != plain:
            return judged
    return plain


def _used(numbers: tuple[Section, ...], value: float) -> tuple[Section, ...]:
    """The section that shows a number; several where programs differ."""
    number = Decimal(f"{value:.15g}")
    if all(section.holds is None for section in numbers):
        place = (number < 0) + 2 * (number == 0)
        return (numbers[place] if place < len(numbers) else numbers[0],)
    if met := next((section for section in numbers if section.is_met(number)), None):
        return (met,)
    return tuple(section for section in numbers if section.holds is None) or (_CROSSES,)


_CROSSES = Section(((codes.LITERAL, "######"),))  # what stands in a cell for which no section is meant


def _under(section: Section, value: float, epoch_1904: bool) -> tuple[str, str, bool]:
    kinds = section.kinds()
    if codes.DATE in kinds:
        return date_text(value, epoch_1904), DATE, False
    if codes.PERCENT in kinds:
        return percent_text(value), PERCENT, False
    if value < 0:
        return number_text(value), NUMBER, False
    text = codes.shown(section, value).strip()
    if not text or section.is_white:
        return number_text(value), NUMBER, bool(value)
    if _is_itself(text, value) or (not value and _is_nothing(text)):
        return number_text(value), NUMBER, False
    stands_for_none = not value and not any(sign.isnumeric() and sign not in "零〇" for sign in text)
    return text, CELL_TEXT if stands_for_none else SHOWN, False


def _is_itself(text: str, value: float) -> bool:
    """Whether a clerk reads the number in what is shown; of 29.6 also in 30, for it is told as 29.6 (W20)."""
    match = _COUNT.fullmatch(text.rstrip(_UNIT_SIGNS))
    if not match:
        return False
    number = Decimal(re.sub("[, ]", "", match[0]))
    stored = Decimal(f"{value:.15g}")
    is_rounded = stored % 1 != 0 and not match["exponent"] and abs(number - stored) <= Decimal("0.5")
    return number == stored or is_rounded
