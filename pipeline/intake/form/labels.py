"""What the labels of a row say: a village's, a total's under any of its names, an example, a line of column codes."""

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.intake.form.grid import squeezed
from pipeline.records import Role

_CORE = r"(?P<core>总合计|合计|总计|小计|总数|累计|共计|汇总|总和|求和|grandtotal|subtotal|total|sum)"
_AROUND = re.compile(
    r"全镇|全区|全街道|全乡|本镇|本区|本街道|各村|各镇|所有|以上|全部|其中|省级|区级|市级|\d+个?村|村|座|户|个|数量|数|额|情况|单位|新建|整改|"
    r"[和及与、：（）【】〔〕\[\]《》“”/\-—]"
)
_TOTAL = re.compile(_CORE, re.IGNORECASE)
_BARE = frozenset(("计", "全镇", "全区", "全街道"))
_NAME = re.compile(r"[\u4e00-\u9fff]{1,10}(?:镇|街道|区|乡|村|社区|园)")
_EXAMPLE = re.compile(
    r"[（(【]?(?:填写|填报|填表)?(?:示例|样例|范例|例如|例)[）)】：:].*|[（(【]?(?:填写|填报|填表)?(?:示例|样例|范例|例)\d?"
)
_CIRCLED = {ord("①") + number: str(number + 1) for number in range(20)}
_CODE = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]|[栏列行][次号]|序号|[（(]?\d{1,2}[）)]?(?:[=＝].+)?")


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
    return Role.IN_SUBTOTAL if _NAME.fullmatch(whole) or label.endswith(("小计", "合计")) else Role.IN_ROW


def is_example(labels: Sequence[str]) -> bool:
    """例：, （示例）, 填写示例: the row shows how the form is to be filled in."""
    return any(_EXAMPLE.fullmatch(squeezed(label)) for label in labels if label)


def are_codes(labels: Sequence[str], figures: Sequence[str]) -> bool:
    """甲 | 乙 | 1 | 2 | 3 | 4: the line that numbers the columns of a statistical form."""
    words = [squeezed(label).translate(_CIRCLED) for label in labels if label]
    numbers = [re.match(r"[（(]?(\d{1,2})", squeezed(text).translate(_CIRCLED)) for text in figures]
    if not words or not all(_CODE.fullmatch(word) for word in words) or None in numbers:
        return False
    order = [int(match[1]) for match in numbers if match]
    return all(one < following for one, following in itertools.pairwise(order))
