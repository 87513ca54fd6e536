"""The figures of a text, each read with what it is said of and held against the tables; none is left unread."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pipeline.records import Completion, Key
from tests.seasons.drawing import TOWNS
from tests.seasons.facts import SILENT, Facts

TOWN, KIND, COUNT, SHARE = f"(?:{'|'.join(TOWNS)})", "(?:新建|整改)", r"[\d,]+", r"\d+\.\d\d%"
LIGHT = "(?:已完成|超序时|按序时|慢序时|严重滞后|未开工)"
MANY = r"(?:等\d+(?:个区镇|处))?"
VILLAGE = f"(?:[{''.join(town[0] for town in TOWNS)}][东西北]村)"
PLACE = rf"{TOWN}{VILLAGE}?{KIND}?"
Check = Callable[[Facts, re.Match[str]], bool]


def unread(facts: Facts, text: str) -> Iterator[str]:
    """What of a text is not so, and figures of it that nobody has read."""
    for pattern, check in _CLAIMS:
        for match in re.finditer(pattern, text):
            if not check(facts, match):
                yield f"not so: {match[0]}"
        text = re.sub(pattern, "□", text)
    for left in re.finditer(r"[^。\n]*\d[^。\n]*", text):
        yield f"unread: {left[0]}"


def number(words: str) -> int:
    return int(words.replace(",", ""))


def share(rate: Decimal | None) -> str:
    """A rate as it is printed: it is stored with four places."""
    return "—" if rate is None else f"{rate * 100:.2f}%"


# ---- the claims, the longer before the shorter -----------------------------------------------------------------


def _week(facts: Facts, said: re.Match[str]) -> bool:
    day = dt.date(*map(int, said.groups()[1:]))
    return (facts.result.number, facts.day) == (int(said[1]), day)


def _whole(facts: Facts) -> Completion:
    return facts.rows[Key("", "", "合计")]


def _until(facts: Facts, said: re.Match[str]) -> bool:
    return (facts.day.month, facts.day.day) == (int(said[1]), int(said[2]))


def _villages(facts: Facts, said: re.Match[str]) -> bool:
    tasks = {row.village for row in facts.result.progress if row.target}
    return int(said[1]) == len(tasks) and number(said[2]) == _whole(facts).done


def _tier(facts: Facts, said: re.Match[str]) -> bool:
    """The sums of one tier, added up from its villages' figures."""
    rows = [row for row in facts.result.progress if row.tier == said[1]]
    villages = [village for _, village in facts.result.programme.villages if village.tier == said[1]]
    done, target = sum(row.done or 0 for row in rows), sum(row.target for row in rows)
    lacks = any(row.status == "missing" for row in rows)
    rate = f"{done / target * 100:.2f}%" if target else ""
    is_so = int(said[2]) == len(villages) and number(said[4]) == done and bool(said[3]) == lacks
    return is_so and (lacks or abs(float(said[5].rstrip("%")) - float(rate.rstrip("%"))) < 0.0101)


def _gap(facts: Facts, said: re.Match[str]) -> bool:
    row = _whole(facts)
    signed = Decimal(said[3]) * (1 if said[1] == "高" else -1)
    return share(row.expected) == said[2] and row.gap == signed and signed != 0


def _level(facts: Facts, said: re.Match[str]) -> bool:
    return _whole(facts).gap == 0 and share(_whole(facts).expected) == said[1]


def _of_kind(facts: Facts, said: re.Match[str]) -> bool:
    row = facts.rows[Key("", "", said[1])]
    is_old = not any(each.is_own for each in facts.result.progress if each.target and each.kind == said[1])
    state = said[4] or ""
    return number(said[2]) == row.done and share(row.rate) == said[3] and (
        state == "沿用" if is_old else state in ("", row.light)
    )  # fmt: skip


def _signed(said: re.Match[str], word: int) -> int:
    return number(said[word + 1]) * (1 if said[word] == "新增" else -1)


def _added_before(facts: Facts, said: re.Match[str]) -> bool:
    return facts.past[-1].number == int(said[1]) and facts.before[Key("", "", "合计")].added == _signed(said, 3)


