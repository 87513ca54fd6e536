"""What an office's level is called: who sends, what the whole is, in headings and in sentences.

A county's towns send their villages' figures; a city's counties and a province's cities send one sum a tier, in the same
form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.params.document import Document

DEFAULT = "区"
_OTHER_SPELLINGS = {"members": "towns", "places": "villages"}


@dataclass(frozen=True)
class Words:
    """The words of one level. whole: all of it; member: who sends; part: what a member has a task for.

    by_member, by_part: of lists and charts. office: what the office calls itself to its members. of_offices: whether
    its members are offices that send a 上报表.
    """

    whole: str
    member: str
    by_member: str
    office: str
    part: str = "村"
    by_part: str = "分村"
    of_offices: bool = False

    @property
    def each(self) -> str:
        """各区镇"""
        return f"各{self.member}"

    def many(self, count: int) -> str:
        """9个区镇"""
        return f"{count}个{self.member}"

    @property
    def short(self) -> str:
        """镇 of 全镇, 镇里; 县, 市"""
        return self.by_member.removeprefix("分")

    @property
    def piece(self) -> str:
        """村 of 3/11村; 项"""
        return self.by_part.removeprefix("分")

    @property
    def item(self) -> str:
        """村 of 本村, 各村; 项任务"""
        return f"{self.piece}{self.part}" if self.of_offices else self.part

    def many_parts(self, count: int | str) -> str:
        """3个村, 一个村; 3项任务"""
        return f"{count}{'' if self.of_offices else '个'}{self.item}"

    @cached_property
    def terms(self) -> Mapping[str, str]:
        """What a template of a rule may take."""
        return {
            "member": self.member, "short": self.short, "part": self.part, "item": self.item, "by_part": self.by_part,
            "one": self.many_parts("一"),
        }  # fmt: skip

    def spoken(self, text: str) -> str:
        """A text of our own that is fixed before any programme is known, in the words of a 区: here in these words.

        A chart's name in the notebook, a column's heading, a rule's label. Never what a town has typed.
        """
        return _FIXED.sub(lambda found: self._fixed[found[0]], text)

    @cached_property
    def _fixed(self) -> Mapping[str, str]:
        return {
            "全区": self.whole, "区镇": self.member, "分镇": self.by_member, "分村": self.by_part,
            "全镇": f"全{self.short}", "他镇": f"他{self.short}", "个村": self.many_parts(""), "本村": f"本{self.item}",
            "任务村": f"任务{self.piece}", "村": self.part,
        }  # fmt: skip


_FIXED = re.compile(r"全区|区镇|分镇|分村|全镇|他镇|个村|本村|任务村|(?<!整)(?<!推进)(?<!行政)村(?!推进|民|与|庄)")


def _above(whole: str, member: str, by_member: str, office: str) -> Words:
    """A level whose members are offices themselves: they have a task a tier, not a village."""
    return Words(whole, member, by_member, office, "任务", "分项", of_offices=True)


LEVELS = {
    "区": Words("全区", "区镇", "分镇", "区局"),
    "市辖区": Words("全区", "区镇", "分镇", "区局"),
    "县": Words("全县", "乡镇", "分镇", "县局"),
    "县级市": Words("全市", "镇街", "分镇", "市局"),
    "市": _above("全市", "县（市、区）", "分县", "市局"),
    "省": _above("全省", "设区市", "分市", "省局"),
}


def spelled(written: Document) -> list[str]:
    """`members` and `places` of a programme called `towns` and `villages`; what stands there under both names."""
    twice = written.rename((), _OTHER_SPELLINGS)
    towns = written.values.get("towns")
    for name in towns if isinstance(towns, dict) else ():
        twice += written.rename(("towns", name), _OTHER_SPELLINGS)
    return [f"{other} 和 {_OTHER_SPELLINGS[other]} 是同一个意思，请只留一个" for other in twice]
