"""催报: what the office writes to the group of towns. Sentences from templates with one branch for each case."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.products.feedback.returns import MUST, Items
from pipeline.products.feedback.words import Edition
from pipeline.records import Sent, Submissions
from pipeline.rules import Finding, Level


@dataclass(frozen=True)
class _Towns:
    """The expected towns by what became of their submission, in the form's order; settled: missing, and decided on.

    pending: they have sent, and what is left to do is the office's: to the towns they have reported.
    """

    received: list[str]
    late: list[str]
    returned: list[str]
    pending: list[str]
    missing: list[str]
    settled: list[str]

    @property
    def sent(self) -> list[str]:
        return [*self.received, *self.late, *self.pending]


def text(edition: Edition, submissions: Submissions, findings: Sequence[Finding], to_answer: dict[str, Items]) -> str:
    """催报 in one paragraph. to_answer: what each town must put right or explain."""
    if not edition.programme.expected_towns:
        return f"{edition.number}没有区镇需要报送。"
    towns = _by_status(submissions, findings)
    asked = [*_named("未报", towns.missing), *_named("退回需重报（见退回单）", towns.returned)]
    news = "".join(f"{part}。" for part in _news(towns, to_answer))
    if not asked:
        thanks = _thanks(len(towns.sent), len(edition.programme.expected_towns))
        return f"@各区镇 {edition.number}进展情况汇总表{thanks}{news}"
    count = f"已报{len(towns.sent)}家" if towns.sent else "还没有收到可用的报表"
    return f"@各区镇 {_request(edition)}目前{count}，{'；'.join(asked)}。{news}填累计数，无进展也请零报告。收到请回复。"


def _by_status(submissions: Submissions, findings: Sequence[Finding]) -> _Towns:
    settled = {row.town for row in findings if row.rule.is_absence and row.level is Level.NOTE}

    def of(status: Sent) -> list[str]:
        return [row.town for row in submissions.towns if row.status is status and row.town not in settled]

    return _Towns(
        of(Sent.RECEIVED), of(Sent.LATE), of(Sent.RETURNED), of(Sent.PENDING), of(Sent.MISSING),
        [row.town for row in submissions.towns if row.town in settled],
    )  # fmt: skip


def _news(towns: _Towns, to_answer: dict[str, Items]) -> list[str]:
    """What the group should know beside what it is asked for."""
    return [
        *_named("需改正（见退回单）", [town for town in towns.sent if _must_correct(town, to_answer)]),
        *_named("迟报", towns.late),
        *_named("已收到，由区局核读，不用补报", [town for town in towns.pending if not _must_correct(town, to_answer)]),
        *_named("看不出是哪个区镇报送的文件，请认领", _files(to_answer.get("", {}))),
        *_named("未报，已按书面决定处理", towns.settled),
    ]


def _must_correct(town: str, to_answer: dict[str, Items]) -> bool:
    return town in to_answer and bool(to_answer[town][MUST])


def _named(what: str, names: list[str]) -> list[str]:
    return [f"{what}：{'、'.join(names)}"] if names else []


def _files(unclaimed: Items) -> list[str]:
    return list(dict.fromkeys(f"《{row.file}》" for part in unclaimed.values() for row in part))


def _request(edition: Edition) -> str:
    """Once the week is sealed, what comes is late by definition: to ask for it in time would be untrue."""
    if edition.revision == 1:
        return f"{edition.number}进展情况汇总表请于{edition.until} 前报送。"
    return f"{edition.number}进展情况汇总表已首次存档（截止时间{edition.until}），请尽快补报，此后收到的列为迟报。"


def _thanks(sent: int, expected: int) -> str:
    return f"已全部报齐（{sent}家），谢谢大家。" if sent == expected else f"已报{sent}家，谢谢大家。"
