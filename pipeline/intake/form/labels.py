"""What the labels of a row say: a village's, a total's under any of its names, an example, a line of column codes."""

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.intake.form.grid import squeezed
from pipeline.intake.form.heading_words import understood
from pipeline.records import Role

_CORE = r"(?P<core>总合计|合计|总计|小计|总数|累计|共计|汇总|总和|求和|∑|Σ|grandtotal|subtotal|total|sum)"
_AROUND = re.compile(
    r"共\d*村|全镇|全区|全街道|全乡|本镇|本区|本街道|各村|各镇|所有|以上|全部|其中|省级|区级|市级|\d+个?村|村|座|户|个|数量|数|额|情况|单位|新建|整改|"
    r"[和及与、：（）【】〔〕\[\]《》“”/\-—]"
)
_TOTAL = re.compile(_CORE, re.IGNORECASE)
_BARE = frozenset(("计", "全镇", "全区", "全街道"))
_NAME = re.compile(r"[\u4e00-\u9fff]{1,10}(?:镇|街道|区|乡|村|社区|园)")
_EXAMPLE = re.compile(
    r"[（(【]?(?:填写|填报|填表)?(?:示例|样例|范例|例如|例)[）)】：:].*|[（(【]?(?:填写|填报|填表)?(?:示例|样例|范例|例)\d?"
)
_COMPARED = re.compile(r"序时|平均|应|差额|差距|较上[周期]|较序时|增减|占比|排名|位次|上[周期]|年度|全[区镇]|各[村镇]")
_HINT = re.compile(r"(?:填[写报表])?(?:说明|要求|须知)|备注|注")
_SERIES: tuple[Sequence[str], ...] = (
    [str(number) for number in range(100)], "甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOP", "abcdefghijklmnop", "一二三四五六七八九十",
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
)  # fmt: skip
_CIRCLED = {ord("①") + number: str(number + 1) for number in range(20)}
_CODE = re.compile(
    r"[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]|[一二三四五六七八九十]|[IVX]{1,4}|[栏列行][次号]|序号|[（(]?\d{1,2}[）)]?(?:[=＝].+)?"
)


def role(labels: Sequence[str]) -> Role:
    """合计 in any label is a total; 包场镇小计, 包场镇 汇总 a subtotal. 四甲村, a village called as the town, is neither."""
    return next((found for label in labels if (found := _role(squeezed(label))) is not Role.IN_ROW), Role.IN_ROW)


@lru_cache(maxsize=4096)
def _role(label: str) -> Role:
    match = _TOTAL.search(label)
    if not match:
        return Role.IN_TOTAL if label.rstrip("：") in _BARE else Role.IN_ROW
    rest = _AROUND.sub("", _TOTAL.sub("", label))
    if not rest:
        is_part = match["core"].lower() in ("小计", "subtotal")
        return Role.IN_SUBTOTAL if is_part else Role.IN_TOTAL
    whole = _TOTAL.sub("", label).strip("：（）")
    return (
        Role.IN_SUBTOTAL
        if _NAME.fullmatch(whole) or _NAME.fullmatch(rest) or label.endswith(("小计", "合计"))
        else Role.IN_ROW
    )


def is_example(labels: Sequence[str]) -> bool:
    """例：, （示例）, 填写示例: the row shows how the form is to be filled in."""
    return any(_EXAMPLE.fullmatch(squeezed(label)) for label in labels if label)


def is_summary(labels: Sequence[str]) -> bool:
    """完成率, 序时进度, 本周新增 under the 合计: a line that counts or compares all of the rows above, in other measures."""
    words = [word for label in labels if (word := squeezed(label).rstrip("：").replace("无", "").strip("—-/"))]
    return bool(words) and all(map(_is_measure, words))


@lru_cache(maxsize=1024)
def _is_measure(word: str) -> bool:
    rest = _COMPARED.sub("", word)
    if rest in ("", "进度"):
        return rest != word
    meaning = understood(rest)
    return bool(meaning.measures) and not _AROUND.sub("", meaning.rest)


def is_hint(labels: Sequence[str]) -> bool:
    """说明, 填写说明: the line says in words how the columns are to be filled in, or what there is to say of them."""
    first = next((squeezed(label) for label in labels if label), "")
    return bool(_HINT.fullmatch(first))


def are_codes(labels: Sequence[str], figures: Sequence[str]) -> bool:
    """甲 | 乙 | 1 | 2 | 3 | 4, A | B | C …: the line that numbers the columns of a statistical form."""
    words = [word for label in labels if (word := squeezed(label).translate(_CIRCLED)) not in ("", "—", "-")]
    codes = [squeezed(text).translate(_CIRCLED) for text in figures]
    if not words or not all(_CODE.fullmatch(word) for word in words):
        return False
    return any(
        all(order) and _rises(order) for order in ([_ordinal(code, signs) for code in codes] for signs in _SERIES)
    )


def _ordinal(code: str, signs: Sequence[str]) -> int:
    """Which sign of a series a code begins with, from 1; 0 if it is none: （3）=1+2 is 3."""
    match = re.fullmatch(r"[（]?(\d{1,2}|[^\d（）=＝]{1,4})[）]?(?:[=＝≤≥<>].+)?", code)
    return signs.index(match[1]) + 1 if match and match[1] in signs else 0


def _rises(order: Sequence[int]) -> bool:
    return all(one < following for one, following in itertools.pairwise(order))
