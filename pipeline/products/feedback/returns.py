"""退回单: what one town must put right and what it is asked to explain, as text to paste; only the latter: 待说明."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.params.levels import Words
from pipeline.products.feedback.items import WHY, Item, Part, Parts
from pipeline.products.feedback.words import Edition
from pipeline.rules import Level


def sender(town: str, words: Words) -> str:
    """Whose files they are; those of which it cannot be told are 无法确定区镇."""
    return town or f"无法确定{words.member}"


def title(parts: Parts) -> str:
    """A town that is only asked to explain is sent nothing back."""
    return "退回单" if Part.MEND in parts else Level.QUERY.label


def request(edition: Edition, parts: Parts) -> str:
    """Until when, said once; it is true of a later revision too."""
    what = "改好重报" if Part.MEND in parts else "在备注写明或回复"
    return f"请于{edition.until} 前{what}；已过时限的，请尽快"


def lines(edition: Edition, town: str, parts: Parts) -> Iterator[str]:
    """The text, line by line."""
    yield f"{title(parts)}　{sender(town, edition.words)}　{edition.label}"
    yield f"{request(edition, parts)}。"
    if not town:
        yield f"下列文件看不出是哪个{edition.words.member}报送的，请报送的{edition.words.member}认领。"
    for part, items in parts.items():
        yield ""
        yield f"{part}（{len(items)}处）：{WHY[part]}。"
        yield from _items(items)
    yield ""
    yield edition.stamp


def _items(items: Sequence[Item]) -> Iterator[str]:
    """File and sheet once, above their lines."""
    numbered = enumerate(items, 1)
    for (file, sheet), of_sheet in groupby(numbered, key=lambda each: each[1].place):
        if file:
            yield f"《{file}》{f' {sheet}' if sheet else ''}"
        yield from (_line(number, item) for number, item in of_sheet)


def _line(number: int, item: Item) -> str:
    """1. E4 盐灶村新建：属实请在备注写明，填错请改。填的是“131”，超目标11座（目标为120）。"""
    where = " ".join(filter(None, (item.at.cell, item.subject)))
    why = "，".join(filter(None, (_typed(item), item.why)))
    return f"{number}. {f'{where}：' if where else ''}{''.join(f'{said}。' for said in (item.ask, why) if said)}"


def _typed(item: Item) -> str:
    """What stands in the cell, unless the reason says it."""
    raw = item.at.raw
    return f"填的是“{raw}”" if raw and f"“{raw}”" not in item.why else ""
