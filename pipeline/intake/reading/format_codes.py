"""Number formats as Excel writes them (#,##0;[红色]-0;"无";@): their sections, and what each makes of a number."""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from pipeline.intake.reading.book import number_text

# Kinds of tokens. GENERAL: the number as it is, also for @. PAD: a blank, also what fills the width with blanks.
LITERAL, PAD, DIGIT, POINT, COMMA, PERCENT, EXPONENT, SLASH, GENERAL, DATE = (
    "literal", "pad", "digit", "point", "comma", "percent", "exponent", "slash", "general", "date"
)  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<literal>[^"]*)"?|[\\!](?P<escaped>.?)|_(?P<pad>.?)|\*(?P<fill>.?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式|通用格式|Standard|@)|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<point>\.)"
    r"|(?P<comma>,)|(?P<percent>%)|(?P<date>AM/PM|A/P|上午/下午|aaa+|[ymdhsgeb]+)|(?P<slash>/)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|yellow|[黑蓝青绿红黄]色|洋红色?|蓝绿色|(?:color|颜色) ?\d+", re.IGNORECASE
)
_WHITE = re.compile(r"white|白色|(?:color|颜色) ?2", re.IGNORECASE)
_NUMERALS = re.compile(r"(?:DB|Nat)Num\d+.*", re.IGNORECASE)
_CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)\s*(?P<limit>-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)", re.IGNORECASE)
_EXACT = Context(prec=600)  # a format has at most 255 signs
_SIGNS = {"<": (-1,), "<=": (-1, 0), "=": (0,), ">=": (0, 1), ">": (1,), "<>": (-1, 1)}

Token = tuple[str, str]


class Section(NamedTuple):
    """One section of a format. holds: the signs of (number - limit) under which it is used; None: by its place."""

    tokens: tuple[Token, ...] = ()
    limit: Decimal = Decimal(0)
    holds: tuple[int, ...] | None = None
    is_white: bool = False
    takes_text: bool = False

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.tokens]

    def is_met(self, number: Decimal) -> bool:
        return self.holds is not None and (number > self.limit) - (number < self.limit) in self.holds


def sections(code: str) -> list[Section]:
    """The sections of a format code in their order, at least one."""
    found = list[Section]()
    tokens = list[re.Match[str]]()
    for match in _TOKEN.finditer(code):
        if match["end"]:
            found.append(_section(tokens))
            tokens = []
        else:
            tokens.append(match)
    return [*found, _section(tokens)]


def _section(matches: Iterable[re.Match[str]]) -> Section:
    section, tokens = Section(), list[Token]()
    for match in matches:
        kind, text = match.lastgroup or LITERAL, match[0]
        if kind == "bracket":
            section, token = _bracket(section, match["bracket"])
            tokens += [token] if token else []
        elif kind in ("literal", "escaped", "other"):
            tokens.append((LITERAL, text if kind == "other" else match[kind]))
        elif kind in (PAD, "fill"):
            tokens.append((PAD, " ") if kind == PAD or match["fill"] in ("", " ") else (LITERAL, match["fill"]))
        else:
            section = section._replace(takes_text=section.takes_text or text == "@")
            tokens.append((kind, text))
    return section._replace(tokens=tuple(tokens))


def _bracket(section: Section, text: str) -> tuple[Section, Token | None]:
    """A condition, a colour, a kind of numerals, a currency; what is none of them is shown, and so not overlooked."""
    if match := _CONDITION.fullmatch(text.strip()):
        return section._replace(limit=Decimal(match["limit"]), holds=_SIGNS[match["sign"]]), None
    if _ELAPSED.fullmatch(text):
        return section, (DATE, text)
    if text.startswith("$"):
        return section, (LITERAL, text[1:].rpartition("-")[0] if "-" in text else text[1:])
    if _WHITE.fullmatch(text):
        return section._replace(is_white=True), None
    known = _COLOUR.fullmatch(text) or _NUMERALS.fullmatch(text)
    return section, None if known else (LITERAL, f"[{text}]")


# ---- what is shown ---------------------------------------------------------------------------------------------


