"""催报: what the office writes to the group of towns. Sentences from templates with one branch for each case."""

import pandas as pd

from pipeline.params import Programme
from pipeline.products.feedback.returns import MUST, Items
from pipeline.products.feedback.words import Edition
from pipeline.rules import NOTE
from pipeline.tables import LATE, MISSING, RECEIVED, RETURNED, rows

_SETTLED = "settled"  # missing, but a decision has dealt with it


def text(edition: Edition, submissions: pd.DataFrame, findings: pd.DataFrame, to_answer: dict[str, Items]) -> str:
    """催报 in one paragraph. to_answer: what each town must put right or explain."""
    if not edition.programme.expected_towns:
        return f"{edition.number}没有区镇需要报送。"
    towns = _by_status(edition.programme, submissions, findings)
    sent = [*towns[RECEIVED], *towns[LATE]]
    asked = [*_named("未报", towns[MISSING]), *_named("退回需重报（见退回单）", towns[RETURNED])]
    said = "".join(f"{part}。" for part in _known(towns, to_answer))
    if not asked:
        thanks = _thanks(len(sent), len(edition.programme.expected_towns))
        return f"@各区镇 {edition.number}进展情况汇总表{thanks}{said}"
    count = f"已报{len(sent)}家" if sent else "还没有收到可用的报表"
    return f"@各区镇 {_request(edition)}目前{count}，{'；'.join(asked)}。{said}填累计数，无进展也请零报告。收到请回复。"


def _by_status(programme: Programme, submissions: pd.DataFrame, findings: pd.DataFrame) -> dict[str, list[str]]:
    """The expected towns of each status, in the form's order."""
    settled = set(findings.loc[(findings["rule"] == "missing_town") & (findings["level"] == NOTE), "town"])
    found: dict[str, list[str]] = {status: [] for status in (RECEIVED, LATE, RETURNED, MISSING, _SETTLED)}
    for row in rows(submissions.head(len(programme.towns))):
        if row["status"] in found:
            found[_SETTLED if row["town"] in settled else row["status"]].append(row["town"])
    return found


def _known(towns: dict[str, list[str]], to_answer: dict[str, Items]) -> list[str]:
    """What the group should know beside what it is asked for."""
    sent = [*towns[RECEIVED], *towns[LATE]]
    return [
        *_named("需改正（见退回单）", [town for town in sent if town in to_answer and to_answer[town][MUST]]),
        *_named("迟报", towns[LATE]),
        *_named("看不出是哪个区镇报送的文件，请认领", _files(to_answer.get("", {}))),
        *_named("未报，已按书面决定处理", towns[_SETTLED]),
    ]


def _named(what: str, names: list[str]) -> list[str]:
    return [f"{what}：{'、'.join(names)}"] if names else []


def _files(nobodys: Items) -> list[str]:
    return list(dict.fromkeys(f"《{row['file']}》" for part in nobodys.values() for row in part))


def _request(edition: Edition) -> str:
    """Once the week is sealed, what comes is late by definition: to ask for it in time would be untrue."""
    if edition.revision == 1:
        return f"{edition.number}进展情况汇总表请于{edition.until} 前报送。"
    return f"{edition.number}进展情况汇总表已首次存档（截止时间{edition.until}），请尽快补报，此后收到的列为迟报。"


def _thanks(sent: int, expected: int) -> str:
    return f"已全部报齐（{sent}家），谢谢大家。" if sent == expected else f"已报{sent}家，谢谢大家。"
