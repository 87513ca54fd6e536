"""Lines that honest clerks write above and below the table: all exact."""

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from tests.meant.cases import Build, exact
from tests.meant.forms import TITLE, word
from tests.meant.layouts import IN_ONE_LINE, KINDS, OFFICIAL, STARTED, THREE, WIDE, Row, facts, table
from tests.meant.ordinary_remarks import talk
from tests.messes import builders as make
from tests.messes.office import DAY
from tests.weeks import FIRST

ABOVE = [
    ("区属名：海门区 | | | 填报单位：包场镇 | | | 单位：座",),
    ("区属：南通市海门区", "填报单位（公章）：包场镇人民政府"),
    ("填报单位：（盖章） | 包场镇 | | 填报时间： | 2023年5月12日 | | ",),
    ("填报人：陆燕 | | 审核人：施建国 | | 填报日期：5月12日 | | ",),
    ("密级：内部资料 | | | | | | 编号：2023-06",),
    ("附件2：", "文号：海乡振〔2023〕4号"),
    ("表号：海乡振02表", "制定机关：海门区乡村振兴局", "有效期至：2023年12月31日"),
    ("报告期：第6周（5月6日—5月12日）",),
    ("数据截止时间：2023年5月12日12时",),
    ("统计周期：2023.5.6-2023.5.12 | | | | | 计量单位：座",),
    ("日期：二〇二三年五月十二日",),
    ("2023年5月12日 星期五",),
    ("填报时间：2023-05-12 16:20:35",),
    ("时间：2023/05/12 | | | | | | 单位：户",),
    ("日期：2023．5．12 | | | | | | （单位：座）",),
    ("日期：20230512",),
    ("日期：5/12",),
    ("（截至5月12日下班前）",),
    ("单位：个",),
    ("计量单位：户、座",),
    ("单位：座、%",),
    ("单位：座、万元",),
    ("填报单位：包场镇乡村振兴办公室 | | | 联系人：陈琳 | | 电话：82651234 | ",),
    ("报送单位：包场镇农业农村和社会事业局 | | | | 签发人：张建平",),
    ("报：区乡村振兴局", "抄送：镇党政办"),
    ("紧急程度：平急 | | | | 密级：无",),
    (".", "填报单位：包场镇", "."),
    ("（4月1日—5月12日累计）",),
    ("填表日期： | 2023年5月12日 | | 截止日期： | 2023年5月12日 | | ",),
    ("报送期数：第六期 | | | | 报送日期：5月12日",),
    ("2023年第6周 | | | | | | 5月12日",),
    ("实施期限：2023年4月1日至2023年9月30日",),
    ("报送要求：每周五17:00前报送，如遇节假日提前",),
    ("填报人：王 海 燕 | | 职务：科员 | | 手机：138****1234",),
    (
        "填报单位：包场镇\u3000\u3000\u3000填报人：陆燕\u3000\u3000\u3000填报日期：2023 年 5 月 12 日\u3000\u3000\u3000单位：座",
    ),
    ("填报单位（盖章）：            填报日期：2023年  5 月 12 日",),
    ("填报单位：            填报日期：    年   月   日",),
    ("本表由区镇填报，一式两份，一份留存",),
]

