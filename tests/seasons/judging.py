"""Where the products of a week say what is not so, praise who is behind, leave a town out, or contradict one another."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.records import Key
from pipeline.week import Result
from tests.seasons import reading, texts
from tests.seasons.facts import KINDS, SILENT, Facts
from tests.seasons.reading import KIND, MANY, PLACE, TOWN, share
from tests.seasons.texts import Said

_SENTENCE = re.compile(r"[^。\n]+")
_PRAISE = re.compile(r"进度较快的有|已完成目标任务的有")


def contradictions(season: Sequence[Result]) -> list[str]:
    """Of the season's last week, by product."""
    facts = Facts(season[-1], season[:-1])
    return judged(facts, texts.of(season[-1]))


def judged(facts: Facts, said: Said) -> list[str]:
    """said: what the products say."""
    return [
        *(f"{name}: {fault}" for name, text in said.texts.items() for fault in _text(facts, text)),
        *(f"brief.txt: {fault}" for fault in _matters(facts, said.matters)),
        *(f"通报: {fault}" for fault in _problems(facts, said.problems)),
        *_tables(facts, said),
        *(f"chart {name}: {fault}" for name, title in said.titles.items() for fault in _title(facts, name, title)),
    ]


# ---- texts -----------------------------------------------------------------------------------------------------


def _text(facts: Facts, text: str) -> Iterator[str]:
    yield from reading.unread(facts, text)
    for sentence in _SENTENCE.findall(text):
        yield from _praised(facts, sentence)
        if re.search("→|nan|None", sentence):
            yield f"machine signs: {sentence}"
    if facts.added is None and re.search(r"(?<!周)(本周|较第\d+周)(新增|净减少)", text):
        yield "growth is told though none is known"


def _praised(facts: Facts, sentence: str) -> Iterator[str]:
    """Who is behind in a kind, or stands on carried figures, leads nobody."""
    named = set(re.findall(TOWN, sentence)) if _PRAISE.search(sentence) else set()
    if sentence.startswith("各区镇都已完成"):
        named = set(facts.towns)
    for town in named:
        if any(facts.is_lagging(town, kind) for kind in ("合计", *KINDS)) or facts.borrowed(town):
            yield f"{town} is praised: {sentence}"
        if "已完成" in sentence.partition("：")[0] and town in facts.unfinished:
            yield f"{town} has not finished: {sentence}"
    if re.search("没有区镇慢于|没有区镇落后", sentence) and facts.lags:
        yield f"{sorted(facts.lags)} are behind: {sentence}"


# ---- nobody is left out ----------------------------------------------------------------------------------------


def _matters(facts: Facts, text: str) -> Iterator[str]:
    slow = {f"{town}{'' if kind == '合计' else kind}" for town, kind in facts.lags if facts.is_slow((town, kind))}
    others = {f"{town}{'' if kind == '合计' else kind}" for town, kind in facts.lags} - slow
    if facts.is_over:
        yield from _group("unfinished", facts.unfinished, text, r"仍未完成的有：(.*?)，请说明原因")
    else:
        yield from _group("slow", slow, text, r"低于按期完成所需的有：(.*?)，请说明堵点")
        yield from _group("behind", others, text, r"(?:另有|^1?\.?|[：；\n](?:1\.)?)((?:[^；。]*?))落后，请说明进展")
    yield from _group("stalled", facts.stalled, text, r"无进展的有：(.*?)，请说明原因")
    yield from _group("missing", facts.unused("missing"), text, rf"((?:{TOWN}、?)+{MANY})本周未报")
    yield from _group("returned", facts.unused("returned"), text, rf"((?:{TOWN}、?)+{MANY})本周退回")
    yield from _group("pending", facts.unused("pending"), text, rf"((?:{TOWN}、?)+{MANY})的报表已收到，待核")
    unused = facts.unused("returned") | facts.unused("pending")  # they are told as such, whatever of them was entered
    said = text.partition("数待核")[0].rpartition("。")[2]
    doubtful = {town for town in facts.doubtful if town not in unused or town in said}
    yield from _group("doubtful", doubtful, text, r"([^；。]*)数待核，暂未采用", TOWN)
    over = {f"{key.town}{key.village}{key.kind}" for key in facts.surpluses}
    yield from _group("over target", over, text, r"([^；。]*)超过目标，请核实")


def _group(what: str, expected: set[str], text: str, pattern: str, name: str = PLACE) -> Iterator[str]:
    """One list of the matters: all of the group, or so many of it as it says; none where there is no group."""
    found = re.search(pattern, text)
    words = found[1] if found else ""
    named = re.findall(name, re.sub("（[^）]*）", "", words))
    many = re.search(r"等(\d+)(个区镇|处)", words)
    counted = len(set(re.findall(TOWN, "".join(expected)))) if many and many[2] == "个区镇" else len(expected)
    if not set(named) <= expected:
        yield f"{what}: {sorted(set(named) - expected)} are not"
    if many and int(many[1]) != counted:
        yield f"{what}: {many[1]} are told of {counted}"
    if not many and set(named) != expected:
        yield f"{what}: {sorted(expected - set(named))} are left out"


