"""The week in sentences, in the words of a 通报: templates with one branch for each case, never free text.

Every figure is read from `completion`, printed as it is published (rates with two decimals).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.params import Programme
from pipeline.rules import BLOCKING, LEVELS, NOTE, RULES
from pipeline.tables import (
    AHEAD,
    FINISHED,
    KINDS,
    LATE,
    MISSING,
    NOT_REPORTED,
    NOT_STARTED,
    RECEIVED,
    RETURNED,
    SUBMISSION_STATUS,
    TOTAL,
    TOWN,
    VILLAGE,
    WHOLE,
    Row,
    by_rate,
    has_pace,
    is_behind,
    is_slow,
    is_told,
    percent,
    points,
    rows,
)

_MOST_NAMES = 3  # of those who lead
_MOST_BEHIND = 12  # that a paragraph can name
_MOST_MATTERS = 3  # for the meeting


@dataclass(frozen=True)
class Story:
    """What the sentences of one week stand on.

    now, before: the completion rows of this week and of the last recorded one before it (none in the first week).
    status: town -> what became of its submission.
    """

    programme: Programme
    week: dt.date
    now: list[Row]
    before: list[Row]
    status: dict[str, str]

    @classmethod
    def of(cls, season: pd.DataFrame, submissions: pd.DataFrame, programme: Programme, week: dt.date) -> "Story":
        """season: completion of all recorded weeks and this one; submissions: of this week."""
        found, day = rows(season), week.isoformat()
        earlier = max((row["week"] for row in found if row["week"] < day), default="")
        sent = rows(submissions)[: len(programme.towns)]
        return cls(
            programme,
            week,
            [row for row in found if row["week"] == day],
            [row for row in found if row["week"] == earlier],
            {row["town"]: row["status"] for row in sent},
        )

    @property
    def number(self) -> int:
        """第N周"""
        return self.programme.schedule.week_number(self.week)

    @property
    def before_number(self) -> int | None:
        """第N周 of the last recorded week."""
        days = [dt.date.fromisoformat(row["week"]) for row in self.before[:1]]
        return self.programme.schedule.week_number(days[0]) if days else None

    def district(self, kind: str = TOTAL) -> Row:
        return next(row for row in self.now if row["scope"] == WHOLE and row["kind"] == kind)

    @property
    def towns(self) -> list[Row]:
        """The 合计 rows of towns with a task, in the form's order."""
        return [row for row in self.now if row["scope"] == TOWN and row["kind"] == TOTAL and row["target"]]

    @property
    def told(self) -> list[Row]:
        """Those that can be judged this week; single figures in them may be carried."""
        return list(filter(is_told, self.towns))

    @property
    def behind(self) -> list[Row]:
        """Those of them that are behind, lowest first."""
        return sorted(filter(is_behind, self.told), key=lambda row: row["rate"])

    @property
    def is_over(self) -> bool:
        """Whether the schedule has ended: nothing is behind it any more, only unfinished."""
        return self.programme.schedule.weeks_left(self.week) <= 0

    @property
    def unfinished(self) -> list[Row]:
        return [row for row in self.towns if row["remaining"] != 0]

    @property
    def is_next(self) -> bool:
        """Whether the last recorded week is the one before this; else 本周新增 is the growth of several weeks."""
        return self.before_number in (None, self.number - 1)

    def of_status(self, status: str) -> list[str]:
        """The expected towns of a status; those whose figures a decision has entered are not among them."""
        entered = {row["town"] for row in self.told if row["light"] != NOT_REPORTED}
        found = [town for town in self.programme.expected_towns if self.status[town] == status]
        return found if status == LATE else [town for town in found if town not in entered]

    @property
    def entered(self) -> list[str]:
        """Towns that sent nothing usable, and whose figures a written decision has entered."""
        usable = {MISSING, RETURNED}
        silent = [town for town in self.programme.expected_towns if self.status[town] in usable]
        return [town for town in silent if town not in self.of_status(self.status[town])]

    def is_whole(self, town: str) -> bool:
        """Whether every figure of the town is this week's own."""
        mine = [row for row in self.now if row["scope"] == VILLAGE and row["town"] == town and row["target"]]
        return all(is_told(row) for row in mine)

    def town_before(self, town: str) -> Row | None:
        """A town's 合计 in the last recorded week."""
        found = (row for row in self.before if row["scope"] == TOWN and row["kind"] == TOTAL)
        return next((row for row in found if row["town"] == town), None)


# ---- the week --------------------------------------------------------------------------------------------------


