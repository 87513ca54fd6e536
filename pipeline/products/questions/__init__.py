"""What the analyst has to decide: every open finding as a question, one a figure, row or file, with its possible answers.

The same options become rows of 处理单.xlsx and the YAML lines that `check` prints.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from pipeline.params.questions import Option, Question
from pipeline.products.questions import options
from pipeline.products.questions.grounds import Grounds
from pipeline.records import KINDS, Key, Place
from pipeline.rules import Finding
from pipeline.rules.judgements import ENTERED_DIFFERS

__all__ = ["Grounds", "questions"]

_TO_ENTER = "还没有可用的数；电话、微信报来的数，可以填在这里"


def questions(of: Grounds) -> list[Question]:
    """Every open question, in the form's order; of a town its files first, then its rows, then its figures."""
    towns = {town: number for number, town in enumerate(of.programme.towns)}
    in_order = sorted(of.open, key=lambda row: towns.get(row.town, len(towns)))
    by_town = groupby(in_order, key=lambda row: row.town)
    return [question for town, rows in by_town for question in _of_town(of, town, list(rows))]


def _of_town(of: Grounds, town: str, rows: list[Finding]) -> Iterator[Question]:
    strays = [row for row in rows if of.strays_at(row)]
    others = [row for row in rows if not of.strays_at(row)]
    of_files = [row for row in others if not row.village]
    of_villages = [row for row in others if row.village and not row.kind]
    of_entered = [row for row in others if row.rule is ENTERED_DIFFERS]
    of_figures = [row for row in others if row.village and row.kind and row.rule is not ENTERED_DIFFERS]
    yield from (_about_file(of, about) for about in _together(of_files, lambda row: row.file))
    yield from (_about_row(of, about) for about in _together(strays, lambda row: (row.file, row.sheet, row.cell)))
    yield from (_about_village(of, about) for about in _together(of_villages, lambda row: row.village))
    yield from (_about_entered(of, about) for about in _together(of_entered, lambda row: row.key))
    asked = {row.key for row in of_figures} | {Key(town, row.village, kind) for row in of_villages for kind in KINDS}
    if of_files and of.is_unread(town):
        asked |= {key for key in of.tasks if key.town == town}
    for key in of.targets:
        if key in asked and (key in of.tasks or key in of.figures):
            yield _about_figure(of, key, [row for row in of_figures if row.key == key])


def _together(rows: Sequence[Finding], about: Callable[[Finding], object]) -> list[list[Finding]]:
    """The findings that are about the same thing, in the order of the first of each."""
    groups: dict[object, list[Finding]] = {}
    for row in rows:
        groups.setdefault(about(row), []).append(row)
    return list(groups.values())


def _about_file(of: Grounds, about: list[Finding]) -> Question:
    town, file = about[0].town, about[0].file
    at = Place(town=town, file=file)
    return _question("file", at, about, tuple(options.of_file(of, town, file, about)))


def _about_row(of: Grounds, about: list[Finding]) -> Question:
    return _question("row", about[0], about, tuple(options.of_row(of, of.strays_at(about[0]), about)))


def _about_village(of: Grounds, about: list[Finding]) -> Question:
    town, village = about[0].town, about[0].village
    keys = [Key(town, village, kind) for kind in KINDS if of.targets[Key(town, village, kind)]]
    return _question("village", about[0], about, tuple(options.of_village(of, keys, about)), of.before(keys))


def _about_entered(of: Grounds, about: list[Finding]) -> Question:
    key = about[0].key
    return _question("entered", about[0], about, tuple(options.of_entered(of, key, about)), of.before([key]))


def _about_figure(of: Grounds, key: Key, about: list[Finding]) -> Question:
    """about: the findings at this figure; none where only its village or its town has one."""
    figure = of.figures.get(key)
    at = Place(**key._asdict()) if figure is None else figure
    return _question("figure", at, about, tuple(options.of_figure(of, key, about)), of.before([key]))


def _question(
    what: str, at: Place, about: Sequence[Finding], answers: tuple[Option, ...], before: str = ""
) -> Question:
    """what, and whom or where it is about, make its identity: a figure's is the same wherever it stands."""
    whom = (at.town, at.village, at.kind) if at.village else (at.town, at.file, at.sheet, at.cell)
    return Question(
        town=at.town, village=at.village, kind=at.kind, file=at.file, sheet=at.sheet, cell=at.cell, raw=at.raw,
        identity="／".join((what, *whom)), words="；".join(dict.fromkeys(row.words or row.ask for row in about)) or _TO_ENTER,
        before=before, options=answers,
    )  # fmt: skip
