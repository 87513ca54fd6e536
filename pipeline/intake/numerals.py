"""One figure as a clerk types it: the number, or why it is none. Nothing is guessed.

Marks are looked at before anything is normalised: NFKC would turn 12① into 121. What can only be understood beside the
target or last time's figure (12/50, 15（含上周3）) is read if the two agree, and goes back if they do not.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.intake.reading.book import BLANK, BOOLEAN, DATE, ERROR, PERCENT, SHARED, UNCALCULATED

NUMBER_READ, EMPTY, NOT_STARTED, UNCHANGED, UNREADABLE = "number", "blank", "not_started", "unchanged", "unreadable"

_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
DASHES = {"", "-", "—", "——", "--", "－", "–", "−", "/", "／", "\\", "无", "×", "*", "＊", "x", "X"}
_NOT_STARTED = {
    "未开工", "尚未开工", "未动工", "未启动", "未实施", "招标中", "施工中", "在建", "待定", "待开工", "筹备中", "准备中", "？", "?", "XX", "xx",
}  # fmt: skip
_UNCHANGED = re.compile(r"(本周)?(无变化|无进展|没有变化|没有进展)|(同|与)上(周|期)(相同|一致|数据)?")
_WIDE = str.maketrans("０１２３４５６７８９，．－＋％（）／＊－−", "0123456789,.-+%()/*--")
_UNITS = ("户", "座", "个")
_WHOLE = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.0+)?")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_LARGEST = 1_000_000
_SIGNS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Context:
    """What a figure is read beside: the closing date in words, its target, last time's figure (None: unknown)."""

    closing: str
    target: int | None = None
    previous: int | None = None

    @property
    def ask(self) -> str:
        return f"请填截至{self.closing}的累计完成数"


@dataclass(frozen=True)
class Reading:
    """What a cell says. state: number (`value`), blank, not_started, unchanged, unreadable.

    rule, message: why it is unreadable, or how an unusual number was understood.
    """

    state: str
    value: int | None = None
    rule: str = ""
    message: str = ""


def read(raw: str, type: str, context: Context) -> Reading:
    """One cell of the form, by its text and its type."""
    if type in _BY_TYPE:
        rule, message = _BY_TYPE[type]
        return _refused(rule, message.format(raw=raw, ask=context.ask))
    text = _SPACES.sub(" ", _UNSEEN.sub("", raw)).strip().translate(_WIDE)
    text = text.lstrip("'’")  # what marks a number as text, typed once too often
    if type == BLANK or text in DASHES:
        return Reading(EMPTY)
    if text in _NOT_STARTED:
        return Reading(NOT_STARTED)
    if _UNCHANGED.fullmatch(text):
        return Reading(UNCHANGED)
    return _number(text, raw, context) or _in_context(text, raw, context) or _refusal(text, raw, context)


_BY_TYPE = {
    ERROR: ("error_figure", "单元格为错误值{raw}，{ask}"),
    UNCALCULATED: ("uncalculated_formula", "公式未计算，请打开保存后重报"),
    DATE: ("date_figure", "单元格是日期，请设为“文本/常规”后重填"),
    SHARED: ("merged_figure", "几格共用一个数，请分村、分新建和整改填报"),
    BOOLEAN: ("unreadable_figure", "“{raw}”不是座数，{ask}"),
    PERCENT: ("unreadable_figure", "完成情况应填数量，不填比例，{ask}"),
}


def is_unchanged(remark: str) -> bool:
    """P03: a remark that says nothing but 本周无进展."""
    return bool(remark) and bool(_UNCHANGED.fullmatch(remark.strip()))


def _refused(rule: str, message: str) -> Reading:
    return Reading(UNREADABLE, None, rule, message)


def _number(text: str, raw: str, context: Context) -> Reading | None:
    bare = text[:-1].strip() if text.endswith(_UNITS) else text
    if not (_WHOLE.fullmatch(bare) or _EXPONENT.fullmatch(bare)):
        return None
    value = float(bare.replace(",", "").replace(" ", ""))
    if value >= _LARGEST:
        return _refused("impossible_figure", f"数值{raw}明显异常，{context.ask}")
    return Reading(NUMBER_READ, int(value)) if value == int(value) else None


# ---- read beside the target or last time's figure --------------------------------------------------------------

_BRACKETED = re.compile(r"(?P<done>\d+)\s*\((?P<word>[^\d()]*)(?P<part>\d+)[户座个]?\)")
_OUT_OF = re.compile(r"(?P<done>\d+)\s*/\s*(?P<target>\d+)")
_CHINESE = re.compile(rf"[{''.join(_SIGNS)}{''.join(_SCALES)}]+")


