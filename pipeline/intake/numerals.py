"""One figure as a clerk types it: the number, or why it is none. Nothing is guessed.

Marks are looked at before anything is normalised: NFKC would turn 12① into 121. What can only be understood beside the
target or last time's figure (12/50, 15（含上周3）) is read if the two agree, and goes back if they do not.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.intake.reading.book import (
    BLANK,
    BOOLEAN,
    CELL_TEXT,
    DATE,
    ERROR,
    NUMBER,
    PERCENT,
    RAGGED,
    SHARED,
    SHOWN,
    UNCALCULATED,
)
from pipeline.intake.reading.formats import UNITS
from pipeline.records import State
from pipeline.rules import Rule, Said
from pipeline.rules.figures import (
    DATE_FIGURE,
    ERROR_FIGURE,
    IMPOSSIBLE_FIGURE,
    MERGED_FIGURE,
    NEGATIVE,
    NOT_WHOLE,
    RAGGED_ROW,
    READ_IN_CONTEXT,
    UNCALCULATED_FORMULA,
    UNREADABLE_FIGURE,
)

_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
DASHES = {"", "-", "—", "——", "--", "－", "–", "−", "/", "／", "\\", "无", "×", "*", "＊", "x", "X"}
_NOT_STARTED = {
    "未开工", "尚未开工", "未动工", "未启动", "未实施", "招标中", "施工中", "在建", "待定", "待开工", "筹备中", "准备中", "？", "?", "XX", "xx",
}  # fmt: skip
_NO_TASK = {"无任务", "无此任务", "无此项任务", "不涉及", "无指标"}  # where the district gave none
_UNCHANGED = re.compile(
    r"(本周)?(无变化|无进展|没有变化|没有进展|无新增|没有新增|无增加|零进展|不变|持平)|(同|与)上(周|期)(相同|一致|数据|持平|一样)?"
)
_WIDE = str.maketrans("０１２３４５６７８９，．－＋％（）／＊－−", "0123456789,.-+%()/*--")
_BRACKETED_UNIT = re.compile(rf"(?<=\d) ?\([{''.join(UNITS)}]\)$")  # 45（座）
_WHOLE = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.0+)?")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_NOISE = re.compile(r"\d+\.\d{12,20}")  # what a program makes of a whole number in binary
_LARGEST = 1_000_000
_LONGEST = 200  # signs of a cell that may be a figure
_SIGNS = "零一二三四五六七八九"
_SCALES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Context:
    """What a figure is read beside: the closing date in words, its target, last time's (None: unknown), the unit."""

    closing: str
    target: int | None = None
    previous: int | None = None
    unit: str = "座"


