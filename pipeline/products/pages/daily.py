"""daily/DATE.html: one day between two weeks on one A4 page."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipeline.printing import DASH, month_day, number, percent, points, signed
from pipeline.products import dispatch
from pipeline.products.dispatch import Dispatch
from pipeline.products.pages import html
from pipeline.records import KINDS, NO_TASK, Completion, Key, Light, Progress
from pipeline.rules import Level

_MOST_ROWS = 28  # of both tables together that still print legibly on the page
_MOST_QUESTIONS = 4
_LONGEST_REMARK, _LONGEST_QUESTION = 16, 100  # signs


def daily_html(of: Dispatch) -> bytes:
    """The page. Every figure in it is one of the day's tables."""
    towns, villages = sorted(of.towns, key=lambda row: row.town not in of.sent)[:_MOST_ROWS], _villages(of)
    listed = villages[: _MOST_ROWS - len(towns)]
    asked = [row for row in of.tables.findings if row.level is not Level.NOTE]
    page = html.rendered(
        "daily.html.j2",
        style=html.style("brief.css", "daily.css"),
        heading=f"{of.programme.title}{dispatch.title(of)}",
        subtitle=f"{of.programme.office}　不存档，不作上报依据",
        figures=list(_key_figures(of)),
        paragraph="".join(dispatch.sentences(of)),
        against=f"{of.against() or '较上次'}新增",
        unit=of.programme.unit,
        words=of.words,
        lines=[_line(row, of) for row in towns],
        due=_length(of.whole().expected),
        note=_note(of, len(of.towns) - len(towns)),
        villages=listed,
        more_villages=len(villages) - len(listed),
        questions=[
            _shortened(f"【{row.level.label}】{row.message}", _LONGEST_QUESTION) for row in asked[:_MOST_QUESTIONS]
        ],
        more_questions=max(0, len(asked) - _MOST_QUESTIONS),
        density=_density(len(towns) + len(listed)),
    )
    return html.closed(page)


def _density(rows: int) -> str:
    """How close the rows stand, so that the page stays one page."""
    return next(name for most, name in ((15, "open"), (21, "close"), (_MOST_ROWS, "tight")) if rows <= most)


def _key_figures(of: Dispatch) -> Iterator[dict[str, str]]:
    """Four figures: label, value, detail."""
    whole, unit = of.whole(), of.programme.unit
    left = (of.programme.schedule.end - of.day).days
    until = f"距到期{left}天" if left > 0 else f"已到期{-left}天" if left else "今日到期"
    yield {"label": "序时进度", "value": percent(whole.expected), "detail": f"{month_day(of.day)}，{until}"}
    for kind in KINDS:
        row = of.whole(kind)
        growth = f"，{of.against()}新增\u00a0{signed(row.added)}" if row.added is not None else ""
        detail = f"{number(row.done)} / {row.target} {unit}{growth}" if row.target else NO_TASK
        yield {"label": f"{kind}完成率", "value": percent(row.rate), "detail": detail}
    since = f"其余沿用；最近存档截至{month_day(of.since)}" if of.since else "还没有存档的周"
    yield {"label": f"当日有数的{of.words.member}", "value": f"{len(of.sent)} / {len(of.towns)}", "detail": since}


def _line(row: Completion, of: Dispatch) -> dict[str, Any]:
    """One town of the table: words as computed, and the length of its bar in percent of the target."""
    kinds = [of.of_kind(row.town, kind) for kind in KINDS]
    return {
        "town": row.town,
        "kinds": [{"rate": percent(kind.rate), "is_behind": kind.is_behind} for kind in kinds],
        "rate": percent(row.rate),
        "bar": _length(row.rate),
        "is_behind": row.is_behind,
        "is_even": row.light is Light.ON_SCHEDULE,
        "is_old": row.town not in of.sent,
        "gap": points(row.gap),
        "added": signed(row.added),
        "source": of.source(row.town),
    }


def _length(rate: Decimal | None) -> str:
    """A rate in percent of the target's length; the bar ends there, its rate is printed in full."""
    return "0" if rate is None else f"{min(rate, Decimal(1)) * 100:.2f}"


def _villages(of: Dispatch) -> list[dict[str, Any]]:
    """The villages of which a figure of this day counts, both kinds beside one another."""
    rows = [row for row in of.tables.progress if row.town in of.sent]
    places = dict.fromkeys((row.town, row.village) for row in rows if row.is_own and row.target)
    by_key = {row.key: row for row in rows}
    return [
        {
            "place": f"{town}{village}",
            "kinds": [_figure(by_key[Key(town, village, kind)], of) for kind in KINDS],
            "remark": _shortened(by_key[Key(town, village, KINDS[0])].remark, _LONGEST_REMARK),
        }
        for town, village in places
    ]


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def _figure(row: Progress, of: Dispatch) -> dict[str, str]:
    """One village × kind: 52 / 120, and its growth, or that it is an earlier figure."""
    if not row.target:
        return {"done": DASH, "added": NO_TASK}
    added = signed(row.added) if row.is_own else f"沿用{of.days([row])}" if row.done is not None else "缺数"
    return {"done": f"{number(row.done)} / {row.target}", "added": added}


def _note(of: Dispatch, left_out: int) -> str:
    """What a reader must know of the table."""
    notes = [f"竖线为{month_day(of.day)}序时进度{percent(of.whole().expected)}，浅色底为目标任务。"]
    if len(of.sent) < len(of.towns):
        notes.append("空心条：当日没有可用的数，为沿用的数。")
    if left_out:
        notes.append(f"另有{of.words.many(left_out)}略。")
    return "".join(notes)