def _problems(facts: Facts, text: str) -> Iterator[str]:
    """The 通报 names or counts whoever is behind, silent, doubtful or above the target."""
    towns = {town for town, _ in facts.lags} if not facts.is_over else facts.unfinished
    silent = set().union(*map(facts.unused, SILENT)) | facts.unused("late")
    over = {key.town for key in facts.surpluses}
    for town in towns | silent | facts.stalled | set(facts.doubtful) | over:
        if town not in text and not re.search(r"等\d+|的有\d+", text):
            yield f"{town} is left out of 存在问题"
    if re.search("请说明|请核实", text):
        yield "存在问题 asks"


# ---- tables ----------------------------------------------------------------------------------------------------


def _tables(facts: Facts, said: Said) -> Iterator[str]:
    for name, rows in said.tables.items():
        for cells in rows:
            towns = [cell for cell in cells[:2] if cell in facts.towns]
            for fault in _row(facts, towns[0], cells) if towns else _key(facts, cells):
                yield f"{name}: {fault}"


def _row(facts: Facts, town: str, cells: list[str]) -> Iterator[str]:
    """A town's line: rank, rates of the kinds and 合计, gap, state."""
    row = facts.rows[Key(town, "", "合计")]
    rates = [share(facts.rows[Key(town, "", kind)].rate) for kind in (*KINDS, "合计")]
    gap = "—" if row.gap is None else f"{row.gap:+.2f}".replace("-", "−").replace("+0.00", "0.00")
    status = facts.status[town]
    state = row.light.value or "缺数"
    if facts.is_old(town):
        state = SILENT.get(status) or ("沿用" if row.rate is not None else "缺数")
    shown = [cell.rstrip("*") for cell in cells]
    for word, cell in ((str(row.rank or "—"), shown[0]), (state, shown[-1]), *zip(rates, shown[2:5], strict=True)):
        if word != cell:
            yield f"{town}: {cell} stands for {word}"
    if gap not in shown:
        yield f"{town}: {gap} is not in {shown}"


def _key(facts: Facts, cells: list[str]) -> Iterator[str]:
    """落后区镇 4 / 9, 新建完成率 28.05%"""
    if cells[0] in ("新建完成率", "整改完成率") and share(facts.rows[Key("", "", cells[0][:2])].rate) != cells[1]:
        yield f"{cells} are not so"
    if cells[0] == "未完成区镇" and cells[1] != f"{len(facts.unfinished)} / {len(facts.towns)}":
        yield f"{cells}: {sorted(facts.unfinished)} have not finished"
    if cells[0] == "落后区镇" and cells[2] == "没有" and any(not facts.is_old(*entry) for entry in facts.lags):
        yield f"{cells}: {sorted(facts.lags)} are behind"
    named = re.findall(rf"({TOWN})({KIND})?", cells[2]) if cells[0] == "落后区镇" else []
    for town, kind in named:
        if (town, kind or "合计") not in facts.lags:
            yield f"{cells}: {town}{kind} is not behind"


# ---- charts ----------------------------------------------------------------------------------------------------


def _title(facts: Facts, name: str, title: str) -> Iterator[str]:
    behind = [town for town in facts.towns if not facts.is_old(town) and facts.is_lagging(town, "合计")]
    praise = re.search("全部达到序时进度|全部按序时进度推进|没有区镇落后", title)
    if name in "12" and praise and facts.lags and "按沿用的数" not in title:
        yield f"{sorted(facts.lags)} are behind: {title}"
    counted = re.search(r"中(\d+)个落后序时进度|落后的(\d+)个区镇", title)
    if name in "12" and counted and int(counted[1] or counted[2]) != len(behind):
        yield f"{sorted(behind)} are behind: {title}"
    if name in "12" and facts.is_over and "落后" in title:
        yield f"the schedule has ended: {title}"
    yield from _growth_title(facts, title) if name == "4" else ()
    yield from _states_title(facts, title) if name == "6" else ()


def _growth_title(facts: Facts, title: str) -> Iterator[str]:
    told = re.search(r"(新增|净减少)([\d,]+)", title)
    if told and facts.added != reading.number(told[2]) * (1 if told[1] == "新增" else -1):
        yield f"{facts.added} were added: {title}"
    if "速度都达到所需" in title and any(facts.is_slow((town, "合计")) for town in facts.towns):
        yield f"some are slow: {title}"


def _states_title(facts: Facts, title: str) -> Iterator[str]:
    words = {"已报": "received", "迟报": "late", **{label: state for state, label in SILENT.items()}}
    states = list(facts.status.values())
    for word, count in re.findall(r"(已报|迟报|退回|待核|未报)(\d+)个", title):
        if int(count) != states.count(words[word]):
            yield f"{states.count(words[word])} are {word}: {title}"
    if "全部已报送" in title and set(states) != {"received"}:
        yield f"not all have: {title}"


def by_product(found: Iterable[str]) -> dict[str, int]:
    """How many contradictions each product has."""
    counts: dict[str, int] = {}
    for fault in found:
        product = fault.partition(":")[0]
        counts[product] = counts.get(product, 0) + 1
    return counts