def _added(facts: Facts, said: re.Match[str]) -> bool:
    """本周 is said of the growth of one week only, and whose growth is not in it is named or counted."""
    last = facts.past[-1].number if facts.past else facts.result.number - 1
    is_since = int(said[2]) == last if said[2] else last == facts.result.number - 1
    provisos = said[5] if (said[5] or "").startswith("（不含") else ""
    counted = sum(int(many) - 3 for many in re.findall(r"等(\d+)个", provisos.partition("；含")[0]))
    named = set(re.findall(TOWN, provisos.partition("；含")[0] if "不含" in provisos else ""))
    return (
        is_since
        and facts.added == _signed(said, 3)
        and named <= facts.without
        and len(named) + counted == len(facts.without)
    )


def _more(facts: Facts, said: re.Match[str]) -> bool:
    before = facts.before[Key("", "", "合计")].added
    more = (number(said[2]) * (1 if said[1] == "多" else -1)) if said[1] else 0
    is_whole = not facts.without and not any(row.target and row.added is None for row in facts.past[-1].progress)
    return is_whole and before is not None and facts.added == before + more


def _limit(facts: Facts, said: re.Match[str]) -> bool:
    return -Decimal(said[1]) == facts.result.programme.lights.behind


def _place(facts: Facts, said: re.Match[str]) -> bool:
    """包场镇（19.22%，严重滞后）: each word in the brackets is so of this place and no other."""
    town, village, kind = said[1], said[2] or "", said[3] or "合计"
    row = facts.rows[Key(town, village, kind)]
    return all(_word(facts, row, word) for word in said[4].split("，"))


def _word(facts: Facts, row: Completion, word: str) -> bool:
    unit, is_old = facts.result.programme.unit, facts.is_old(row.town, row.kind)
    finding = facts.surpluses.get(row.key)
    is_used = any(each.key == row.key and each.is_own for each in facts.result.progress)
    return {
        share(row.rate): True,
        row.light.value: not is_old,
        "沿用": is_old and row.done is not None,
        "含沿用": not is_old and bool(facts.borrowed(row.town, row.kind)),
        "个别数待核": not is_old and bool(facts.borrowed(row.town, row.kind)),
        "缺数": row.remaining is None,
        f"尚缺{row.remaining or 0:,}{unit}": bool(row.remaining),
        f"周均{row.achieved_per_week:,}".replace("-", "−") if row.achieved_per_week is not None else "": not is_old,
        f"需{row.needed_per_week:,}" if row.needed_per_week is not None else "": True,
        f"目标{row.target:,}": finding is not None,
        f"完成{row.done or 0:,}": finding is not None and is_used,
        f"填报“{finding.raw}”" if finding else "": not is_used,
    }.get(word, False)


def _waits(facts: Facts, said: re.Match[str]) -> bool:
    """个别数待核：甲镇2处（沿用）"""
    rows = facts.borrowed(said[1])
    states = {"缺数" if row.done is None else "沿用" for row in rows}
    return int(said[2]) == len(rows) and set(said[3].split("、")) == states


def _waiting(facts: Facts, said: re.Match[str]) -> bool:
    least, most = facts.doubtful.get(said[1], (0, 0))
    return least <= int(said[2]) <= most


def _all_reported(facts: Facts, said: re.Match[str]) -> bool:
    return set(facts.status.values()) == {"received"} and len(facts.status) == int(said[1])


def _roll(facts: Facts, said: re.Match[str]) -> bool:
    states = list(facts.status.values())
    return int(said[1]) == len(states) and int(said[2]) == states.count("received")


def _state(facts: Facts, said: re.Match[str]) -> bool:
    """未报2个：甲镇、乙镇，… : as many, and none that is in another state."""
    word = {**{label: state for state, label in SILENT.items()}, "迟报": "late"}[said[1]]
    towns = {town for town, state in facts.status.items() if state == word}
    return int(said[2]) == len(towns) and set(re.findall(TOWN, said[3])) <= towns


