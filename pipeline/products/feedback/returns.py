"""退回单: what one town must put right and what it is asked to explain, as text to paste."""

from collections.abc import Iterator

import pandas as pd

from pipeline.products.feedback.words import Edition, line
from pipeline.rules import BLOCKING, NOTE
from pipeline.tables import Row, rows

MUST, EXPLAIN = "必须改正", "请予说明"
WHY = {
    MUST: "改好重报或书面裁定以前不采用",
    EXPLAIN: "这些问题本身不影响采用，请在备注里说明或回复；数有误的请改好重报",
}
UNKNOWN = "无法确定区镇"
_NOT_FOR_TOWNS = ("stale_decision", "too_regular", "no_record", "missing_town")  # of missing_town 催报 speaks

Items = dict[str, list[Row]]


def is_for_town(row: Row) -> bool:
    """Whether a town should read a finding; the others are for the office."""
    return row["rule"] not in _NOT_FOR_TOWNS


def items(findings: pd.DataFrame) -> dict[str, Items]:
    """town -> its findings in two parts, "" for files that are nobody's; a town that need not answer is not in it."""
    found: dict[str, Items] = {}
    for row in rows(findings):
        if row["level"] != NOTE and is_for_town(row):
            part = MUST if row["level"] in BLOCKING else EXPLAIN
            found.setdefault(row["town"], {MUST: [], EXPLAIN: []})[part].append(row)
    return found


def lines(edition: Edition, town: str, parts: Items) -> Iterator[str]:
    """The text, line by line."""
    yield f"退回单　{town or UNKNOWN}"
    yield f"{edition.label}每周进展情况汇总表　{edition.stamp}"
    yield f"截止时间：{edition.until}（已过的，请尽快）"
    if not town:
        yield "下列文件看不出是哪个区镇报送的，请报送的区镇认领。"
    for title, (part, found) in zip("一二", parts.items(), strict=True):
        yield ""
        yield f"{title}、{part}：{f'共{len(found)}处。{WHY[part]}。' if found else '没有。'}"
        yield from (_item(number, row, edition) for number, row in enumerate(found, 1))


def _item(number: int, row: Row, edition: Edition) -> str:
    """The line as it is, with the village that its cell stands for. No 请于…前: a later revision is read after it."""
    about = subject(row)
    return f"{number}. {f'{about}　' if about else ''}{line(row, f'截止时间：{edition.until}。')}"


def subject(row: Row) -> str:
    """盐灶村 新建, as much of it as is known."""
    return " ".join(part for part in (row["village"], row["kind"]) if part)
