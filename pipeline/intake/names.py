"""Names of towns and villages, matched by exact alias after normalising spaces and widths, never by similarity.

Similarity only words a suggestion in a message: in the ten towns' real gazetteer 83 pairs of villages of one town
differ by a single character.
"""

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.params import Programme
from pipeline.printing import normal

_ABOVE = re.compile(r"(.{2,3}省)?(.{1,4}市)?(.{1,4}[区县])?")  # 江苏省南通市海门区
_OFFICE = re.compile(
    r"(人民政府|党政办公?室?|农业农村和社会事业局|农业农村局|社会事业局|乡村振兴(?:局|办公?室?)|建设局|村建办)+$"
)
_PARTS = re.compile(r"[()/、]")
_STREET_OFFICE = re.compile(r"(街道办事处|街道办|街办)$")
_TYPES = ("街道", "镇", "乡")
_NUMBERING = re.compile(r"^(?:\d+[.、．]|[（(]?[一二三四五六七八九十]+[）)、.])")
_TIER = re.compile(r"[（(](?:[省市区县]级村?|示范村|重点村|试点村|整村推进村)[）)]$|[★☆*※]+$")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]$")
_COMMITTEE = re.compile(r"村?(村民委员会|村委会|村民委|村委)$")
_PARTED = re.compile(r"[、,，/;；和及\n]+")
_LONGEST = 60  # no name is longer: what is, need not be understood
_FORMER = re.compile(r"^原.{2,}|.*村.*?\d+组$|.*村.*[一二三四五六七八九十]+组$")


class Names:
    """What the programme calls its towns and villages, and by which other names they are known."""

    def __init__(self, programme: Programme) -> None:
        self._towns: dict[str, str] = {}
        self._villages: dict[str, dict[str, str]] = {}
        self._known: dict[str, str] = {}
        for name, town in programme.towns.items():
            self._towns.update({normal(alias): name for alias in (name, *town.aliases)})
            self._villages[name] = {
                normal(alias): village.name for village in town.villages for alias in (village.name, *village.aliases)
            }
        self._bare = dict(_bare_towns(programme, set(self._towns)))
        self._spoken = {**self._bare, **self._towns}
        self._sizes = sorted({len(alias) for alias in self._spoken}, reverse=True)

    @property
    def town_names(self) -> list[str]:
        """Every name of every town, as normalised."""
        return list(self._spoken)

    @property
    def village_names(self) -> list[str]:
        """Every name of every village, as normalised."""
        return [alias for aliases in self._villages.values() for alias in aliases]

    def town(self, text: str) -> str:
        """The town meant by the text of a cell, or ""."""
        if text not in self._known:
            self._known[text] = self._town(normal(text))
        return self._known[text]

    def _town(self, name: str) -> str:
        if not name or len(name) > _LONGEST:
            return ""
        bare = _STREET_OFFICE.sub("街道", _OFFICE.sub("", name))
        for form in (name, bare):
            if form in self._spoken:
                return self._spoken[form]
        parts = [self._spoken.get(part, "") for part in _PARTS.split(bare) if part]
        if len(parts) > 1 and len(set(parts)) == 1:  # 海门港新区（包场镇）: two names of one town
            return parts[0]
        for alias, town in self._towns.items():  # 南通市海门区包场镇: an exact name under its county's
            if bare.endswith(alias) and _ABOVE.fullmatch(bare[: -len(alias)]):
                return town
        return ""

    def towns_in(self, text: str) -> set[str]:
        """The towns named anywhere in a text such as a file name; a longer alias hides a shorter one inside it."""
        name, towns, at = normal(text), set(), 0
        while at < len(name):
            alias = next((name[at : at + size] for size in self._sizes if name[at : at + size] in self._spoken), "")
            end = at + (len(alias) or 1)
            is_county = alias in self._bare and name[end : end + 1] in ("区", "市", "县")  # 海门区2023年度…
            if alias and not is_county:
                towns.add(self._spoken[alias])
            at = end
        return towns

    def village(self, town: str, text: str) -> str:
        """The village of the town meant by the text of a cell, or ""."""
        known = self._villages.get(town, {})
        bare = bare_village(text)
        alone = bare.removeprefix(normal(town))  # 包场镇盐灶村
        return known.get(normal(text)) or known.get(bare) or known.get(f"{bare}村") or known.get(alone) or ""

    def bracketed(self, town: str, text: str) -> str:
        """The village of the town that the text names before a bracket that is no usual one: 盐灶村（更正）; or ""."""
        name = normal(text)
        bare = _BRACKETED.sub("", name)
        return self.village(town, bare) if bare != name else ""

    def is_stem(self, town: str, text: str) -> bool:
        """Whether the village is only meant by its name without 村: 河塘 for 河塘村."""
        return bare_village(text) not in self._villages.get(town, {})

    def is_variant(self, town: str, text: str) -> bool:
        """Whether the text is an alias that writes the village's name with other signs: 盐竈村 for 盐灶村."""
        name, bare = self.village(town, text), bare_village(text)
        return bool(name) and bare != normal(name) and len(bare) == len(normal(name))

    def several(self, town: str, text: str) -> bool:
        """甲村、乙村 in one cell."""
        parts = _PARTED.split(text.strip())
        if len(parts) > 1:
            return any(self.village(town, part) for part in parts)
        parts = text.split()
        return len(parts) > 1 and all(bare_village(part) in self._villages.get(town, {}) for part in parts)

    def is_former(self, text: str) -> bool:
        """原××村, ××村7组"""
        name = normal(text)
        return len(name) <= _LONGEST and bool(_FORMER.match(name))

    def towns_of(self, text: str) -> list[str]:
        """Every town of the programme that has a village of this name."""
        return [town for town in self._villages if self.village(town, text)]

    def similar_town(self, text: str) -> str:
        """A suggestion for a message, or ""."""
        near = difflib.get_close_matches(normal(text), list(self._towns), n=1, cutoff=0.5)
        return self._towns[near[0]] if near else ""

    def similar_villages(self, town: str, text: str) -> list[str]:
        """The villages of the town that differ by one character, for a message."""
        bare = bare_village(text)
        return [name for alias, name in self._villages.get(town, {}).items() if _differ_by_one(alias, bare)]


def place_of(office: str) -> str:
    """Whose office it is: 南通市海门区 of 南通市海门区乡村振兴局, as the office above knows its member."""
    return _OFFICE.sub("", _BRACKETED.sub("", office.strip())) or office


def _differ_by_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _bare_towns(programme: Programme, known: set[str]) -> Iterator[tuple[str, str]]:
    """包场 for 包场镇, where it is nobody else's name; 海门 is not, since the district is called so too."""
    by_bare_name: dict[str, list[str]] = {}
    for name in programme.towns:
        bare = next((normal(name).removesuffix(ending) for ending in _TYPES if name.endswith(ending)), "")
        by_bare_name.setdefault(bare, []).append(name)
    for bare, towns in by_bare_name.items():
        if len(bare) > 1 and len(towns) == 1 and bare not in known and bare not in programme.office:
            yield bare, towns[0]


@lru_cache(maxsize=8192)  # one name is compared many times
def bare_village(text: str) -> str:
    """五甲村村民委员会, 1.五甲村（省级）, 五甲村★ -> 五甲村"""
    name = normal(text)
    return name if len(name) > _LONGEST else _COMMITTEE.sub("村", _TIER.sub("", _NUMBERING.sub("", name)))