def _carried_since(facts: Facts, said: re.Match[str]) -> bool:
    days = set().union(*map(facts.last_reported, re.findall(TOWN, said[1])))
    return {(day.month, day.day) for day in map(dt.date.fromisoformat, days)} == {(int(said[2]), int(said[3]))}


def _rate_moved(facts: Facts, said: re.Match[str]) -> bool:
    before, now = facts.before[Key("", "", "合计")].rate, _whole(facts).rate
    if said[4]:
        return before == now and share(now) == said[4]
    is_up = before is not None and now is not None and now > before
    return (share(before), share(now), is_up) == (said[1], said[3], said[2] == "升至")


def _gap_moved(facts: Facts, said: re.Match[str]) -> bool:
    side = 1 if said[1] == "高" else -1
    before, now = Decimal(said[2]) * side, Decimal(said[4]) * side
    is_so = (facts.before[Key("", "", "合计")].gap, _whole(facts).gap) == (before, now)
    return is_so and (abs(now) > abs(before)) == (said[3] == "扩大到")


def _gap_turned(facts: Facts, said: re.Match[str]) -> bool:
    def gap(words: str) -> Decimal:
        found = re.search(r"[\d.]+", words)
        return (Decimal(found[0]) if found else Decimal(0)) * (-1 if "低" in words else 1)

    before = facts.before[Key("", "", "合计")].gap
    if said[3]:
        return before == _whole(facts).gap == gap(said[3])
    return (before, _whole(facts).gap) == (gap(said[1]), gap(said[2]))


def _rank(facts: Facts, said: re.Match[str]) -> bool:
    """Among the towns ranked both times."""
    now = {town: facts.rows[Key(town, "", "合计")].rank for town in facts.towns}
    old = {town: row.rank for town in now if (row := facts.before.get(Key(town, "", "合计")))}
    known = [town for town in now if now[town] and old.get(town)]
    places = [1 + sum((ranks[town] or 0) < (ranks[said[1]] or 0) for town in known) for ranks in (old, now)]
    return places == [int(said[2]), int(said[4])] and (places[1] < places[0]) == (said[3] == "升至")


def _ranked(facts: Facts, said: re.Match[str]) -> bool:
    known = [town for town in facts.towns if facts.rows[Key(town, "", "合计")].rank]
    old = (facts.before.get(Key(town, "", "合计")) for town in known)
    return int(said[1]) == sum(bool(row and row.rank) for row in old)


def _turned(facts: Facts, said: re.Match[str]) -> bool:
    key = Key(said[1], "", said[2] or "合计")
    return (facts.before[key].light, facts.rows[key].light) == (said[3], said[4])


def _complete(facts: Facts, said: re.Match[str]) -> bool:
    known = [town for town in facts.towns if facts.rows[Key(town, "", "合计")].rate is not None]
    return int(said[1]) == sum(not facts.borrowed(town) for town in known)


def _open(facts: Facts, said: re.Match[str]) -> bool:
    levels = [row.level.value for row in facts.result.findings]
    waiting = levels.count("reject") + levels.count("hold")
    return waiting == int(said[1] or 0) and [int(said[2]), int(said[3])] == [
        levels.count("query"),
        levels.count("note"),
    ]


def _needed(facts: Facts, said: re.Match[str]) -> bool:
    named = re.findall(rf"({TOWN})({KIND})?", said[1])
    paces = [f"{facts.rows[Key(town, '', kind or '合计')].needed_per_week:,}" for town, kind in named]
    return paces == re.findall(r"[\d,.]+", said[2])


def _lowest(facts: Facts, said: re.Match[str]) -> bool:
    return 12 < int(said[1]) <= len(facts.towns)


def _before_number(facts: Facts, said: re.Match[str]) -> bool:
    return facts.past[-1].number == int(said[1])