BELOW = [
    ("注：1.本表为累计数；2.每周五下班前报区乡村振兴局；3.无进展的实行零报告。",),
    (
        "填表说明：",
        "1.“目标任务”以区下达数为准，不得自行调整；",
        "2.“完成情况”填报自4月1日起的累计完成数，不得填报本周新增数；",
        "3.新建指新达到无害化标准的户厕，整改指问题户厕整改到位；",
        "4.每周五17:00前报送，联系人：徐锋，电话：0513-82100000。",
    ),
    ("填报人： | 陆燕 | 审核人： | 施建国 | 联系电话： | 82650000 | ",),
    ("单位负责人（签字）：            填报人：            2023年5月12日",),
    ("(盖章)", "包场镇人民政府", "2023年5月12日"),
    ("备注：以上数据经镇分管领导审核，与村级台账一致。",),
    ("备注：盐河村为区级整村推进村，无整改任务。",),
    ("说明：本周因连续降雨，施工进度放缓，下周将加快推进。",),
    ("说明：完成数指已建成并能正常使用的户厕，不含在建。",),
    ("注：在建户厕未计入完成数。",),
    ("注：“完成情况”不含公厕、旱厕填埋数。",),
    ("下次报送时间：5月19日（周五）17:00前。",),
    ("请各村于每周四前将进度报镇乡村振兴办，逾期按零进度处理。",),
    ("注：1.区镇名称请填全称；2.不得空项，没有的填“0”；3.本表请用A4纸打印盖章后报送，同时报送电子版。",),
    (
        "主要做法：一是加强组织领导，二是倒排工期，三是强化督查。",
        "存在问题：农忙用工紧张。",
        "下步打算：5月底前新增30座。",
    ),
    ("举报电话：0513-82212345",),
    ("总进度：新建57座、整改24座，合计81座，占目标任务的10.59%。",),
    ("本周新增新建7座、整改4座，累计完成81座。",),
    ("全镇共有2个整村推进村，目标765座，累计完成81座，完成率10.59%",),
    ("主要负责人： | | 分管负责人： | | 填表人： | 黄晓东 | ",),
    ("审核意见：属实。", "审核人：顾卫兵    2023年5月12日"),
    ("（此表每周五报送，数据截至当周周五）",),
    ("填报说明：本表一式两份，镇、区各存一份；新建、整改分开填；座数取整数。",),
    ("制表：包场镇乡村振兴办公室          制表时间：2023年5月12日          第1页 共1页",),
    ("打印时间：2023-05-12 15:42:10",),
    ("*本表数据来源于各村上报",),
    ("注：①完成情况为累计数；②整改含修缮；③单位为座。",),
    ("附：完成户照片（另报）",),
    ("注：目标任务中新建585座、整改180座，系根据海乡振〔2023〕4号文件下达。",),
    ("注：年底前区里组织核查验收，验收结果作为奖补依据。",),
    ("注：9月底前全面完成，10月底前完成区级验收，11月兑付奖补资金。",),
    (".", "填报人：陆燕", ".", "审核人：施建国"),
    ("填报人（签字）：陆燕\u3000\u3000村书记：盐灶村 施卫东、盐河村 张汉明",),
    ("注：本表不含2022年度结转任务。",),
    ("报送邮箱：hmxczx@126.com    微信群：户厕改造工作群",),
    ("说明：完成情况如有调减须书面说明原因。本周无调减。",),
]

FURTHER_BELOW = [
    ("注：完成情况为4月1日以来累计数。",),
    ("注：本表数据自2023年4月1日起累计。",),
    ("说明：累计完成数从4月1日开始计算，截至5月12日。",),
    ("说明：“完成情况”指自实施之日（4月1日）起至本周五的累计完成数",),
    ("注：统计时间为4月1日至5月12日。",),
    ("注：如有疑问请与镇乡村振兴办联系。",),
    ("注：以上数据经村镇核实，真实准确。",),
    ("注：数据如与区平台不一致，以本表为准。",),
    ("注：目标任务以海乡振〔2023〕4号文件为准。",),
    ("注：验收结果以区级核查为准。",),
    ("说明：座数以实际建成使用为准，化粪池未安装的不得计入。",),
    ("填表要求：1.不得漏填、错填；2.数据如有变动及时更正；3.严禁弄虚作假。",),
    ("填表说明：1.本表每周五17:00前报送，节假日顺延；2.累计数不得小于上周；3.预计数、计划数不得填入完成情况。",),
    ("注：本表不含在建户。",),
    ("注：开工数含在建及完工数。",),
    ("承诺：本单位对所报数据的真实性负责。",),
    ("上报人：陆燕  上报日期：5月12日  复核：施建国",),
    ("进度安排：4月底前完成10%，6月底前完成50%，9月底前全部完成。",),
    ("下周计划：新增新建15座、整改8座。",),
    ("存在问题及建议：1.农忙季节用工难；2.部分农户不在家；3.建议区里尽快拨付第二批资金。",),
    ("附注：盐灶村为省级，盐河村为区级。",),
    ("填报示例：完成情况填写整数，如“45”，不填“45座”。",),
    ("党政主要领导签字：          镇（街道）盖章：          年   月   日",),
    ("抄送：区纪委监委、区财政局",),
    ("注：截至4月底完成新建33座、整改17座（盐灶村）。",),
    ("附：上期（5月5日）累计新建50座、整改20座，本期新增11座。",),
    ("备注：本期无调整事项。",),
    ("第六期                                            2023年5月12日印发",),
]


