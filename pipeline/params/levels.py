"""What an office's level is called: who sends, what the whole is, in headings and in sentences.

A county's towns send their villages' figures; a city's counties and a province's cities send one sum a tier, in the same
form. So there are three tiers of offices and six words for them.
"""

from dataclasses import dataclass

from pipeline.params.document import Document

DEFAULT = "区"
_OTHER_SPELLINGS = {"members": "towns", "places": "villages"}


@dataclass(frozen=True)
class Level:
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


def _above(whole: str, member: str, by_member: str, office: str) -> Level:
    """A level whose members are offices themselves: they have a task a tier, not a village."""
    return Level(whole, member, by_member, office, "任务", "分项", of_offices=True)


LEVELS = {
    "区": Level("全区", "区镇", "分镇", "区局"),
    "市辖区": Level("全区", "区镇", "分镇", "区局"),
    "县": Level("全县", "乡镇", "分镇", "县局"),
    "县级市": Level("全市", "镇街", "分镇", "市局"),
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
