"""退回单: what one town must put right and what it is asked to explain, as text to paste."""

from collections.abc import Iterator, Sequence

from pipeline.products.feedback.words import Edition, line
from pipeline.rules import Finding, Level

MUST, EXPLAIN = "必须改正", "请予说明"
WHY = {
    MUST: "改好重报或书面裁定以前不采用",
    EXPLAIN: "这些问题本身不影响采用，请在备注里说明或回复；数有误的请改好重报",
}
UNKNOWN = "无法确定区镇"

Items = dict[str, list[Finding]]


def items(findings: Sequence[Finding]) -> dict[str, Items]:
    """town -> its findings in two parts, "" for files that are nobody's; a town that need not answer is not in it."""
    by_town: dict[str, Items] = {}
    for row in findings:
        if row.level is not Level.NOTE and row.is_for_town:
            part = MUST if row.is_to_mend else EXPLAIN
            by_town.setdefault(row.town, {MUST: [], EXPLAIN: []})[part].append(row)
    return by_town


def lines(edition: Edition, town: str, parts: Items) -> Iterator[str]:
    """The text, line by line."""
    yield f"退回单　{town or UNKNOWN}"
    yield f"{edition.label}每周进展情况汇总表　{edition.stamp}"
    yield f"截止时间：{edition.until}（已过的，请尽快）"
    if not town:
        yield "下列文件看不出是哪个区镇报送的，请报送的区镇认领。"
    for title, (part, rows) in zip("一二", parts.items(), strict=True):
        yield ""
        yield f"{title}、{part}：{f'共{len(rows)}处。{WHY[part]}。' if rows else '没有。'}"
        yield from (_item(number, row, edition) for number, row in enumerate(rows, 1))


def _item(number: int, row: Finding, edition: Edition) -> str:
    """The line as it is, with the village that its cell stands for. No 请于…前: a later revision is read after it."""
    about = subject(row)
    return f"{number}. {f'{about}　' if about else ''}{line(row, f'截止时间：{edition.until}。')}"


def subject(row: Finding) -> str:
    """盐灶村 新建, as much of it as is known."""
    return " ".join(part for part in (row.village, row.kind) if part)