_NOTHING = Said("")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: its state, and `value` of a number.

    rule, said: why it is unreadable, or how an unusual number was understood.
    """

    state: State
    value: int | None = None
    rule: Rule | None = None
    said: Said = _NOTHING


@lru_cache(maxsize=8192)
def plain(raw: str, type: str) -> Reading | None:
    """A count in plain digits, as nearly every cell has: it needs nothing beside it. None for all else."""
    if type in (NUMBER, CELL_TEXT) and raw.isascii() and raw.isdigit() and len(raw) < 6:
        return Reading(State.NUMBER, int(raw))
    return None


def read(raw: str, type: str, context: Context) -> Reading:
    """One cell of the form, by its text and its type."""
    if type in _BY_TYPE:
        rule, variant = _BY_TYPE[type]
        return refused(rule, variant, raw, context)
    text = _SPACES.sub(" ", _UNSEEN.sub("", raw)).strip().translate(_WIDE)
    text = text.lstrip("'’")  # what marks a number as text, typed once too often
    if len(text) > _LONGEST:
        return refused(UNREADABLE_FIGURE, "", raw, context)
    if type == SHOWN:
        return _otherwise_shown(text, raw, context)
    if type == BLANK or text in DASHES or (text in _NO_TASK and context.target == 0):
        return _BLANK
    if text in _NOT_STARTED:
        return Reading(State.NOT_STARTED)
    if _UNCHANGED.fullmatch(text):
        return Reading(State.UNCHANGED)
    return _number(text, raw, context) or _in_context(text, raw, context) or _refusal(text, raw, context)


_BLANK = Reading(State.BLANK)
_BY_TYPE = {
    ERROR: (ERROR_FIGURE, ""),
    UNCALCULATED: (UNCALCULATED_FORMULA, ""),
    DATE: (DATE_FIGURE, ""),
    SHARED: (MERGED_FIGURE, "cells"),
    RAGGED: (RAGGED_ROW, ""),
    BOOLEAN: (UNREADABLE_FIGURE, "no_count"),
    PERCENT: (UNREADABLE_FIGURE, "share"),
}


def is_unchanged(remark: str) -> bool:
    """P03: a remark that says nothing but 本周无进展."""
    return bool(remark) and bool(_UNCHANGED.fullmatch(remark.strip()))


def refused(rule: Rule, variant: str, raw: str, context: Context, **words: object) -> Reading:
    """What cannot be used, and why."""
    known = {"raw": raw, "closing": context.closing, "unit": context.unit, "target": context.target}
    return Reading(State.UNREADABLE, None, rule, rule.say(variant, **known, **words))


def _number(text: str, raw: str, context: Context) -> Reading | None:
    text = _BRACKETED_UNIT.sub("", text)
    bare = text[:-1].strip() if text.endswith(UNITS) else text
    if not (_WHOLE.fullmatch(bare) or _EXPONENT.fullmatch(bare) or _NOISE.fullmatch(bare)):
        return None
    value = float(f"{float(bare.replace(',', '').replace(' ', '')):.15g}")  # 91.00000000000001 is 91 to Excel
    if value >= _LARGEST:
        return refused(IMPOSSIBLE_FIGURE, "", raw, context)
    return Reading(State.NUMBER, int(value)) if value == int(value) else None


# ---- read beside the target or last time's figure --------------------------------------------------------------

_BRACKETED = re.compile(r"(?P<done>\d+)\s*\((?P<word>[^\d()]*)(?P<part>\d+)[户座个]?\)")
_OUT_OF = re.compile(r"(?P<done>\d+)\s*/\s*(?P<target>\d+)")
_CHINESE = re.compile(rf"[{_SIGNS}〇两{''.join(_SCALES)}]+")
_CUT_SHORT = re.compile(rf".*(?P<scale>[百千])(?P<digit>[{_SIGNS[1:]}])")  # 一百二


def _in_context(text: str, raw: str, context: Context) -> Reading | None:
    bare = text[:-1].strip() if text.endswith(UNITS) else text
    if match := _BRACKETED.fullmatch(bare):
        return _bracketed(match, raw, context)
    if match := _OUT_OF.fullmatch(bare):
        done, target = int(match["done"]), int(match["target"])
        if target == context.target:
            return _understood(done, "", raw, target=target)
        return refused(UNREADABLE_FIGURE, "other_target", raw, context)
    value = chinese(bare) if _CHINESE.fullmatch(bare) else None
    if value is not None:
        return _understood(value, "chinese", raw)
    if (match := _CUT_SHORT.fullmatch(bare)) and _CHINESE.fullmatch(bare):
        return _cut_short(bare, match, raw, context)
    return None


def _cut_short(text: str, match: re.Match[str], raw: str, context: Context) -> Reading | None:
    """一百二 is 120 in speech, and perhaps 102 from who types it: two counts, so neither."""
    rest, digit, scale = text[:-1], match["digit"], match["scale"]
    large, small = chinese(f"{rest}{digit}{'百' if scale == '千' else '十'}"), chinese(f"{rest}零{digit}")
    if large is None or small is None:
        return None
    return refused(UNREADABLE_FIGURE, "numeral", raw, context, large=large, small=small)


def _understood(value: int, variant: str, raw: str, **words: object) -> Reading:
    return Reading(State.NUMBER, value, READ_IN_CONTEXT, READ_IN_CONTEXT.say(variant, raw=raw, value=value, **words))


def _bracketed(match: re.Match[str], raw: str, context: Context) -> Reading | None:
    """V12: 15（含上周3） counts as 15 only if 3 was last time's figure, 15（本周12） only if 15 − 12 was."""
    done, part, word = int(match["done"]), int(match["part"]), match["word"]
    if re.search(r"上周|上期|上次|以前|前期", word):
        before = part
    elif re.search(r"本周|新增|本期", word):
        before = done - part
    else:
        return None
    if context.previous == before:
        return _understood(done, "previous", raw, previous=before)
    known = "（此前没有可用的数）" if context.previous is None else context.previous
    return refused(UNREADABLE_FIGURE, "other_previous", raw, context, previous=known)


def chinese(text: str) -> int | None:
    """十二, 一百二十, 两百零五 -> the number; None for what is not written by the rules (一二〇, 百十, 一百二, 一千二十)."""
    if text == "两":
        return 2
    text = re.sub("两(?=[百千])", "二", text.replace("〇", "零"))
    if len(text) > _LONGEST_NUMERAL or "两" in text:
        return None
    number, digit = 0, 0
    for sign in text:
        if sign in _SCALES:
            number, digit = number + (digit or 1) * _SCALES[sign], 0
        else:
            digit = _SIGNS.index(sign)
    number += digit
    return number if text in _spellings(number) else None


