"""每日调度 in words: what came on one day, beside the last sealed week and that day's 序时进度.

A figure that was not sent that day is an earlier one, and is said to be, with its date. Growth is named by what it is
against.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.printing import month_day, percent, thousands
from pipeline.products.sentences import slower
from pipeline.products.sentences.wording import MOST_PLACES, against_schedule, grown, listed
from pipeline.records import KINDS, NOT_USED, Completion, Key, Kind, Light, Previous, Progress, Scope, Sent, Status
from pipeline.rules import Finding, Level
from pipeline.tables import Tables


@dataclass(frozen=True)
class Dispatch:
    """One day between two weeks. since: the closing date of the last sealed week, None before the first.

    tables: of the day, as a week's. before: the last accepted figure of each village × kind.
    """

    programme: Programme
    day: dt.date
    since: dt.date | None
    tables: Tables
    before: Mapping[Key, Previous]

    @property
    def words(self) -> Words:
        """What the office's level is called."""
        return self.programme.words

    def listed(self, members: Sequence[str]) -> str:
        """Towns, or what is said of each of them, cut where there are too many."""
        return listed(members, f"个{self.words.member}")

    @property
    def open(self) -> list[Finding]:
        """What sets a figure aside until somebody has settled it."""
        return [row for row in self.tables.findings if row.is_blocking]

    @property
    def towns(self) -> list[Completion]:
        """The 合计 rows of the towns with a task, in the form's order."""
        rows = (row for row in self.tables.completion if row.scope is Scope.TOWN and row.kind == Kind.TOTAL)
        return [row for row in rows if row.target]

    def whole(self, kind: str = Kind.TOTAL) -> Completion:
        """The sum of all towns."""
        return next(row for row in self.tables.completion if row.scope is Scope.DISTRICT and row.kind == kind)

    def of_kind(self, town: str, kind: str) -> Completion:
        """One kind of one town."""
        rows = (row for row in self.tables.completion if row.scope is Scope.TOWN)
        return next(row for row in rows if (row.town, row.kind) == (town, kind))

    def parts(self, town: str = "", kind: str = Kind.TOTAL) -> list[Progress]:
        """The figures with a task that a town's (of all without a name) sum is made of."""
        rows = (row for row in self.tables.progress if row.target and town in ("", row.town))
        return [row for row in rows if kind in (Kind.TOTAL, row.kind)]

    @cached_property
    def sent(self) -> list[str]:
        """The towns of which a figure of this day counts."""
        own = {part.town for part in self.parts() if part.is_own}
        return [row.town for row in self.towns if row.town in own]

    def source(self, town: str) -> str:
        """Whose figures a town's sum is made of: 当日, 部分沿用5月19日, 沿用5月19日; why not, where it has sent a form."""
        parts = self.parts(town)
        status = next((row.status for row in self.tables.submissions.towns if row.town == town), Sent.MISSING)
        why = f"{status.label}，" if status in NOT_USED and status is not Sent.MISSING else ""
        words = [f"沿用{days}"] if (days := self.days(parts)) else []
        words += ["缺数"] if any(part.status is Status.MISSING for part in parts) else []
        if any(part.is_own for part in parts):
            return f"部分{'、'.join(words)}" if words else "当日"
        return why + "、".join(words)

    def days(self, parts: Iterable[Progress]) -> str:
        """5月12日、5月19日: the weeks that carried figures are of."""
        weeks = {self.before[part.key].week for part in parts if part.status is Status.CARRIED}
        return "、".join(month_day(dt.date.fromisoformat(week)) for week in sorted(weeks))

    def against(self, town: str = "") -> str:
        """较5月19日: what the growth of a town (of all without a name) is against; each day, where it is several."""
        weeks = {self.before[part.key].week for part in self.parts(town) if part.is_own and part.added is not None}
        days = [month_day(dt.date.fromisoformat(week)) if week else "开工" for week in sorted(weeks)]
        return f"较{'、'.join(days)}" if days else ""


# ---- sentences -------------------------------------------------------------------------------------------------


def title(of: Dispatch) -> str:
    """每日调度（2023年5月23日）"""
    return f"每日调度（{of.day.year}年{month_day(of.day)}）"


def lines(of: Dispatch) -> list[str]:
    """The day as it is printed: standing, who has sent, growth, who is behind, what is open."""
    return [title(of), *sentences(of), *_findings(of)]


