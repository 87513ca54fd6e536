"""Names of towns and villages, matched by exact alias after normalising spaces and widths, never by similarity.

Similarity only words a suggestion in a message: in the ten towns' real gazetteer 83 pairs of villages of one town
differ by a single character.
"""

import difflib
import re

from pipeline.params import Programme
from pipeline.tables import normal

_PREFIX = re.compile(r"^(江苏省)?(南通市)?(海门区|海门市)?(?=.*[镇区道])")
_SUFFIX = re.compile(r"(人民政府|农业农村和社会事业局|社会事业局)$")
_NUMBERING = re.compile(r"^\d+[.、．]")
_TIER = re.compile(r"[（(](省级|区级|市级)[）)]$|[★☆*※]+$")
_COMMITTEE = re.compile(r"村?(村民委员会|村委会)$")


class Names:
    """What the programme calls its towns and villages, and by which other names they are known."""

    def __init__(self, programme: Programme) -> None:
        self._towns: dict[str, str] = {}
        self._villages: dict[str, dict[str, str]] = {}
        for name, town in programme.towns.items():
            self._towns.update({normal(alias): name for alias in (name, *town.aliases)})
            self._villages[name] = {
                normal(alias): village.name for village in town.villages for alias in (village.name, *village.aliases)
            }

    def town(self, text: str) -> str:
        """The town meant by the text of a cell, or ""."""
        name = normal(text)
        bare = _SUFFIX.sub("", _PREFIX.sub("", name))
        return self._towns.get(name) or self._towns.get(bare) or ""

    def towns_in(self, text: str) -> set[str]:
        """The towns named anywhere in a text such as a file name; a longer alias hides a shorter one inside it."""
        rest, found = normal(text), set()
        for alias in sorted(self._towns, key=len, reverse=True):
            if alias in rest:
                found.add(self._towns[alias])
                rest = rest.replace(alias, "|")
        return found

    def village(self, town: str, text: str) -> str:
        """The village of the town meant by the text of a cell, or ""."""
        known = self._villages.get(town, {})
        bare = _bare(text)
        return known.get(normal(text)) or known.get(bare) or known.get(f"{bare}村") or ""

    def towns_of(self, text: str) -> list[str]:
        """Every town of the programme that has a village of this name."""
        return [town for town in self._villages if self.village(town, text)]

    def similar_town(self, text: str) -> str:
        """A suggestion for a message, or ""."""
        near = difflib.get_close_matches(normal(text), list(self._towns), n=1, cutoff=0.5)
        return self._towns[near[0]] if near else ""

    def similar_village(self, town: str, text: str) -> str:
        """A village of the town that differs by one character, for a message, or ""."""
        bare = _bare(text)
        for alias, name in self._villages.get(town, {}).items():
            if len(alias) == len(bare) and sum(a != b for a, b in zip(alias, bare, strict=True)) == 1:
                return name
        return ""


def _bare(text: str) -> str:
    """五甲村村民委员会, 1.五甲村（省级）, 五甲村★ -> 五甲村"""
    return _COMMITTEE.sub("村", _TIER.sub("", _NUMBERING.sub("", normal(text))))
