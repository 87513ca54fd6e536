"""Remarks that say nothing against the figure beside them: it is used, and nothing is held."""

from tests.meant.cases import LAST_WEEK, each, exact
from tests.meant.forms import DONE_LAST_WEEK, official, word
from tests.messes import builders as make
from tests.weeks import FIRST

OF_ONE_VILLAGE = [
    *each(
        exact,
        "plans",
        "计划/预计/暂 in a harmless sense",
        official,
        [
            "预计6月底全面完工",
            "计划9月底前全部完成",
            "下周计划完成新建10座",
            "力争到5月底累计完成100座",
            "下周拟完成10座，累计达55座",
            "本周计划完成新建20座，实际完成5座",
            "二季度计划完成200座，按序时推进",
            "计划完成420座，已完成45座",
            "估计雨季影响工期",
            "约需资金12万元，大约还有10户意见未统一",
            "暂按每座2000元补助",
            "暂无问题",
            "材料暂未到齐，下周到货",
            "目标任务420座为区下达数",
        ],
    ),
    *each(
        exact,
        "last-week",
        "上周/含 in a harmless sense",
        official,
        [
            "上周累计新建40座，本周新增5座",
            "新建上周40座，本周新增5座；整改上周20座，本周新增4座",
            "较上周增加9座",
            "较上周新增新建五座、整改四座",
            "含上周累计新建40座",
            "本周新增：新建5，整改4",
            "4月底累计完成新建33座，本月新增12座",
            "上周因下雨停工两天，本周已复工",
            "上周问题已整改到位",
        ],
    ),
    *each(
        exact,
        "counts",
        "counts that agree or count something else",
        official,
        [
            "累计完成69座",
            "累计完成六十九座",
            "累计完成新建45座、整改24座，完成率11.5%",
            "完成率10.71%",
            "剩余新建375座、整改156座",
            "开工88座，完工45座，在建43座",
            "已签约102户，已开工88户",
            "化粪池已到货200只，累计安装88只",
            "旱厕已拆除20座",
            "另有12座正在施工，未计入",
            "已录入系统45座",
            "镇级已验收30座，待区级验收",
            "全镇户厕累计改造1688座，其中本村45座",
            "惠及群众156人，发放宣传单500份",
            "开工率25%",
            "45户45座",
        ],
    ),
    *each(
        exact,
        "other-years-and-places",
        "other years, places, 含 in a harmless sense",
        official,
        [
            "全镇统一招标，4月20日开工",
            "全镇户厕改造推进会5月10日召开",
            "2022年已改造户不在统计范围内",
            "不含盐河村",
            "2022年底完成摸排，2023年3月动工",
            "任务中含低保户12户、五保户2户",
            "与盐河村同一施工队",
            "已学习四甲镇五甲村经验",
            "2023年度任务，含村部公厕外所有农户",
            "去年项目已审计结束，无关本年数据",
        ],
    ),
    *each(
        exact,
        "ordinary",
        "ordinary remarks",
        official,
        [
            "无",
            "/",
            "—",
            "无其他需要说明的情况",
            "数据已与村核对一致，无误",
            "已经分管领导审核",
            "以本表为准",
            "施工图草案已审定，样板厕所3座已建成",
            "示范户5户",
            "作废旧厕池已填埋",
            "问题厕所已全部整改销号",
            "因下雨进展不大",
            "进展顺利，按序时推进",
            "第6周",
            "截至5.12",
            "五月十二日",
            "个别农户不同意改造，正在做工作",
            "待管网接通后验收",
            "错峰施工",
            "补贴资金未到位，请区里尽快拨付",
            "改厕与道路硬化同步推进，误工较多",
            "没有困难",
            "农户自筹不到位，实际推进有难度",
        ],
    ),
]

OF_THE_OTHER = [
    exact("nothing-to-renovate", official("", "无整改任务"), "no 整改 to do in this village"),
    exact("ditto", official("正常推进", "同上"), "同上 under an ordinary remark"),
    exact("growth-in-brackets", official("", "完成12座（含本周2座）"), "brackets that agree with the growth"),
    exact(
        "no-progress-of-no-target",
        official("", "新建本周新增2座，整改本周无进展（无任务）"),
        "无进展 for the kind that has no target",
    ),
    exact(
        "another-village-named",
        official("整改本周新增4座", "盐灶村由镇里统一报"),
        "another village named, figures its own",
    ),
]

IN_OTHER_FILES = [
    exact(
        "xls",
        lambda: make.xls(official("预计6月底完工", "计划下周开会", below=["注：本表为累计数，不含在建。"])),
        "the same in .xls",
        name="包场镇.xls",
    ),
    exact(
        "csv",
        lambda: make.csv(official("预计6月底完工", "计划下周开会"), "gb18030"),
        "the same in .csv",
        name="包场镇.csv",
    ),
    exact(
        "word",
        word(official("预计6月底完工", "全镇统一招标"), ["填报单位：包场镇  填报日期：2023年5月12日"]),
        "the same in .docx",
        name="包场镇.docx",
    ),
    exact(
        "prose-before-word",
        word(official(), ["包场镇本周新增新建7座、整改4座，下周计划完成20座，预计6月底完成过半。"]),
        "prose before a Word table",
        name="包场镇.docx",
    ),
]

IN_OTHER_WEEKS = [
    *each(
        exact,
        "first-week",
        "harmless remarks in the first week",
        lambda remark: official(remark, done=((11, 3), (5, 0))),
        [
            "3月底开工，4月7日首批完成",
            "4月1日以来累计完成14座",
            "首周完成新建11座",
            "计划4月底完成50座",
            "清明期间停工3天",
            "自2023年4月以来新增",
        ],
        day=FIRST,
    ),
    *each(
        exact,
        "no-progress",
        "no progress beside the same figures",
        lambda remark: official(remark, remark, done=DONE_LAST_WEEK),
        ["本周无进展", "与上周持平", "本周无新增，数据同上周", "连续下雨，本周未施工"],
        truth=LAST_WEEK,
    ),
    exact(
        "no-progress-at-the-foot",
        official(done=DONE_LAST_WEEK, below=["本周因连续阴雨未施工，无新增。"]),
        "no progress said at the foot, same figures",
        truth=LAST_WEEK,
    ),
]

CASES = [*OF_ONE_VILLAGE, *OF_THE_OTHER, *IN_OTHER_FILES, *IN_OTHER_WEEKS]