_UNIT = "[座户个]"
_CLAIMS: list[tuple[str, Check]] = [
    (r"第(\d+)周（截至(\d+)年(\d+)月(\d+)日）", _week),
    (rf"全区(\d+)个整村推进村累计完成户厕改造({COUNT}){_UNIT}", _villages),
    (rf"全区目标任务({COUNT}){_UNIT}", lambda facts, said: number(said[1]) == _whole(facts).target),
    (rf"(省级|区级)(\d+)个村(已知)?完成({COUNT}){_UNIT}，(?:有缺数|占目标任务的({SHARE}))(?:，{LIGHT})?", _tier),
    (r"(省级|区级)(\d+)个村缺数", lambda *_: True),
    (rf"占目标任务的({SHARE})", lambda facts, said: said[1] == share(_whole(facts).rate)),
    (rf"({TOWN}(?:、{TOWN})*{MANY})，?暂按截至(\d+)月(\d+)日的累计数计入", _carried_since),
    (r"截至(\d+)月(\d+)日，", _until),
    (rf"(高|低)于序时进度（({SHARE})）([\d.]+)个百分点", _gap),
    (rf"与序时进度（({SHARE})）持平", _level),
    (rf"已到期，尚缺({COUNT}){_UNIT}", lambda facts, said: number(said[1]) == _whole(facts).remaining),
    (rf"(?<!镇)(新建|整改)({COUNT}){_UNIT}（({SHARE})(?:，([^）]*))?）", _of_kind),
    (rf"(?<!较)第(\d+)周(?:较第(\d+)周)?(新增|净减少)({COUNT}){_UNIT}", _added_before),
    (rf"(本周|较第(\d+)周)(新增|净减少)({COUNT}){_UNIT}(（[^）]*）)?", _added),
    (rf"比上周(多|少)({COUNT}){_UNIT}", _more),
    (r"与上周持平()()", _more),
    (r"慢于序时进度超过([\d.]+)个百分点", _limit),
    (rf"({TOWN})(\d+)处（([^）]*)）", _waits),
    (rf"({TOWN})(\d+)处", _waiting),
    (rf"({TOWN})({VILLAGE})?({KIND})?（([^（）]*)）", _place),
    (r"(\d+)个区镇全部报送", _all_reported),
    (r"应报(\d+)个区镇，已报(\d+)个", _roll),
    (r"(迟报|退回|待核|未报)(\d+)个：([^；。]*)", _state),
    (rf"完成率(?:由({SHARE})(升至|降至)({SHARE})|仍为({SHARE}))", _rate_moved),
    (r"(高|低)于序时进度由([\d.]+)个百分点(扩大到|缩小到)([\d.]+)个百分点", _gap_moved),
    (r"由([高低]于序时进度[\d.]+个百分点|与序时进度持平)转为([高低][\d.]+个百分点|持平)|仍([高低]于序时进度[\d.]+个百分点|与序时进度持平)",
     _gap_turned),
    (rf"({TOWN})由第(\d+)位(升至|降至)第(\d+)位", _rank),
    (r"两次都有位次的(\d+)个区镇中", _ranked),
    (rf"({TOWN})({KIND})?由({LIGHT})转为({LIGHT})", _turned),
    (r"本周数据齐全的(\d+)个区镇中", _complete),
    (r"(?:待处理的数据问题(\d+)处|没有待处理的数据问题)；待说明(\d+)处，提示(\d+)处", _open),
    (rf"((?:{TOWN}{KIND}?、?)+)要查明堵点、倒排工期，今后每周(?:分别)?需完成((?:[\d,.]+{_UNIT}、?)+)", _needed),
    (r"的有(\d+)个区镇，最低的12个是", _lowest),
    (r"(?:与|，)?第(\d+)周(?:相比|没有可用的新增数|为首次存档)", _before_number),
    (r"较第(\d+)周没有可用的新增数", _before_number),
    (r"等(\d+)(?:个区镇|处)", lambda _, said: int(said[1]) > 3),  # how many there are is counted in `judging`
    (r"于每期截至日期(\d\d:\d\d)前", lambda facts, said: said[1] == facts.result.programme.deadline),
    (r"(?m)(?:^|(?<=[：。]))\d\.(?=\D)", lambda *_: True),
]  # fmt: skip
