"""The real places of the district, for wording only: no figure is ever matched by it.

gazetteer.csv: one place a row (town, name, kind). kind: 行政村, 社区; 撤并 a former town (`town` is where it is now,
"" if that is not certain); 区外 a place that sends nothing to this programme. Source: the National Bureau of
Statistics' list of 2023, for the ten towns of the programme.
"""

import csv
from functools import cache
from pathlib import Path

VILLAGE, COMMUNITY, FORMER_TOWN, OUTSIDE = "行政村", "社区", "撤并", "区外"
_FILE = Path(__file__).with_name("gazetteer.csv")


@cache
def _places() -> dict[tuple[str, str], str]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {(row["town"], row["name"]): row["kind"] for row in csv.DictReader(lines)}


def is_real(town: str, name: str) -> bool:
    """Whether the town has a village or community of exactly this name."""
    return _places().get((town, name)) in (VILLAGE, COMMUNITY)


def communities(town: str, stem: str) -> list[str]:
    """The communities of the town whose name is the stem with 街, 路, 社区 or nothing after it: 六甲 -> 六甲街."""
    names = {stem, *(f"{stem}{ending}" for ending in ("街", "路", "社区", "居委会"))}
    return [name for (where, name), kind in _places().items() if where == town and kind == COMMUNITY and name in names]


def outside_in(text: str) -> str:
    """A place of the district that is not in the programme, if the text names it: 滨江街道户厕.xlsx -> 滨江."""
    return next((name for (_, name), kind in _places().items() if kind == OUTSIDE and name in text), "")


def kind_of_town(name: str) -> str:
    """FORMER_TOWN, OUTSIDE or "" for the name of a town, with or without 镇 or 街道."""
    kinds = {place: kind for (_, place), kind in _places().items() if kind in (FORMER_TOWN, OUTSIDE)}
    bare = name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
    return kinds.get(bare, "")
