"""Numbers in the officer's decisions, and persons in remarks."""

from tests.meant.cases import Case, exact
from tests.meant.forms import official, tabs

PERSONS = [
    ("联系电话13812345678", "13812345678"),
    ("电话138 1234 5678", "138 1234 5678"),
    ("电话：138-1234-5678", "138-1234-5678"),
    ("138.1234.5678村干部", "138.1234.5678"),
    ("电话１３８１２３４５６７８", "１３８１２３４５６７８"),
    ("(138)12345678", "12345678"),
    ("身份证320625196503121238已登记", "320625196503121238"),
    ("身份证32062519650312123X", "32062519650312123"),
    ("320625 19650312 1238", "19650312"),
    ("身份证号320625650312123", "320625650312123"),
    ("一卡通6228480402564890018", "6228480402564890018"),
    ("6228 4804 0256 4890 018", "4890 018"),
    ("填报人：张建国", "张建国"),
    ("联系人 王秀兰 13912345678", "王秀兰"),
    ("户主王秀兰，电话13912345678，暂不同意", "13912345678"),
    ("审核人：欧阳建华", "欧阳建华"),
]

NO_PERSONS = [
    "依据海乡振〔2023〕4号文件",
    "总投资12345678元",
    "2023-05-12 16:30核对",
    "填报人员已培训",
    "户主均已签字",
    "联系电话见附件",
    "完成数45、24、12、0",
    "联系人未变",
    "负责人已落实到组",
    "5月12日前完成45座",
    "审核人意见：同意",
    "本周5.6-5.12新增9座",
    "填报人已更换",
]

NO_PLAIN_NUMBERS = [
    "050",
    "0x2D",
    "4_5",
    "1:30",
    "0b101101",
    "0o55",
    "4.5e1",
    "45.0",
    "+45",
    "45座",
    "４５",
    "四十五",
    "-5",
    "true",
    ".inf",
    "045",
    "1,045",
    "~",
]
ABOUT_45 = official(done=(("约45", 24), (12, 0)))


def corrected(now: str) -> str:
    """The decision that 约45 is this number."""
    return (
        "  - {do: correct, town: 包场镇, village: 盐灶村, kind: 新建, was: 约45, reason: 电话核实, by: 张三, date: 2023-05-12,\n"
        f"     now: {now}\n"
        "    }\n"
    )


DECISIONS = [
    exact("plain", ABOUT_45, "a plain number", decision=corrected("45")),
    exact("commented", ABOUT_45, "a plain number with a comment", decision=corrected("45   # 电话核实")),
    *(
        Case(f"refused-{number:02}", "refused", ABOUT_45, f"now: {now}", decision=corrected(now))
        for number, now in enumerate(NO_PLAIN_NUMBERS, 1)
    ),
]

REMARKS = [
    *(
        Case(f"masked-{number:02}", "masked", official(remark), f"to be masked: {remark}", words=secret)
        for number, (remark, secret) in enumerate(PERSONS, 1)
    ),
    *(
        Case(f"kept-{number:02}", "kept", official(remark), f"nothing personal: {remark}", words=remark)
        for number, remark in enumerate(NO_PERSONS, 1)
    ),
    Case(
        "masked-tab",
        "masked",
        tabs({"13812345678": official()}),
        "a telephone number as a tab's name",
        words="13812345678",
    ),
]

CASES = [*DECISIONS, *REMARKS]
