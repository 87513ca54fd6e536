"""Words around the rows: titles, lines above and below, comments."""

from collections.abc import Sequence

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.meant.cases import NEW, Build, each, exact, told, unused
from tests.meant.forms import DONE, TITLE, TOO_MANY, TOO_MANY_NEW, Pair, official
from tests.messes import builders as make

TOTAL_LINE = "合计 | | 585 | 180 | 57 | 24"
A_LITTLE_OLD = ((42, 22), (11, 0))


def commented(words: str, address: str = "E4", done: Sequence[Pair] = DONE) -> Build:
    """The form with a comment on a cell."""

    def edit(sheet: Worksheet) -> None:
        sheet[address].comment = Comment(words, "Administrator")

    return lambda: make.xlsx(official(done=done), edit)


HARMLESS = [
    *each(
        exact,
        "title",
        "titles",
        lambda title: official(title=title),
        [
            f"{TITLE}（截至5月12日）",
            f"{TITLE}（截至2023年五月十二日）",
            f"{TITLE}（第六周）",
            f"{TITLE}（5.6-5.12）",
            f"包场镇{TITLE}",
            "附件2：" + TITLE,
            "2023年度农村户厕改造整村推进每周进展情况汇总表（第6期）",
            "2023年度农村户厕改造整村推进计划完成情况每周进展汇总表",
        ],
    ),
    *each(
        exact,
        "above",
        "a line above the table",
        lambda line: official(above=[line]),
        [
            "填报单位：包场镇人民政府（盖章）          填报日期：2023年5月12日          单位：座",
            "填报单位（公章）：海门港新区管委会        填报时间：2023-05-12",
            "填报部门：包场镇农业农村和社会事业局",
            "填报单位：                      填报日期：  年  月  日",
            "截止日期：二〇二三年五月十二日",
            "统计时段：2023年5月6日至2023年5月12日",
            "报送时间：5月11日",
            "报表日期：20230512",
            "打印时间：2023/5/12 16:32:05",
            "（截至5月12日17:00，每周五报送，表中为累计数）",
            "依据：海乡振〔2023〕4号（2023年3月27日印发）",
        ],
    ),
    *each(
        exact,
        "below",
        "a line below the table, merged over it",
        lambda line: official(below=[line]),
        [
            "填表说明：完成情况填截至本周五的累计完成数，不得填计划数、预计数，不含在建。",
            "填表说明：如本周新增5座、上周累计40座，则填45。",
            "上期（5月5日）累计：新建50座，整改20座",
            "本周小结：全镇整村推进村本周新增新建7座、整改4座，累计完成81座。",
            "存在问题：阴雨天气影响施工；下一步打算：预计5月底完成新建100座。",
        ],
    ),
    *each(
        exact,
        "below-in-a-cell",
        "a line below the table, in its first cell",
        lambda line: official(below=[f"{line} | "]),
        [
            "填报人：                审核人：                联系电话：",
            "注：1.本表为累计数；2.每周五下班前上报；3.无进展也要零报告。",
            "下周计划：新建完成60座、整改30座。",
            "备注：2022年结转项目不在本表统计。",
            "说明：四甲镇、常乐镇相关数据由其自行填报。",
            "以上数据已经核实，真实准确，请予审核。",
            "请于每周五前报送，逾期视为无进展。",
            "抄报：区乡村振兴局    2023年5月12日",
        ],
    ),
    exact(
        "signatures",
        official(below=[TOTAL_LINE, "填报人： | 张建国 |  | 审核人： | 李卫东", "联系电话： | 13812345678"]),
        "signatures in cells of their own below the total",
    ),
    exact(
        "growth-below-the-total",
        official(below=[TOTAL_LINE, "本周新增", "新建7座，整改4座"]),
        "two lines of words below the total",
    ),
    *each(
        exact,
        "comment",
        "a comment on E4",
        commented,
        [
            "已与村核对",
            "上周40，本周+5",
            "计划6月完成100座",
            "微软用户:\n含本周5座",
            "不含在建12座",
            "截至5月12日",
            "预计下周验收",
        ],
    ),
    exact(
        "comment-on-the-heading",
        commented("填截至本周五的累计完成数，不要填计划数", "E2"),
        "a hint in a comment on the heading",
    ),
    exact("comment-on-the-target", commented("区下达任务数，2022年12月摸底", "C4"), "a comment on the target"),
]