def title(programme: Programme, week: dt.date, is_final: bool) -> str:
    """第8周（截至2023年5月26日） 定稿"""
    number = programme.schedule.week_number(week)
    return f"第{number}周（截至{week.year}年{week.month}月{week.day}日）　{'定稿' if is_final else '初稿'}"


def district(story: Story) -> str:
    """Done, share of the target, 新建 and 整改, against 序时进度, 本周新增."""
    whole, unit = story.district(), story.programme.unit
    until = f"截至{story.week.month}月{story.week.day}日，"
    if not whole["target"]:
        return f"{until}本年度没有整村推进任务。"
    if whole["done"] is None:
        return f"{until}全区目标任务{whole['target']}{unit}，还没有可用的完成数。"
    text = f"{until}全区{len(story.programme.villages)}个整村推进村累计完成户厕改造{whole['done']}{unit}"
    since = "本周" if story.is_next else f"较第{story.before_number}周"
    added = f"，{since}{_grown(whole['added'], unit)}" if whole["added"] is not None else ""
    if whole["rate"] is None:
        return f"{text}{added}（有村缺数，暂不计算完成率）。"
    share = f"，占目标任务的{percent(whole['rate'])}，{_kinds(story)}"
    return f"{text}{share}{_against_schedule(whole)}{added}。"


def _kinds(story: Story) -> str:
    """其中新建810座（29.24%）、整改553座（31.69%）， — of the kinds that have a task."""
    tasks = [row for row in map(story.district, KINDS) if row["target"]]
    said = "、".join(f"{row['kind']}{row['done']}{story.programme.unit}（{percent(row['rate'])}）" for row in tasks)
    return f"其中{said}，" if len(tasks) > 1 else ""


def _against_schedule(whole: Row) -> str:
    """低于序时进度（30.60%）0.41个百分点"""
    due = f"序时进度（{percent(whole['expected'])}）"
    if whole["gap"] == 0:
        return f"与{due}持平"
    return f"{'高于' if whole['gap'] > 0 else '低于'}{due}{abs(whole['gap'])}个百分点"


def leading(story: Story) -> list[str]:
    """The fastest of those that are ahead of 序时进度; none of several with the same rate is left out."""
    if story.told and all(row["light"] == FINISHED for row in story.towns):
        return ["各区镇都已完成目标任务。"]
    ahead = sorted((row for row in story.told if row["light"] in (AHEAD, FINISHED)), key=by_rate)
    fastest = [row for row in ahead if row["rate"] >= ahead[:_MOST_NAMES][-1]["rate"]]
    if len(fastest) > _MOST_BEHIND:
        return [f"进度较快的有{fastest[0]['town']}等{len(fastest)}个区镇。"]
    return [f"进度较快的有：{_rated(fastest)}。"] if fastest else []


def behind(story: Story) -> list[str]:
    """Which towns are behind; of a town without figures of this week nothing is said."""
    if story.is_over:
        return _overdue(story)
    slow = "慢于序时进度或未开工" if any(row["light"] == NOT_STARTED for row in story.behind) else "慢于序时进度"
    if len(story.behind) > _MOST_BEHIND:
        lowest = _rated(story.behind[:_MOST_BEHIND])
        return [f"{slow}的有{len(story.behind)}个区镇，最低的{_MOST_BEHIND}个是：{lowest}。"]
    if story.behind:
        return [f"{slow}的有：{_rated(story.behind)}。"]
    if not story.told or len(story.told) == sum(row["light"] == FINISHED for row in story.towns):
        return []
    among = "" if len(story.told) == len(story.towns) else f"有本周数据的{len(story.told)}个区镇中，"
    return [f"{among}没有区镇慢于序时进度。"]


def _overdue(story: Story) -> list[str]:
    """After the end of the schedule: who has not finished, and what is lacking."""
    unit = story.programme.unit
    lacking = {row["town"]: row["remaining"] for row in story.unfinished}
    named = [f"{town}（{'缺数' if count is None else f'尚缺{count}{unit}'}）" for town, count in lacking.items()]
    return [f"已到期，仍未完成的有：{_listed(named)}。"] if named else []


def _listed(names: Sequence[str]) -> str:
    """A list that is cut where it gets too long, and then says how long it is."""
    most = _MOST_BEHIND
    return "、".join(names) if len(names) <= most else f"{'、'.join(names[:most])}等{len(names)}个区镇"


def span(number: int) -> str:
    """What the pace of `achieved_per_week` is called in 第N周: it reaches back four weeks, if there are so many."""
    return "首周" if number <= 1 else "开工以来" if number < 4 else "近四周"


