"""Personal data stay in the untouched inputs only: numbers and names in a town's text are masked everywhere else (L20)."""

import re
import unicodedata
from functools import lru_cache

from pipeline.intake import people
from pipeline.intake.reading.book import Book

_S = "[ .()_-]{0,3}"  # what a clerk puts between the groups of a number
_G = "[ .-]{0,2}"
_NUMBER = re.compile(
    r"(?<!\d)(?<!\d\.)(?:"
    rf"(?:[+(]{{0,2}}(?:00)?86{_S})?(?:1[3-9]\d{_S}\d{{4}}{_S}\d{{4}}|1[3-9]\d\d{_G}\d{{4}}{_G}\d{{3}}|1[3-9]\d{_G}\d{{3}}{_G}\d{{5}}"
    rf"|1[3-9]\d{_G}\d\d{_G}\d\d{_G}\d\d{_G}\d\d|1[ .-][3-9](?:[ .-]{{1,2}}\d){{9}})"  # mobile
    rf"|0[1-9]\d{{1,2}}[ .()/_-]{{0,3}}(?!20[0-3]\d[01]\d[0-3]\d(?!\d))[2-8]\d{{2,3}}{_S}\d{{4}}"  # landline
    rf"|[1-8]\d{{5}}{_S}(?:18|19|20)\d\d{_S}[01]\d{_S}[0-3]\d{_S}\d{{3}}{_S}[\dX]"  # ID card
    rf"|[1-8]\d{{2}}{_G}\d{{3}}{_G}(?:18|19|20)\d\d{_G}\d{{4}}{_G}\d{{3}}[\dX]"
    rf"|[1-8]\d(?:[ .-]?\d){{15}}[ .-]?[X]|[1-8]\d{{16}}[\dX]"
    rf"|[1-8]\d{{5}}{_G}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_G}\d{{3}}"  # the ID of 15 digits
    rf"|(?:62|60|95|[45]\d)\d\d(?:[ .]{{1,2}}\d{{4}}){{3}}(?:[ .]{{0,2}}\d{{1,4}})?"  # bank card
    rf"|[3-69]\d{{3}}(?:-{{1,2}}\d{{4}}){{3}}(?:-{{0,2}}\d{{1,4}})?|[3-69]\d{{15,18}}"
    r")(?!\d)"
)
_SHORT = re.compile(r"(?P<lead>(?:电话|座机|传真|联系方式)(?:号码)?[: ]{0,3})(?P<number>[2-8]\d{2,3}[ -]?\d{4})(?!\d)")
_SIGN = re.compile(r"[0-9X+]")


class _Plain(dict[int, str]):
    """Sign for sign, so that places stay the same: １ as 1, － and — as -, blanks and what cannot be seen as a blank."""

    def __missing__(self, sign: int) -> str:
        plain = self[sign] = _plain(chr(sign))
        return plain


def _plain(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    kind = unicodedata.category(sign)
    if sign.isspace() or kind in ("Zs", "Cf", "Cc"):
        return " "
    return "-" if kind == "Pd" else _SAME.get(sign, sign)


_SAME = {
    "（": "(",
    "）": ")",
    "．": ".",
    "·": ".",
    "•": ".",
    "＋": "+",
    "−": "-",
    "：": ":",
    "Ｘ": "X",
    "ｘ": "X",
    "x": "X",
    "＿": "_",
    "／": "/",
}
_PLAIN = _Plain()


def mask(text: str) -> str:
    """Phone, ID and bank numbers with their middle hidden (138****1234), names with all but the surname (张*)."""
    return _mask(text) if len(text) <= 200 else _mask.__wrapped__(text)


@lru_cache(maxsize=4096)
def _mask(text: str) -> str:
    return people.hide(_without_numbers(text))


def _without_numbers(text: str) -> str:
    plain = text.translate(_PLAIN)
    found = [match.span() for match in _NUMBER.finditer(plain)]
    found += [match.span("number") for match in _SHORT.finditer(plain)]
    parts, end = [], 0
    for start, until in sorted(found):
        if start >= end:
            signs = [text[at] for at in range(start, until) if _SIGN.match(plain[at])]
            parts += [text[end:start], *(signs[:3] if len(signs) > 9 else ()), "****", *signs[-4:]]
            end = until
    return "".join([*parts, text[end:]])


def name_sheets(book: Book) -> Book:
    """The book with nobody named by its sheets: 张三138… is called 张*138****1234（第2张表）, by which it can be found."""
    for number, sheet in enumerate(book.sheets, 1):
        masked = mask(sheet.name)
        if masked != sheet.name:
            sheet.name = f"{masked}（第{number}张表）"
    return book
