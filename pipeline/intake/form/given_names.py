"""What the name of a tab or a file says of the table in it: another time's, no report at all, a draft."""

import re

from pipeline.intake.form.dates import Period

_OLD = re.compile(r"旧|备份|上周|上期|上次|上月|历史|去年|往年|原表")
_NO_REPORT = re.compile(r"说明|示例|样表|样例|范例|例表|指南|作废|计划|预测|预计|下周|测试|公厕|新增|验收|抽查")
_OLD_FILE = re.compile(r"旧表|上周|上期|上月|去年|往年")
_NO_REPORT_FILE = re.compile(r"示例|样表|样例|范例|测试|有误|错误|作废|预测|预计|下周|(?:月份?|周|季度)计划|计划表?$")
_DRAFT = re.compile(r"草稿|初稿|草表|底稿|未定稿|讨论稿|征求意见稿|未审|未核|待审|待核|初步|待定|暂定")
_BLANK_FORM = re.compile(r"模板|模版")
_MONTH = re.compile(r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])月(?:份|末|底)?(?![\d一二三四五六七八九十第])")


def is_old(tab: str, period: Period) -> bool:
    """5.5, 上周, 旧, 备份, 2022"""
    return bool(_OLD.search(tab)) or period.is_other_time(tab)


def is_no_report(tab: str) -> bool:
    """填表说明, 示例, 下周计划: what stands there is not what a town reports."""
    return bool(_NO_REPORT.search(tab))


def disowned(file: str, period: Period) -> str:
    """The word by which a file's name says that it is no report of this week, "" if it names this week's date too."""
    match = _NO_REPORT_FILE.search(file) or (None if period.is_near(file) else _OLD_FILE.search(file))
    return match[0] if match else ""


def draft(name: str) -> str:
    """The word by which a tab's or file's name says that the table is not settled, or ""."""
    match = _DRAFT.search(name)
    return match[0] if match else ""


def draft_tab(tab: str) -> str:
    """As `draft`, or that the tab is the blank form's own: 模板."""
    match = _BLANK_FORM.search(tab)
    return draft(tab) or (match[0] if match else "")


def other_time(name: str, period: Period) -> str:
    """The date, week, month or year in a name that is not this week's, as written, or ""."""
    month = _MONTH.search(name)
    if month and int(month["month"]) != period.closing.month:
        return month[0]
    return period.speaks_of_another(name) or next(iter(period.other_years(name)), "")