TAKEN_BACK = [
    *each(
        unused,
        "foot-takes-back",
        "the foot says so",
        lambda line: official(done=TOO_MANY, below=[line]),
        [
            "以上数据为预计到5月底完成数",
            "注：以上为全镇数据，含非整村推进村。",
            "注：表内数据含2022年度结转户。",
            "本表数据有误，请以明日上报为准。",
            "以上为4月28日数据，本周数据待报。",
            "说明：完成情况一栏为计划数。",
            "以上为示例数据，请据实修改。",
            "注：完成情况含下周拟完工户。",
        ],
    ),
    unused(
        "foot-denies-growth",
        official(done=TOO_MANY, below=["本周各村均无新增，累计数与上周一致。"]),
        "the foot says no growth, all have grown (wrongly)",
    ),
    *each(
        unused,
        "above-takes-back",
        "a line above says so",
        lambda line: official(done=A_LITTLE_OLD, above=[line]),
        [
            "（截至4月28日）",
            "截止日期：二〇二三年四月二十八日",
            "报送期次：第4周",
            "数据截至：4.28",
            "填报日期：2023年4月28日",
            "统计时段：4月22日—4月28日",
            "统计时间：20230505",
            "以下为5月底计划完成数",
        ],
    ),
    *each(
        unused,
        "title-takes-back",
        "the title says so",
        lambda title: official(done=A_LITTLE_OLD, title=title),
        [
            f"{TITLE}（截至5月5日）",
            f"{TITLE}（截至五月五日）",
            f"{TITLE}（第五周）",
            f"{TITLE}（4.29-5.5）",
            f"{TITLE}（0505）",
            f"{TITLE}（截至5月19日）",
            "2023年度农村户厕改造整村推进5月份计划完成情况表",
            "2023年度农村户厕改造整村推进进展情况预测表",
        ],
    ),
    *each(
        unused,
        "comment-takes-back",
        "a comment on the figure says so",
        lambda words: commented(words, done=TOO_MANY_NEW),
        [
            "含2022年结转15座",
            "预计数",
            "填错了，应为45",
            "含盐河村15座",
            "全镇数",
            "Administrator:\n此数为计划数",
            "这是4月28日的数",
        ],
        NEW,
    ),
]

TOLD = [
    told("provisional-foot", official(below=["以上数据为初步统计，未经审核。"]), "provisional at the foot"),
    told("no-progress-foot", official(below=["本周全镇无进展。"]), "no progress at the foot beside growth"),
    told(
        "other-sum-foot",
        official(below=["截至5月12日全镇整村推进村累计完成181座。"]),
        "the foot's count contradicts the sum of 81",
    ),
    told("other-growth-foot", official(below=["本周两村新增新建17座、整改4座。"]), "the foot's growth contradicts 7"),
    told("draft-title-1", official(title=f"{TITLE}（草稿）"), "a draft by its title"),
    told("draft-title-2", official(title=f"{TITLE}（征求意见稿）"), "a draft by its title"),
    told(
        "last-year-title",
        official(title=TITLE.replace("2023", "2022")),
        "another year in the title, this year's targets",
    ),
    told("other-sender-1", official(above=["填报单位：四甲镇人民政府"]), "the sender named is another town"),
    told(
        "other-sender-2",
        official(above=["填报单位：常乐镇  填报日期：2023年5月12日"]),
        "the sender named is another town",
    ),
]

CASES = [*HARMLESS, *TAKEN_BACK, *TOLD]
