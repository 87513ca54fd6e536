"""Whether a remark gives a reason at all."""

import re

from pipeline.caveats.clauses import parted
from pipeline.caveats.words import ESTIMATE

_EMPTY = re.compile(
    r"\[[^\]]*\]|#[A-Z0-9/!?]+|暂无|没有|无|同上周?|同前|正常|异常|良好|备注|说明|情况|详见|见?附件|见[上下前后]|略|属实|已?核实|核对|完成|全部|按|计划|推进|进行|"
    r"进展|顺利|数据|数字|本周|上报|填报|待补充?|补充|稍后|另行|要求|以实际为准|实际|抓紧|加快|积极|努力|继续|已|是|否|对|好|数|座|户|个|的|了|年|月|日"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{1,5}(?:镇|街道|村|社区)")
_MEANT = re.compile(rf"^{ESTIMATE}")


def explains(text: str) -> bool:
    """Whether a remark says something: blanks, 无, —, 0, 同上, 正常, a date, a name, what is planned, ［图片］ explain nothing."""
    said = "".join(clause for clause in parted(text) if not _MEANT.match(clause) and not _NAME.fullmatch(clause))
    return len(re.sub(r"[^\u4e00-\u9fff]", "", _EMPTY.sub("", said))) >= 2