def with_talk(village: int, number: int) -> list[Row]:
    """The true rows, and one village says a remark of the list."""
    rows = facts()
    rows[village]["remark"] = talk(number, rows[village])
    return rows


def dated(above: str, cell: str, date: dt.date, code: str, day: str = DAY) -> Build:
    """The form with a line above it, and a real date in a cell of that line."""

    def edit(sheet: Worksheet) -> None:
        sheet[cell] = date
        sheet[cell].number_format = code

    return lambda: make.xlsx(table(OFFICIAL, facts(day=day), above=[above]), edit)


TODAY, TODAY_AT_FOUR = dt.date(2023, 5, 12), dt.datetime(2023, 5, 12, 16, 30)
DATES = [
    exact(
        "beside-its-label",
        dated("填报日期： | x | | | | | ", "B2", TODAY, "yyyy-mm-dd"),
        "a real date beside its label",
    ),
    exact(
        "chinese-format",
        dated("填报单位：包场镇 | | | | | 日期： | x", "G2", TODAY_AT_FOUR, 'yyyy"年"m"月"d"日"'),
        "a real date, Chinese format",
    ),
    exact("lone-date", dated("x | | | | | | ", "A2", TODAY, 'm"月"d"日"'), "a lone real date above"),
    exact(
        "first-date",
        dated("填报日期 | x | | | | | 单位：座", "B2", dt.date(2023, 4, 7), "yyyy/m/d", FIRST),
        "the first week's date",
        day=FIRST,
    ),
    exact(
        "day-before",
        table(OFFICIAL, facts(), above=["填报日期：2023年5月11日"]),
        "filled in a day before the closing date",
    ),
]

CASES = [
    *(
        exact(
            f"above-{at + 1:02}",
            table(
                (OFFICIAL, WIDE, STARTED, KINDS, THREE, IN_ONE_LINE)[at % 6],
                with_talk(0, at * 7),
                above=lines,
                total=("合计", "")[at % 2],
                town_again="^" if at % 3 == 0 else "{town}",
            ),
            " / ".join(lines),
        )
        for at, lines in enumerate(ABOVE)
    ),
    *DATES,
    *(
        exact(
            f"below-{at + 1:02}",
            table(
                (WIDE, OFFICIAL, THREE, STARTED, IN_ONE_LINE, KINDS)[at % 6],
                with_talk(1, at * 11 + 3),
                above=ABOVE[at * 5 % 20],
                below=lines,
                total=("", "合计")[at % 2],
                town_again="" if at % 4 == 0 else "{town}",
            ),
            " / ".join(lines),
        )
        for at, lines in enumerate(BELOW)
    ),
    *(
        exact(
            f"further-below-{at + 1:02}",
            table((OFFICIAL, WIDE, STARTED, IN_ONE_LINE)[at % 4], facts(), below=lines, total=("合计", "")[at % 2]),
            " / ".join(lines),
        )
        for at, lines in enumerate(FURTHER_BELOW)
    ),
    *(
        exact(
            f"below-in-word-{at + 1:02}",
            word(table(OFFICIAL, facts(), title=""), ["附件2", TITLE], FURTHER_BELOW[at]),
            " / ".join(FURTHER_BELOW[at]),
            name="包场镇.docx",
        )
        for at in (0, 3, 6, 8, 10, 12, 17, 24)
    ),
    *(
        exact(
            f"not-below-{at + 1:02}",
            table(OFFICIAL, facts(), above=FURTHER_BELOW[at]),
            "above the table: " + " / ".join(FURTHER_BELOW[at]),
        )
        for at in (0, 2, 11, 12, 17)
    ),
]
