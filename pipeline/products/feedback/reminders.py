"""催报: what the office writes to the group of towns. Sentences from templates with one branch for each case."""

from collections.abc import Mapping, Sequence

from pipeline.products.feedback.items import Part, Parts
from pipeline.products.feedback.words import Edition
from pipeline.products.roll import Roll
from pipeline.records import Sent, Submissions
from pipeline.rules import Finding, Level

_SETTLED = "已按书面决定处理，不用补报"
_ANSWER = "有疑问，请按退回单答复"
_ASIDE = {Sent.RETURNED: "（见退回单，请改好重报）", Sent.PENDING: "（正在核读，不用补报）"}


def text(
    edition: Edition, submissions: Submissions, findings: Sequence[Finding], to_answer: Mapping[str, Parts]
) -> list[str]:
    """催报 in short lines, as a telephone shows them. to_answer: what each town must put right or explain."""
    roll = _roll(submissions)
    if not roll.expected:
        return [f"{edition.number}没有{edition.words.member}需要报送。"]
    to_mend = [town for town, parts in to_answer.items() if Part.MEND in parts]
    counts = _counts(roll, _settled(findings), set(to_mend))
    news = _news(edition, roll, to_mend, to_answer.get("", {}))
    greeting = f"@所有人 {edition.words.each}："
    if urged(submissions, findings):
        return [greeting, _request(edition), f"目前{counts}。", *news, "填累计数，无进展也请零报告。收到请回复。"]
    told = [greeting, f"{edition.number}进展情况汇总表{counts}。", *news]
    return told if to_mend else [*told, "已全部报齐，谢谢大家。" if roll.is_complete else "谢谢大家。"]


def urged(submissions: Submissions, findings: Sequence[Finding]) -> list[str]:
    """The towns that are asked to send: what a decision has settled, and what waits for the office, is not asked for."""
    by_state, settled = _roll(submissions).by_state, _settled(findings)
    return [*by_state[Sent.RETURNED], *(town for town in by_state[Sent.MISSING] if town not in settled)]


def _roll(submissions: Submissions) -> Roll:
    return Roll.of({row.town: row.status for row in submissions.towns})


def _settled(findings: Sequence[Finding]) -> set[str]:
    """Towns of which a decision has settled that they are missing."""
    return {row.town for row in findings if row.rule.is_absence and row.level is Level.NOTE}


def _counts(roll: Roll, settled: set[str], asked: set[str]) -> str:
    """已报8家，待核1家（正在核读，不用补报）：三星镇. asked: the towns that a 退回单 asks to mend a figure."""
    reported, *others = roll.counted("家")
    special = {Sent.MISSING: (settled, _SETTLED), Sent.PENDING: (asked, _ANSWER)}
    named = (
        f"{words}{_names(state, roll.by_state[state], *special.get(state, (set(), '')))}" for words, state in others
    )
    return "，".join(filter(None, (reported[0], "；".join(named))))


def _names(state: Sent, towns: Sequence[str], apart: set[str], words: str) -> str:
    """Who they are, and what they have to do, where that is not plain. apart: those of whom other words are true."""
    listed, others = "、".join(towns), [town for town in towns if town in apart]
    if not others:
        return f"{_ASIDE.get(state, '')}：{listed}"
    return f"（{words}）：{listed}" if len(others) == len(towns) else f"：{listed}（其中{'、'.join(others)}{words}）"


def _news(edition: Edition, roll: Roll, to_mend: Sequence[str], unclaimed: Parts) -> list[str]:
    """What the group should know beside who has reported."""
    reported = (*roll.by_state[Sent.RECEIVED], *roll.by_state[Sent.LATE])
    files = dict.fromkeys(f"《{item.file}》" for listed in unclaimed.values() for item in listed)
    return [
        *_named("有数要改正（见退回单，请改好重报）", [town for town in reported if town in to_mend]),
        *_named(f"看不出是哪个{edition.words.member}报送的文件，请认领", list(files)),
    ]


def _named(what: str, names: list[str]) -> list[str]:
    return [f"{what}：{'、'.join(names)}。"] if names else []


def _request(edition: Edition) -> str:
    """Once the week is sealed, what comes is late by definition: to ask for it in time would be untrue."""
    if edition.revision == 1:
        return f"{edition.number}进展情况汇总表请于{edition.until} 前报送。"
    return f"{edition.number}进展情况汇总表已首次存档（截止时间{edition.until}），请尽快补报，此后收到的列为迟报。"
