"""brief.html and brief.txt: the week on one A4 page, and its paragraph to paste into a chat."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.printing import DASH, month_day, number, percent, points, signed, thousands
from pipeline.products import qr, sentences
from pipeline.products.pages import html
from pipeline.products.sentences import Story
from pipeline.records import KINDS, NO_TASK, Completion, Light, Scope
from pipeline.rules import Finding

_MOST_ROWS = 34  # that still print legibly on the page
_MOST_LATE = 4
_PARTLY = "*"
_MOST_RATE = Decimal("1.5")  # a bar is cut there; its rate is printed in full


def brief_text(story: Story, findings: Sequence[Finding], is_final: bool) -> bytes:
    """The paragraph, what has changed, and the matters for the meeting. With a BOM: Notepad and WPS then read UTF-8."""
    parts = [
        sentences.title(story.programme, story.week, is_final),
        sentences.paragraph(story),
        f"{sentences.compared_with(story)}：{''.join(sentences.compared(story))}",
        f"需要会上研究：{''.join(sentences.numbered(sentences.matters(story, findings))) or '无。'}",
    ]
    return ("\n".join(parts) + "\n").encode("utf-8-sig")


def brief_html(story: Story, findings: Sequence[Finding], is_final: bool, check_code: str, seal: str) -> bytes:
    """The page. Every figure in it is a published one of `completion`."""
    ranked, left_out = _shortened(sorted(story.towns, key=_order))
    axis = min(max([Decimal(1), *(row.rate for row in ranked if row.rate is not None)]), _MOST_RATE)
    page = html.rendered(
        "brief.html.j2",
        style=html.style("brief.css"),
        heading=f"{story.programme.title}每周简报",
        subtitle=f"{sentences.title(story.programme, story.week, is_final)}　{story.programme.office}",
        figures=_key_figures(story),
        paragraph=sentences.paragraph(story),
        unit=story.programme.unit,
        words=story.words,
        lines=[_line(row, story, axis) for row in ranked],
        due=_length(story.district().expected, axis),
        full=_length(Decimal(1), axis),
        note=_note(story, left_out),
        compared_with=sentences.compared_with(story),
        compared=sentences.compared(story),
        matters=sentences.matters(story, findings),
        check_code=check_code,
        qr=qr.svg(seal),
        density=_density(len(ranked)),
    )
    return html.closed(page)


def _order(row: Completion) -> tuple[bool, int, Decimal]:
    """By rank; then, without one, by the rate that is carried; last what has no rate."""
    return row.rate is None, row.rank or 1_000, -(row.rate or Decimal(0))


def _shortened(ranked: list[Completion]) -> tuple[list[Completion], int]:
    """The highest and the lowest of a long list, and how many were left out."""
    if len(ranked) <= _MOST_ROWS:
        return ranked, 0
    half = _MOST_ROWS // 2
    return [*ranked[:half], *ranked[-half:]], len(ranked) - 2 * half


def _key_figures(story: Story) -> list[dict[str, str]]:
    """Four figures: (label, value, detail)."""
    whole, unit = story.district(), story.programme.unit
    left = (story.programme.schedule.end - story.week).days
    until = f"距到期{left}天" if left > 0 else f"已到期{-left}天" if left else "今日到期"
    figures = [("序时进度", percent(whole.expected), f"{month_day(story.week)}，{until}")]
    for kind in KINDS:
        row = story.district(kind)
        detail = f"{thousands(row.done)} / {thousands(row.target)} {unit}，{story.since}新增 {signed(row.added)}"
        figures.append((f"{kind}完成率", percent(row.rate), detail if row.target else NO_TASK))
    figures.append(_late(story))
    return [{"label": label, "value": value, "detail": detail} for label, value, detail in figures]


def _late(story: Story) -> tuple[str, str, str]:
    """Who is behind of those that can be judged, and of whom one kind is; after the end who has not finished."""
    if story.is_over:
        late = [row.town for row in story.unfinished]
        return f"未完成{story.words.member}", f"{len(late)} / {len(story.towns)}", _names(late) or "没有"
    found = [lag for lag in sentences.lags(story) if not lag.is_old]
    whole, kinds = ([lag for lag in found if lag.is_whole is is_whole] for is_whole in (True, False))
    single = f"单项：{_names([lag.name for lag in kinds])}" if kinds else ""
    said = "；".join(filter(None, (_names([lag.town for lag in whole]), single)))
    count = f"{len(whole)} / {len(story.judged)}" if story.judged else DASH
    return f"落后{story.words.member}", count, said or ("没有" if story.judged else "还没有本周的完成率")


def _names(towns: Sequence[str]) -> str:
    return "、".join(towns[:_MOST_LATE]) + ("等" if len(towns) > _MOST_LATE else "")


def _line(row: Completion, story: Story, axis: Decimal) -> dict[str, Any]:
    """One town of the table: words as published, and the length of its bar in percent of the cell."""
    kinds = {one.kind: one for one in story.now if one.town == row.town and one.scope == Scope.TOWN}
    return {
        "rank": number(row.rank),
        "town": row.town,
        "kinds": [percent(kinds[kind].rate) for kind in KINDS],
        "rate": percent(row.rate) + (_PARTLY if _is_partly_old(row, story) else ""),
        "bar": _length(row.rate, axis),
        "is_behind": row.is_behind,
        "is_even": row.light is Light.ON_SCHEDULE,
        "is_old": row.is_carried,
        "lead": signed(row.lead),
        "gap": points(row.gap),
        "needed": thousands(row.needed_per_week),
        "state": row.state,
    }


def _is_partly_old(row: Completion, story: Story) -> bool:
    return row.is_judged and bool(story.borrowed(row.town))


def _length(rate: Decimal | None, axis: Decimal) -> str:
    """A rate on the bars' axis in percent of its length."""
    return "0" if rate is None else f"{min(rate, axis) / axis * 100:.2f}"


def _note(story: Story, left_out: int) -> str:
    """What a reader must know of the table."""
    if not story.towns:
        return "本年度没有整村推进任务。"
    notes = [f"竖线为序时进度{percent(story.district().expected)}，浅色底为目标任务。差距＝完成数－目标数×序时进度。"]
    notes.append(sentences.behind_means(story.programme))
    free = [town for town in story.programme.towns if town not in {row.town for row in story.towns}]
    if any(row.is_carried for row in story.towns):
        notes.append("空心条：本周没有可用的数，沿用上次累计数，不排位次。")
    if any(_is_partly_old(row, story) for row in story.towns):
        notes.append(f"{_PARTLY}：个别数未采用，含沿用上次的数。")
    if free:
        notes.append(f"{'、'.join(free)}没有任务，不列。")
    if left_out:
        notes.append(f"中间{story.words.many(left_out)}略，见汇总表“{story.words.by_member}汇总”。")
    return "".join(notes)


def _density(count: int) -> str:
    """How close the rows stand, so that the page stays one page."""
    return next(name for most, name in ((12, "open"), (20, "close"), (_MOST_ROWS, "tight")) if count <= most)
