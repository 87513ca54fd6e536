"""A season drawn from dice: an office, its weeks, what its towns send and what is decided, through the whole judging.

What the intake would have understood is given instead of files; all that follows is `week.compute` itself.
"""

import datetime as dt
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from pipeline import archive, params, week
from pipeline.archive import History
from pipeline.params import Programme
from pipeline.records import Figure, Key, Sent, State, Submission, Submissions
from pipeline.rules import Finding, finding
from pipeline.rules.figures import UNREADABLE_FIGURE
from pipeline.rules.files import CANNOT_READ_HERE, NOT_CUMULATIVE, WRONG_UNIT
from pipeline.week import Result
from tests.helpers import programme as read

TOWNS = [f"{name}镇" for name in "子丑寅卯辰巳午未申酉戌亥"]
KINDS = ("新建", "整改")
_START = dt.date(2023, 4, 1)
_WEEKS = 26  # of the schedule
_BY = {"reason": "电话核实", "by": "张三", "date": "2023-09-01"}


def season(dice: random.Random) -> list[Result]:
    """The weeks that are on record, each computed on those before it; the last is the one to speak of."""
    with tempfile.TemporaryDirectory() as folder:
        text = yaml.safe_dump(_office(dice), allow_unicode=True, sort_keys=False)
        of = read(Path(folder), text)
    results: list[Result] = []
    done = dict.fromkeys(of.targets(_START), 0)
    speeds = {key: dice.choice([0, 0.2, 0.6, 1, 1, 1.3, 2]) for key in done}
    last = 0
    for number in _numbers(dice):
        day = _START + dt.timedelta(days=6 + 7 * (number - 1))
        for key, target in of.targets(day).items():
            grown = target / _WEEKS * speeds[key] * (number - last) * dice.choice([0, 0.7, 1, 1.2])
            done[key] = (
                round(done[key] + grown)
                if dice.random() < 0.1
                else min(round(done[key] + grown), max(target, done[key]))
            )
        results.append(_computed(dice, of, day, done, results))
        last = number
    return results


# ---- the office ------------------------------------------------------------------------------------------------


def _office(dice: random.Random) -> dict[str, Any]:
    """The programme as YAML says it."""
    towns = TOWNS[: dice.choice([1, 2, 3, 4, 5, 8, 12])]
    office: dict[str, Any] = {
        "title": "农村户厕改造整村推进", "office": "某区乡村振兴局", "document": "某〔2023〕4号",
        "unit": dice.choice("座户个"),
        "schedule": {"start": _START, "end": _START + dt.timedelta(days=7 * _WEEKS)},
        "carry": dice.random() < 0.85,
        "towns": {town: {"villages": _villages(dice, town)} for town in towns},
    }  # fmt: skip
    if dice.random() < 0.2:
        office["schedule"]["milestones"] = {_START + dt.timedelta(days=90): dice.choice([0.3, 0.7])}
    if dice.random() < 0.2:
        office["lights"] = {"behind": dice.choice([0, -2.5, -5])}
    if dice.random() < 0.2:
        office["rules"] = {"over_target": "query"}
    if dice.random() < 0.03:
        office["towns"] = {town: {"villages": []} for town in towns}
    return office


def _villages(dice: random.Random, town: str) -> list[dict[str, Any]]:
    if dice.random() < 0.1:
        return []
    without = dice.choice(["", "", "", "new_build", "renovation"])
    return [
        {"name": f"{town[0]}{name}村", "tier": dice.choice(["省级", "省级", "省级", "区级"])}
        | {
            task: 0 if task == without else dice.choice([0, 7, 60, 185, 420, 2600])
            for task in ("new_build", "renovation")
        }
        for name in "东西北"[: dice.randint(1, 3)]
    ]


def _numbers(dice: random.Random) -> list[int]:
    """第N周 of the weeks on record: from the start or later, some skipped, some after the end."""
    first = dice.choice([1, 1, 1, 1, 2, 9])
    last = dice.choice([1, 2, 3, 4, 8, 15, 25, _WEEKS, _WEEKS + 1, _WEEKS + 2])
    numbers = [number for number in range(max(first, last - 6), last + 1) if dice.random() < 0.85]
    early = [1] if first == 1 and dice.random() < 0.7 else []
    return sorted({*early, *numbers, last})


# ---- a week ----------------------------------------------------------------------------------------------------


@dataclass
class _Post:
    """What the week brings, as the intake understands it, and what is decided."""

    towns: list[Submission] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)