def sentences(of: Dispatch) -> list[str]:
    """The day in sentences."""
    return [standing(of), *_reported(of), *_growth(of), *_behind(of)]


def standing(of: Dispatch) -> str:
    """Done, share of the target, against 序时进度 of the day, 新建 and 整改; carried figures are said to be in it."""
    whole, unit = of.whole(), of.programme.unit
    until = f"截至{month_day(of.day)}"
    if not whole.target:
        return f"{until}，本年度没有整村推进任务。"
    if whole.done is None:
        return f"{until}，目标任务{thousands(whole.target)}{unit}，还没有可用的完成数。"
    carried = "（含沿用数）" if any(part.status is Status.CARRIED for part in of.parts()) else ""
    text = f"{until}，{of.programme.village_count}个整村推进村累计完成户厕改造{thousands(whole.done)}{unit}{carried}"
    if whole.rate is None or whole.gap is None:
        return f"{text}；有{of.words.part}缺数，暂不计算完成率。"
    kinds = "、".join(
        f"{row.kind}{thousands(row.done)}{unit}（{percent(row.rate)}）" for row in map(of.whole, KINDS) if row.target
    )
    return f"{text}，占目标任务的{percent(whole.rate)}，{against_schedule(whole)}；其中{kinds}。"


def _reported(of: Dispatch) -> Iterator[str]:
    """Who has sent, and what stands for the others."""
    rest = [row.town for row in of.towns if row.town not in of.sent]
    others = f"其余{of.words.many(len(rest))}" if of.sent else of.words.each
    carried = [part for town in rest for part in of.parts(town) if part.status is Status.CARRIED]
    of_week = f"沿用最近采用的数（截至{of.days(carried)}）" if carried else "没有可沿用的数"
    if of.sent:
        yield f"当日有数的{of.words.member}{len(of.sent)}个：{of.listed(of.sent)}。"
    else:
        yield "当日还没有收到可用的数。"
    if rest:
        yield f"{others}{of_week}。"


def _growth(of: Dispatch) -> Iterator[str]:
    """较5月19日新增38座：包场镇新增20座、四甲镇新增18座。"""
    whole, unit = of.whole(), of.programme.unit
    if whole.added is None:
        return
    towns = [row for row in of.towns if row.added]
    mixed = "、" in of.against()
    named = [f"{row.town}{of.against(row.town) if mixed else ''}{grown(row.added or 0, unit)}" for row in towns]
    yield f"{of.against()}{grown(whole.added, unit)}{f'：{of.listed(named)}' if named else ''}。"


def _behind(of: Dispatch) -> Iterator[str]:
    """Which kinds of the towns that have sent are behind: the lead of one kind hides no lag of the other."""
    sent = [of.of_kind(town, kind) for town in of.sent for kind in KINDS]
    slow = sorted((row for row in sent if row.is_behind), key=lambda row: row.known_rate)
    named = "、".join(
        f"{row.town}{row.kind}（{percent(row.rate)}，{row.light}{_borrowed(of, row)}）" for row in slow[:MOST_PLACES]
    )
    more = f"等{len(slow)}处" if len(slow) > MOST_PLACES else ""
    if named:
        idle = "或未开工" if any(row.light is Light.NOT_STARTED for row in slow) else ""
        yield f"当日有数的{of.words.member}中，{slower(of.programme)}{idle}的有：{named}{more}。"
    elif any(row.is_judged for row in sent):
        yield f"当日有数的{of.words.member}，新建、整改都没有{slower(of.programme)}的。"


def _borrowed(of: Dispatch, row: Completion) -> str:
    return "" if all(part.is_own for part in of.parts(row.town, row.kind)) else "，含沿用数"


def _findings(of: Dispatch) -> Iterator[str]:
    """What is open, then the rest, a line each."""
    counts = [
        f"{level.label}{count}处" for level in Level if (count := sum(row.level is level for row in of.tables.findings))
    ]
    aside = "；退回、待裁定的数当日不采用，沿用以前的数" if of.open else ""
    yield f"核对结果：{'，'.join(counts)}{aside}。" if counts else "核对结果：没有问题。"
    yield from (f"【{row.level.label}】{row.message}" for row in of.tables.findings)