def _rated(listed: Iterable[Row]) -> str:
    return "、".join(f"{row['town']}（{percent(row['rate'])}，{row['light']}）" for row in listed)


def stalled(story: Story) -> list[str]:
    """Towns that have reported no growth twice in a row."""
    whole = [row for row in story.told if story.is_whole(row["town"])]
    named = [row["town"] for row in whole if _has_stalled(row, story.town_before(row["town"]))]
    return [f"{'连续两周' if story.is_next else '最近两次报送'}无进展的有：{_listed(named)}。"] if named else []


def _has_stalled(now: Row, before: Row | None) -> bool:
    return before is not None and now["light"] != FINISHED and now["added"] == 0 and before["added"] == 0


def reporting(story: Story) -> list[str]:
    """How many have reported; who has not, and what then stands in the sums."""
    expected = story.programme.expected_towns
    if not expected:
        return ["本年度没有区镇需要报送。"]
    sent = [town for town in expected if story.status[town] in (RECEIVED, LATE)]
    return [f"应报{len(expected)}个区镇，已报{len(sent)}个。", *_unreported(story)]


def _unreported(story: Story) -> list[str]:
    """未报：三厂街道、正余镇，合计沿用上次累计数。"""
    said = []
    for word in (MISSING, RETURNED, LATE):
        named = story.of_status(word)
        carried = "，合计沿用上次累计数（没有的暂缺）" if story.programme.carry else "，合计不含其数"
        if named:
            said.append(f"{SUBMISSION_STATUS[word]}：{_listed(named)}{carried if word != LATE else ''}。")
    return [*said, *([f"未报、按书面决定录入：{_listed(story.entered)}。"] if story.entered else [])]


def open_findings(findings: pd.DataFrame) -> str:
    """How many questions are open."""
    counts = {level: int((findings["level"] == level).sum()) for level in LEVELS}
    if any(counts[level] for level in BLOCKING):
        return f"待处理：退回{counts['reject']}处，待裁定{counts['hold']}处；涉及的数本周未采用。"
    return f"没有退回和待裁定的问题；待说明{counts['query']}处，提示{counts['note']}处。"


def paragraph(story: Story) -> str:
    """The week in one paragraph, to paste into a 通报."""
    return "".join([district(story), *leading(story), *behind(story), *stalled(story), *_unreported(story)])


# ---- compared with the week before -----------------------------------------------------------------------------


def compared(story: Story) -> list[str]:
    """What has changed since the last recorded week: growth, the district's standing, ranks, lights."""
    if not story.before:
        return ["首次存档，没有以前的周可比。"]
    return [_growth(story), *_standing(story), *_ranks(story), *_lights(story)]


def compared_with(story: Story) -> str:
    """What the comparison is headed."""
    return "与上周相比" if story.is_next else f"与第{story.before_number}周相比"


def _growth(story: Story) -> str:
    unit, now = story.programme.unit, story.district()["added"]
    before = next(row for row in story.before if row["scope"] == WHOLE and row["kind"] == TOTAL)["added"]
    known = f"第{story.before_number}周{'没有新增数' if before is None else _grown(before, unit)}"
    since = "本周" if story.is_next else f"较第{story.before_number}周"
    return f"{since}{'没有可用的新增数' if now is None else _grown(now, unit)}，{known}。"


def _grown(count: int, unit: str) -> str:
    return f"新增{count}{unit}" if count >= 0 else f"净减少{-count}{unit}"


def _standing(story: Story) -> list[str]:
    now = story.district()
    before = next(row for row in story.before if row["scope"] == WHOLE and row["kind"] == TOTAL)
    if now["rate"] is None or before["rate"] is None:
        return []
    rate = f"全区完成率由{percent(before['rate'])}到{percent(now['rate'])}"
    return [f"{rate}，较序时由{points(before['gap'])}到{points(now['gap'])}个百分点。"]


def _ranks(story: Story) -> list[str]:
    """位次上升：三星镇（5→3）；下降：悦来镇（3→5）。"""
    moves = [(row, story.town_before(row["town"])) for row in story.towns]
    known = [(row, before) for row, before in moves if before and row["rank"] and before["rank"]]
    up = [f"{row['town']}（{old['rank']}→{row['rank']}）" for row, old in known if row["rank"] < old["rank"]]
    down = [f"{row['town']}（{old['rank']}→{row['rank']}）" for row, old in known if row["rank"] > old["rank"]]
    parts = [f"{word}：{_listed(found)}" for word, found in (("位次上升", up), ("位次下降", down)) if found]
    if not known:
        return []
    return [f"{'；'.join(parts)}。" if parts else "位次没有变化。"]