def shown(section: Section, value: float) -> str:
    """What a section makes of a number that is not negative."""
    tokens, kinds = section.tokens, section.kinds()
    number = Decimal(f"{value:.15g}") * 100 ** kinds.count(PERCENT)
    if EXPONENT in kinds and DIGIT in kinds[: kinds.index(EXPONENT)]:
        return _scientific(tokens, number)
    if SLASH in kinds and DIGIT in kinds[: kinds.index(SLASH)]:
        return _fraction(tokens, number)
    point = kinds.index(POINT) if POINT in kinds else len(kinds)
    whole, decimals = tokens[:point], tokens[point:]
    places = kinds[point:].count(DIGIT)
    number = number / 1000 ** (_trailing(whole) + _trailing(decimals))
    before, _, after = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT):f}".partition(".")
    return _whole(whole, before.lstrip("0"), value) + "".join(_decimals(decimals, after))


def _trailing(tokens: tuple[Token, ...]) -> int:
    """The commas behind the last digit: each of them stands for three digits that are not shown."""
    kinds = [kind for kind, _ in tokens]
    if DIGIT not in kinds:
        return 0
    return kinds[len(kinds) - kinds[::-1].index(DIGIT) :].count(COMMA)


def _whole(tokens: tuple[Token, ...], digits: str, value: float) -> str:
    """The part before the point, from its right end; the first place takes all digits that are left."""
    kinds = [kind for kind, _ in tokens]
    first, left, pieces = kinds.index(DIGIT) if DIGIT in kinds else -1, digits, list[str]()
    grouped = COMMA in kinds[first : len(kinds) - kinds[::-1].index(DIGIT)] if first >= 0 else False
    for place in reversed(range(len(tokens))):
        kind, text = tokens[place]
        if kind != DIGIT:
            pieces.append(number_text(value) if kind == GENERAL else "" if kind == COMMA else text)
            continue
        taken = left if place == first else left[-1:]
        left = left[: len(left) - len(taken)]
        pieces.append(taken or {"0": "0", "?": " "}.get(text, ""))
    written = "".join(reversed(pieces))
    return written.replace(digits, f"{int(digits):,}") if grouped and digits else written


def _decimals(tokens: tuple[Token, ...], digits: str) -> Iterator[str]:
    left = digits
    for kind, text in tokens:
        if kind != DIGIT:
            yield "" if kind == COMMA else text
        else:
            yield left[:1] if text == "0" or left.strip("0") else " " if text == "?" else ""
            left = left[1:]


def _scientific(tokens: tuple[Token, ...], number: Decimal) -> str:
    kinds = [kind for kind, _ in tokens]
    mantissa = kinds[: kinds.index(EXPONENT)]
    places = mantissa[mantissa.index(POINT) :].count(DIGIT) if POINT in mantissa else 0
    return f"{_words(tokens[: kinds.index(DIGIT)])}{number:.{places}E}{_behind(tokens)}"


def _fraction(tokens: tuple[Token, ...], number: Decimal) -> str:
    """A whole number and a fraction; a format without a place for the whole number shows 7/4."""
    kinds = [kind for kind, _ in tokens]
    slash = kinds.index(SLASH)
    has_whole = any(one != DIGIT and other == DIGIT for one, other in zip(kinds[1:slash], kinds, strict=False))
    part = Fraction(number).limit_denominator(10 ** max(kinds[slash:].count(DIGIT), 1) - 1)
    whole, rest = divmod(part, 1) if has_whole else (0, part)
    text = str(whole) if has_whole and not rest else f"{whole or ''} {rest.numerator}/{rest.denominator}".strip()
    return f"{_words(tokens[: kinds.index(DIGIT)])}{text}{_behind(tokens).lstrip('0123456789')}"  # ?/8


def _behind(tokens: tuple[Token, ...]) -> str:
    """The words behind the last digit."""
    kinds = [kind for kind, _ in tokens]
    return _words(tokens[len(kinds) - kinds[::-1].index(DIGIT) :])


def _words(tokens: Iterable[Token]) -> str:
    return "".join(text for kind, text in tokens if kind in (LITERAL, PAD, PERCENT))