def _computed(dice: random.Random, of: Programme, day: dt.date, done: dict[Key, int], results: list[Result]) -> Result:
    post = _Post()
    silent = dice.choice([0, 0, 0.1, 0.3, 1 if dice.random() < 0.2 else 0])
    for town in of.towns:
        _send(dice, of, day, post, town, done, dice.random() < silent)
    this = params.week_of({"week": day.isoformat(), "decisions": post.decisions})
    intake = week._Intake([], Submissions(tuple(post.towns)), post.figures, post.doubts, [], [], [], {})
    with (
        mock.patch.object(week, "_taken_in", return_value=intake),
        mock.patch.object(archive, "history", return_value=_history(results)),
    ):
        return week.compute(Path("/nowhere"), of, this, [])


def _send(dice: random.Random, of: Programme, day: dt.date, post: _Post, town: str, done: dict[Key, int],
          is_silent: bool) -> None:  # fmt: skip
    keys = {key: target for key, target in of.targets(day).items() if key.town == town}
    if is_silent or not keys:
        post.towns.append(Submission(town=town, status=Sent.MISSING if keys else Sent.NONE_EXPECTED))
        if dice.random() < 0.2:
            post.decisions += [
                {"do": "enter", "town": town, "village": key.village, "kind": key.kind, "now": done[key], **_BY}
                for key in keys if dice.random() < 0.8
            ]  # fmt: skip
        return
    file = f"{town}.xlsx"
    late = Sent.LATE if dice.random() < 0.1 else Sent.RECEIVED
    post.towns.append(Submission(town=town, status=late, file=file, sha256=f"{dice.getrandbits(64):064x}"))
    for place, key in enumerate(keys):
        figure, doubt = _typed(
            dice, Figure(**key._asdict(), file=file, sheet="表", cell=f"E{place}"), keys[key], done[key]
        )
        post.figures.append(figure)
        post.doubts += doubt
        post.decisions += _decided(dice, figure, done[key])
    if dice.random() < 0.06:
        rule, words = dice.choice([(WRONG_UNIT, {"written": "户", "unit": "座"}), (NOT_CUMULATIVE, {"heading": "新增", "closing": "本期"}),
                                   (CANNOT_READ_HERE, None)])  # fmt: skip
        at = replace(post.figures[-1], village="", kind="", cell="", raw="")
        post.doubts.append(
            finding(rule, at, **words)
            if words
            else replace(finding(WRONG_UNIT, at, written="", unit=""), rule=rule, level=rule.level)
        )
        post.figures = [row for row in post.figures if row.town != town]


def _typed(dice: random.Random, blank: Figure, target: int, done: int) -> tuple[Figure, list[Finding]]:
    """A figure as a town types it: right, too small, above the target, no number, or blank."""
    fate, remark = dice.random(), dice.choice(["", "", "群众要求增加，已报备"])
    if fate < 0.03:
        figure = replace(blank, raw="约50", state=State.UNREADABLE)
        return figure, [finding(UNREADABLE_FIGURE, figure, raw="约50", unit="座", closing="本期")]
    if fate < 0.05:
        return replace(blank, state=State.BLANK), []
    if fate < 0.08:
        done = done // 2
    elif fate < 0.12:
        done = target + dice.randint(1, 9)
    return replace(blank, raw=str(done), value=done, remark=remark), []


def _decided(dice: random.Random, figure: Figure, done: int) -> list[dict[str, Any]]:
    if dice.random() > 0.04:
        return []
    at = {"town": figure.town, "village": figure.village, "kind": figure.kind, **_BY}
    if dice.random() < 0.5:
        return [{"do": "correct", "was": figure.raw or "无", "now": done, **at}]
    return [{"do": "accept", "rule": dice.choice(["fell", "over_target"]), **at}]


def _history(results: list[Result]) -> History:
    """The weeks before, as their records would tell them."""
    return History(
        progress=[row for result in results for row in result.progress],
        completion=[row for result in results for row in result.completion],
        reporting=[row for result in results for row in archive.reporting(result.submissions, result.day)],
        files={}, digests={}, findings=[], shown=frozenset(), seal="", digest="", records=(), lacking=(),
    )  # fmt: skip


def seasons(number: int, seed: int) -> Iterator[tuple[int, list[Result]]]:
    """(seed, season): number n of a run is drawn from SEED + n."""
    for at in range(seed, seed + number):
        yield at, season(random.Random(at))
