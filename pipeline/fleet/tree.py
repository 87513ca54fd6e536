"""Which offices there are below a folder, and which is whose member."""

import os
import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pipeline import archive, params
from pipeline.errors import PipelineError

_INNER = ("params", "data")  # an office's own: the inputs of a record look like an office too
_RING = "几个单位互为成员（{}），都没有运行。请改正这些单位方案里的 office。"

Graph = Mapping[Path, set[Path]]  # office -> those of its members that are in the graph as well


def offices(tree: Path) -> list[Path]:
    """Every office at or below `tree`, whole paths, in order. Hidden folders and links are not looked into."""
    found = []
    for folder, inner, _ in os.walk(tree.resolve()):
        here = Path(folder)
        own = _INNER if is_office(here) else ()
        inner[:] = [name for name in inner if name not in own and not name.startswith(".")]
        if own:
            found.append(here)
    return sorted(found)


def is_office(folder: Path) -> bool:
    """Whether it has data/ and the programme of a year."""
    is_year = re.compile(r"\d{4}\.yaml").fullmatch
    return (folder / "data").is_dir() and any(is_year(path.name) for path in (folder / "params").glob("*.yaml"))


def newest(roots: Iterable[Path]) -> str:
    """The newest week that any of these offices has a folder of raw files for; "" if there is none."""
    return max((day for root in roots for day in archive.weeks(root)), default="")


def programme_name(root: Path, day: str) -> str:
    """The programme that the office's week names, or that of the year."""
    is_there = (root / "params" / f"{day}.yaml").is_file()
    return params.week(root, day).programme if is_there else f"params/{day[:4]}.yaml"


def members(root: Path, day: str) -> dict[str, Path]:
    """Name -> folder, there or not, of every member that is an office itself."""
    name = programme_name(root, day)
    if not (root / name).is_file():
        return {}
    towns = params.programme(root, name).towns
    return {name: (root / town.office).resolve() for name, town in towns.items() if town.office}


def graph(roots: Iterable[Path], day: str) -> tuple[Graph, dict[Path, str]]:
    """Who waits for whom, and what is told of offices that would wait for themselves, which are left out."""
    known = set(roots)
    below = {root: _known_members(root, day) & known for root in roots}
    told: dict[Path, str] = {}
    while ring := _ring(below):
        told |= dict.fromkeys(ring, _RING.format(" → ".join(root.name for root in ring)))
        below = {root: waits - set(ring) for root, waits in below.items() if root not in ring}
    return below, told


def _known_members(root: Path, day: str) -> set[Path]:
    """None where the programme cannot be read: the office's own week will say why."""
    try:
        return set(members(root, day).values())
    except (PipelineError, OSError):
        return set()


def _ring(below: Graph) -> list[Path]:
    """Offices each of which is the next one's member, the first at the end again; empty if there are none."""
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