_LONGEST_NUMERAL = len("九千九百九十九")


def _spellings(number: int) -> set[str]:
    """How a number below 10 000 is written: a place that is passed over is told by 零, and the end is not."""
    if number < 10:
        return {_SIGNS[number]}
    places = zip(str(number), ("千", "百", "十", "")[-len(str(number)) :], strict=True)
    written = "".join(f"{_SIGNS[int(digit)]}{scale}" if digit != "0" else "零" for digit, scale in places)
    written = re.sub("零+", "零", written).rstrip("零")
    return {written, written.removeprefix("一")} if number < 20 else {written}


# ---- why it is no number ---------------------------------------------------------------------------------------

_ADDED = re.compile(r"(?:\+|(?:本周)?新增|本周(?:完成)?)\s*(?P<added>\d+)[户座个]?")
_BARE = re.compile(r"-?[\d,. ]*(?:E[+-]?\d+)?")
_LETTERS = re.compile(r"(?=.*\d|[Oo]$)[\dlIiOo]+")


def _otherwise_shown(text: str, raw: str, context: Context) -> Reading:
    """What a number format makes of another number is never taken for the figure, whatever it says."""
    reading = _refusal(text, raw, context)
    if _BARE.fullmatch(text) or reading.said == UNREADABLE_FIGURE.say(
        raw=raw, closing=context.closing, unit=context.unit
    ):
        return refused(UNREADABLE_FIGURE, "shown", raw, context)
    return reading


def _refusal(text: str, raw: str, context: Context) -> Reading:
    """The reason that fits, and what to write instead."""
    if match := _ADDED.fullmatch(text):
        return _only_added(int(match["added"]), raw, context)
    if match := _LETTERS.fullmatch(text):  # V18
        meant = int(match[0].translate(str.maketrans("lIiOo", "11100")))
        return refused(UNREADABLE_FIGURE, "letters", raw, context, meant=meant)
    for rule, pattern, variant in _REASONS:
        if pattern.fullmatch(text):
            return refused(rule, variant, raw, context)
    return refused(UNREADABLE_FIGURE, "", raw, context)


def _only_added(added: int, raw: str, context: Context) -> Reading:
    """V13"""
    if context.previous is None:
        return refused(UNREADABLE_FIGURE, "only_added", raw, context)
    total = context.previous + added
    return refused(UNREADABLE_FIGURE, "added", raw, context, previous=context.previous, total=total)


_REASONS: tuple[tuple[Rule, re.Pattern[str], str], ...] = (
    (IMPOSSIBLE_FIGURE, re.compile(r"\d{17}[Xx]"), ""),
    (NEGATIVE, re.compile(r"-\s*\d.*"), ""),
    (UNREADABLE_FIGURE, re.compile(r".*\d\s*%|0?\.\d+"), "share"),
    (NOT_WHOLE, re.compile(r"[\d,]+\.\d+[户座个]?"), ""),
    (DATE_FIGURE, re.compile(r"\d{1,4}年?\d{0,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}.*|\d{4}/\d{1,2}/\d{1,2}.*|\d{1,2}-[A-Za-z]{3}.*"), ""),
    (UNREADABLE_FIGURE, re.compile(r"(约|近|大约|大概|不足|不到|超过?|将近|估计).*|.*(左右|多|余|上下|以上|几)[户座个]?"), "about"),
    (UNREADABLE_FIGURE, re.compile(r"\d+\s*[-~～—–至到]+\s*\d+[户座个]?"), "range"),
    (UNREADABLE_FIGURE, re.compile(r"(同上|〃|″|见附件|见附表|详见.*|见备注)"), "reference"),
    (UNREADABLE_FIGURE, re.compile(r".*(完成|√|✓|✔|全部|完工).*"), "finished"),
    (UNREADABLE_FIGURE, re.compile(r"\d+\s*[*①-⑳²³¹⁰-⁹]+.*|\d+\s*\(?注.*"), "footnote"),
    (UNREADABLE_FIGURE, re.compile(r"[\d\s]+\+[\d\s+]+[户座个]?"), "sum"),
    (UNREADABLE_FIGURE, re.compile(r"\d+(\.\d+)?万.*|true|false|TRUE|FALSE|是|否"), "no_count"),
    (UNREADABLE_FIGURE, re.compile(r".*\d\D+\d.*", re.DOTALL), "several"),
)  # fmt: skip
