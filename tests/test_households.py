"""A household ledger is recognised by its columns; whatever any clerk would call a form, or a list of officials, is none."""

import pytest

from pipeline.intake.households import holds_ledger
from pipeline.intake.reading import BLANK, CELL_TEXT, Book, Cell, Sheet

_FORM = """
区镇 | 整村推进村 | 目标任务 | | 完成情况 | | 备注
| | 新建 | 整改 | 新建 | 整改 |
甲镇 | 东河村 | 100 | 50 | 20 | 10 |
合计 | | 100 | 50 | 20 | 10 |
"""


def sheet(text: str) -> Sheet:
    """A line a row, cells parted by |."""
    made = Sheet("Sheet1")
    for row, line in enumerate(text.strip().splitlines(), 1):
        for column, raw in enumerate(line.split("|"), 1):
            made.put(row, column, Cell(raw.strip(), CELL_TEXT if raw.strip() else BLANK))
    return made


@pytest.mark.parametrize(
    "text",
    [
        "序号|户主姓名|身份证号|联系电话|门牌号\n1|张三|329901199001011234|13800001234|3组12号",
        "村|户主|联系电话\n东河村|张三|13800001234",
        "农户姓名|改厕类型|家庭住址\n李四|三格式|3组",
        "序号|姓名|身份证号码|开户行\n1|张三|329901199001011234|示例银行",
        "姓名|银行账号|金额\n张三|6228480000000000000|1000",
        "姓名|门牌号码|任务类别\n王五|12|新建",
        "2023年东河村户厕改造一户一档\n户 主|公民身份号码（必填）|改厕模式\n王小明||三格式",
        "户主信息|||改厕情况\n姓名|身份证号|电话|类型\n张三|329901199001011234|13800001234|双瓮",
        "户主姓名|张三|身份证号|329901199001011234\n联系电话|13800001234|门牌号|12",
        "姓名|改厕类型|完工日期\n张三|三格式|5月1日\n李四|双瓮|5月2日\n王小明|三格式|5月3日",
        "姓名|手机号码\n张三|13800001234\n李四|13800001235\n王五|13800001236",
        "户主姓名|改厕方式\n张三|a\n李四|a\n王五|a\n赵六|a\n钱七|a",
        "329901199001011234|a\n329901199001011235|b\n32990119900101123X|c",
        "householder|idCard\n张三|329901199001011234",
        "户主姓名：|王小明\n联系电话：|13800001234",
        "序号|户主姓名及身份证号\n1|张三329901199001011234",
        "户主姓名*|证件号码：\n夔大|3.29901199001012e+17",
    ],
)
def test_columns_of_households_are_a_ledger(text: str) -> None:
    assert holds_ledger(Book("xlsx", [sheet(text)]))
    hidden = sheet(text)
    hidden.hidden = True
    assert holds_ledger(Book("xlsx", [sheet(_FORM), hidden]))


@pytest.mark.parametrize(
    "text",
    [
        _FORM,
        f"{_FORM}填报人：张三 | | 审核人：李四 | | 联系电话：13800001234",
        f"{_FORM}填报人 | 张三 | 审核人 | 李四 | 联系电话 | 13800001234",
        f"{_FORM}姓名 | 张三 | 联系电话 | 13800001234",
        "区镇|整村推进村|目标任务|完成情况|负责人|联系电话\n甲镇|东河村|100|20|张三|13800001234",
        "整村推进村|姓名|联系电话|目标任务\n东河村|张三|13800001234|1\n西河村|李四|13800001235|2\n南河村|王五|13800001236|3",
        "姓名|职务|联系电话\n张三|主任|13800001234\n李四|科员|13800001235\n王五|科员|13800001236",
        "单位|姓名|手机号\n甲镇|张三|13800001234\n乙镇|李四|13800001235\n丙镇|王五|13800001236",
        "户主姓名|身份证号|联系电话",  # a ledger that nobody has filled in
        "村|总户数|农户数|改厕户数|门牌\n东河村|120|118|20|",
        "户主外出未改的12户，联系电话见附件",
        "区镇|320684199001011234",
        "户主姓名：|\n联系电话：|",
        "姓名|电话\n张三|13800001234\n|",  # the two who fill in the form
    ],
)
def test_a_form_and_a_list_of_officials_are_none(text: str) -> None:
    assert not holds_ledger(Book("xlsx", [sheet(text)]))