def _lights(story: Story) -> list[str]:
    """Who has fallen behind since, and who has caught up."""
    moves = [(row, story.town_before(row["town"])) for row in story.told]
    known = [(row, old) for row, old in moves if old and is_told(old)]
    fallen = [row["town"] for row, old in known if is_behind(row) and not is_behind(old)]
    caught = [row["town"] for row, old in known if not is_behind(row) and is_behind(old)]
    said = (("新落后的有", fallen), ("新达到序时进度的有", caught))
    return [f"{word}：{_listed(found)}。" for word, found in said if found]


# ---- for the meeting -------------------------------------------------------------------------------------------


def matters(story: Story, findings: pd.DataFrame) -> list[str]:
    """At most three matters for the meeting, the weightiest first; none if there is nothing to speak of."""
    overdue = [f"{said.rstrip('。')}，请说明原因和完成时间。" for said in _overdue(story)]
    found = [
        *(overdue if story.is_over else _too_slow(story)),
        *_not_sent(story),
        *_set_aside(findings),
        *(f"{said.rstrip('。')}，请说明原因。" for said in stalled(story)),
        *_over_target(story, findings),
    ]
    return found[:_MOST_MATTERS]


def _too_slow(story: Story) -> list[str]:
    """Towns that are behind and whose pace will not do."""
    slow = [row for row in story.behind if is_slow(row)]
    unknown = [row["town"] for row in story.behind if not has_pace(row)]
    if not slow:
        return [f"{_listed(unknown)}慢于序时进度，速度尚无法测算，请说明进展。"] if unknown else []
    paces = "、".join(
        f"{row['town']}（周均{row['achieved_per_week']}，需{row['needed_per_week']}）" for row in slow[:4]
    )
    more = f"等{len(slow)}个区镇" if len(slow) > 4 else ""
    return [f"{paces}{more}{span(story.number)}速度低于按期完成所需，请说明堵点和赶工安排。"]


def _not_sent(story: Story) -> list[str]:
    said = ((story.of_status(MISSING), "本周未报"), (story.of_status(RETURNED), "报表退回"))
    parts = [f"{_listed(found)}{word}" for found, word in said if found]
    return [f"{'，'.join(parts)}，请说明原因并补报。"] if parts else []


def _set_aside(findings: pd.DataFrame) -> list[str]:
    """Figures that wait for a town or a decision."""
    about = [row for row in rows(findings) if row["level"] in BLOCKING and _sets_aside(row)]
    towns = list(dict.fromkeys(row["town"] for row in about))
    if not about:
        return []
    whose = "、".join(towns[:_MOST_NAMES]) + (f"等{len(towns)}个区镇" if len(towns) > _MOST_NAMES else "")
    return [f"{whose}有{len(about)}处退回、待裁定，涉及的数本周未采用，请核实。"]


def _sets_aside(row: Row) -> bool:
    """Whether a finding is about a town's figures, not about a stray file or a decision."""
    return bool(row["town"] and (row["village"] or RULES[row["rule"]].whole_town))


def _over_target(story: Story, findings: pd.DataFrame) -> list[str]:
    """Villages that report more than their target and have not been accepted yet."""
    asked = {
        (row["town"], row["village"], row["kind"])
        for row in rows(findings)
        if row["rule"] == "over_target" and row["level"] != NOTE
    }
    over = [
        f"{row['town']}{row['village']}{row['kind']}（完成{row['done']}，目标{row['target']}）"
        for row in story.now
        if row["scope"] == VILLAGE and (row["town"], row["village"], row["kind"]) in asked
    ]
    if not over:
        return []
    more = f"等{len(over)}处" if len(over) > _MOST_NAMES else ""
    return [f"{'、'.join(over[:_MOST_NAMES])}{more}超过目标，请核实。"]


def numbered(said: Sequence[str]) -> list[str]:
    """1.…；2.…"""
    return [f"{number}.{text}" for number, text in enumerate(said, 1)] if len(said) > 1 else list(said)


def lines(story: Story, findings: pd.DataFrame, is_final: bool) -> Sequence[str]:
    """本周要点, one sentence a line."""
    return [
        title(story.programme, story.week, is_final),
        district(story),
        *leading(story),
        *behind(story),
        *stalled(story),
        *reporting(story),
        open_findings(findings),
    ]