def _in_context(text: str, raw: str, context: Context) -> Reading | None:
    bare = text[:-1].strip() if text.endswith(_UNITS) else text
    if match := _BRACKETED.fullmatch(bare):
        return _bracketed(match, raw, context)
    if match := _OUT_OF.fullmatch(bare):
        done, target = int(match["done"]), int(match["target"])
        if target == context.target:
            return Reading(NUMBER_READ, done, "read_in_context", f"“{raw}”中{target}为目标数，按{done}采用")
        return _refused("unreadable_figure", f"“{raw}”无法识别为完成数，{context.ask}")
    if _CHINESE.fullmatch(bare):
        value = chinese(bare)
        if value is not None:
            return Reading(NUMBER_READ, value, "read_in_context", f"中文数字“{raw}”按{value}采用")
    return None


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
        return Reading(NUMBER_READ, done, "read_in_context", f"“{raw}”与上次累计{before}勾稽一致，按{done}采用")
    known = "（此前没有可用的数）" if context.previous is None else context.previous
    return _refused("unreadable_figure", f"括号内数与上周累计{known}不符，{context.ask}")


def chinese(text: str) -> int | None:
    """十二, 一百二十, 两百零五 -> the number; None for what is not written by the rules (一二〇, 百十)."""
    if len(text) == 1 and text in _SIGNS:
        return _SIGNS[text]
    total, digit, last = 0, None, 10_000
    for sign in text:
        if sign in _SCALES:
            scale = _SCALES[sign]
            if scale >= last or (digit is None and (scale != 10 or total)) or digit == 0:
                return None
            total, digit, last = total + (digit or 1) * scale, None, scale
        elif digit in (None, 0) and (digit is None or _SIGNS[sign]):
            digit = _SIGNS[sign]
        else:
            return None
    return total + (digit or 0) if total else None


# ---- why it is no number ---------------------------------------------------------------------------------------


def _refusal(text: str, raw: str, context: Context) -> Reading:
    """The reason that fits, and what to write instead."""
    for rule, pattern, say in _REASONS:
        match = pattern.fullmatch(text)
        if match:
            return _refused(rule, say(match, raw, context))
    return _refused("unreadable_figure", f"“{raw}”无法识别为座数，{context.ask}")


def _only_added(match: re.Match[str], _: str, context: Context) -> str:
    """V13"""
    added = int(match["added"])
    if context.previous is None:
        return f"疑似只填本周新增，{context.ask}"
    total = context.previous + added
    return f"疑似只填本周新增；上周累计{context.previous}，若累计为{total}请改填累计数"


def _letters(match: re.Match[str], _: str, context: Context) -> str:
    """V18"""
    meant = match[0].translate(str.maketrans("lIiOo", "11100"))
    return f"含字母，疑为{int(meant)}，{context.ask}"


def _says(words: str) -> Callable[[re.Match[str], str, Context], str]:
    return lambda _, raw, context: words.format(raw=raw, ask=context.ask, target=context.target)


_REASONS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], str, Context], str]], ...] = (
    ("impossible_figure", re.compile(r"\d{17}[Xx]"), _says("数值{raw}明显异常，{ask}")),
    ("negative", re.compile(r"-\s*\d.*"), _says("累计数不能为负；核减请在备注说明并走更正流程")),
    ("unreadable_figure", re.compile(r".*\d\s*%|0?\.\d+"), _says("完成情况应填数量，不填比例，{ask}")),
    ("not_whole", re.compile(r"[\d,]+\.\d+[户座个]?"), _says("实际值为{raw}，座数应为整数，{ask}")),
    ("unreadable_figure", re.compile(r"(?:\+|(?:本周)?新增|本周(?:完成)?)\s*(?P<added>\d+)[户座个]?"), _only_added),
    ("date_figure", re.compile(r"\d{1,4}年?\d{0,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}.*|\d{4}/\d{1,2}/\d{1,2}.*|\d{1,2}-[A-Za-z]{3}.*"), _says("单元格是日期，请设为“文本/常规”后重填")),
    ("unreadable_figure", re.compile(r"(约|近|大约|大概|不足|不到|超过?|将近|估计).*|.*(左右|多|余|上下|以上|几)[户座个]?"), _says("“{raw}”不是确数，{ask}")),
    ("unreadable_figure", re.compile(r"\d+\s*[-~～—–至到]+\s*\d+[户座个]?"), _says("请填确数，不填区间，{ask}")),
    ("unreadable_figure", re.compile(r"(同上|〃|″|见附件|见附表|详见.*|见备注)"), _says("请填数字，{ask}")),
    ("unreadable_figure", re.compile(r".*(完成|√|✓|✔|全部|完工).*"), _says("请填数字（目标为{target}），{ask}")),
    ("unreadable_figure", re.compile(r"\d+\s*[*①-⑳²³¹⁰-⁹]+.*|\d+\s*\(?注.*"), _says("数字带脚注标记，请去掉标记，{ask}")),
    ("unreadable_figure", re.compile(r"[\d\s]+\+[\d\s+]+[户座个]?"), _says("请填合计后的数字，{ask}")),
    ("unreadable_figure", re.compile(r"\d+(\.\d+)?万.*|true|false|TRUE|FALSE|是|否"), _says("“{raw}”不是座数，{ask}")),
    ("unreadable_figure", re.compile(r"(?=.*\d|[Oo]$)[\dlIiOo]+"), _letters),
    ("unreadable_figure", re.compile(r".*\d\D+\d.*", re.DOTALL), _says("“{raw}”一格内有多个数，{ask}")),
)  # fmt: skip
