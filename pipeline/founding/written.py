"""The programme as YAML, each key explained in Chinese. What is written reads back to the same programme."""

import json
from collections.abc import Iterator
from typing import Any

import yaml

from pipeline.params import Programme
from pipeline.params.year import Village

_TAIL = """\
# 以下各项有默认值，要改的去掉行首的 # 号。
# lights: {behind: -1, far_behind: -10}   # 较序时的百分点：低于 behind 为慢序时，低于 far_behind 为严重滞后
# carry: true                             # 本周没有采用的数沿用上次累计数（处处标明）；false 为不沿用
# rules: {over_target: query}             # 调整检查规则的级别：note 提示、query 待说明、hold 待裁定、reject 退回
# target_changes:                         # 目标任务年中调整：要有文号，从 from 那天起算，以前各周不变
#   - {town: 区镇, village: 村, kind: 新建, target: 110, from: 2023-06-02, document: 文号, reason: 原因}
"""


def as_yaml(programme: Programme) -> str:
    """The file's text. A programme that was founded has none of the keys that come later (target_changes, rules …)."""
    return "\n".join([*_head(programme), *_towns(programme), _TAIL])


def _head(programme: Programme) -> Iterator[str]:
    schedule = programme.schedule
    yield "# 当年方案。# 号后面是说明；冒号、逗号用半角，冒号后面空一格。写错的，运行任何一条命令都会逐行指出。"
    yield f"title: {_scalar(programme.title)}   # 年度和工作名称，印在标题里"
    yield f"office: {_scalar(programme.office)}   # 本单位全称"
    yield f"document: {_scalar(programme.document)}   # 下达目标任务的文件"
    yield f"unit: {_scalar(programme.unit)}   # 计量单位：户、座、个都认，各处只印这一个"
    yield (
        f"schedule: {{start: {schedule.start}, end: {schedule.end}}}"
        "   # 实施阶段，首尾两天都算：序时进度＝已过天数÷总天数；按节点的加 milestones: {日期: 比例}"
    )
    yield f'deadline: "{programme.deadline}"   # 截至日期当天的报送时间，要加引号'


def _towns(programme: Programme) -> Iterator[str]:
    words = programme.words
    yield f"# {words.member}和{words.part}：顺序就是汇总表的顺序，目标任务只认这里的。"
    yield f"# aliases 其他叫法；name {words.part}名；tier 级别；new_build 新建目标；renovation 整改目标。没有任务的{words.member}写 villages: []。"
    yield "towns:"
    for name, town in programme.towns.items():
        yield f"  {_scalar(name)}:"
        yield f"    aliases: {_flow(list(town.aliases))}"
        yield "    villages:" if town.villages else "    villages: []   # 本年度没有整村推进村"
        yield from (f"      - {_flow(_facts(village))}" for village in town.villages)


def _facts(village: Village) -> dict[str, Any]:
    facts = village.model_dump()
    return {**facts, "aliases": list(facts["aliases"])}


def _scalar(text: str) -> str:
    """A text with quotes where YAML, or a person, would read it as something else: -甲 looks like an item."""
    return json.dumps(text, ensure_ascii=False) if text.startswith("-") else _flow([text])[1:-1]


def _flow(value: Any) -> str:
    return str(
        yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf"))
    ).strip()
