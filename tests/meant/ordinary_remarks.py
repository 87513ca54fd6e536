"""Remarks that honest clerks write, of one clause to three, each in a file as a clerk sends it: all exact."""

from functools import partial

from tests.meant.cases import Case, exact
from tests.meant.clerks import CLERKS, Clerk
from tests.meant.layouts import (
    IN_ONE_LINE,
    KINDS,
    OFFICIAL,
    STARTED,
    THREE,
    WIDE,
    Row,
    facts,
    fits,
    table,
    truth,
    with_remarks,
)
from tests.messes import builders as make
from tests.weeks import FIRST

# said by one village; {done_new} and the like are its facts, see `layouts.facts`
REMARKS = [
    "本周新增新建{gain_new}座，化粪池已全部到货，正在组织施工",
    "受连续阴雨影响进度偏慢，天气转好后加派2支施工队，力争5月底前赶上序时进度",
    "已开工{started_new}户，完成{done_new}户，其余正在开挖",
    "首批补助资金已到位，材料款已付，施工正常",
    "有6户外出务工，已电话联系，待返乡后施工",
    "剩余{left_new}座计划9月底前全部完成，已排定施工计划表",
    "三格式化粪池已采购200只，安装{started_new}只，验收合格{accepted_new}只",
    "村级已自验{accepted_new}座，资料正在整理，下周申请镇级验收",
    "五一假期工人放假3天，5月4日已全面复工",
    "施工队由盐河村、盐灶村共用，本周在盐灶村施工，下周转至盐河村",
    "本周新建{gain_new}座、整改{gain_renovated}座，累计新建{done_new}座、整改{done_renovated}座",
    "上周累计{last_new}座，本周新增{gain_new}座，累计{done_new}座",
    "完成率{rate}，落后序时进度，已约谈施工单位",
    "农户意愿不高，村干部逐户上门做工作，已签协议{started_new}户",
    "正值油菜收割，农忙期间劳力紧张，预计5月下旬恢复正常",
    "与污水管网同步实施，管网铺设完成1.2公里，户厕随管网推进",
    "无人户12户已登记造册，另行上报，不在本表统计范围",
    "另有公厕2座在改造，不计入本表",
    "另有{gain_new}座已完工尚未验收，未计入完成数",
    "招投标已结束，中标单位为江苏某建设公司，5月3日进场",
    "涉及8、9、11三个村民小组，已完成8组，9组施工中",
    "已拨付资金3.5万元，剩余资金待验收后拨付",
    "整改主要为化粪池破损、盖板缺失，本周整改{gain_renovated}座，已回访",
    "地下水位高，部分基坑积水，采取抽排措施后继续施工",
    "按照区局要求倒排工期，每周完成不少于10座，确保9月30日前完成",
    "因材料涨价，供货商延期至5月15日到货，到货后加快进度",
    "村内道路施工影响材料进场，已协调，预计下周恢复",
    "计划5月20日前开工剩余的三组，6月底完成过半",
    "镇分管领导5月10日现场督办，要求加快进度、保证质量",
    "已对{done_new}户全部拍照建档，一户一档资料齐全",
    "本周无安全事故，质量抽查合格率100%",
    "整改完成{done_renovated}座，占任务{rate_renovated}；新建完成{done_new}座，占任务{rate_new}",
    "砖砌化粪池改用成品玻璃钢化粪池，增加成本约300元/座，差额由村集体承担",
    "群众满意，无信访",
    "省级整村推进村，镇配套资金每户500元，村自筹200元",
    "区级整村推进村，参照省级标准实施，资金由镇级统筹",
    "本周因疫情防控及农忙抽调人员，实际施工4天",
    "借鉴如东县做法，推行“首厕过关制”，首厕已通过验收",
    "施工人员不足，拟从邻镇四甲镇调入一支队伍，5月15日进场",
    "三户有争议（宅基地边界），村委正在调解，不影响总体进度",
    "完成数已经村、镇两级核实，与台账一致",
    "数据截至5月12日12时，由村填报、镇汇总",
    "已完成部分正在进行绿化恢复和场地清理",
    "挖掘机2台、工人18名在场施工",
    "目标{target_new}座已全部摸排到户，落实施工图纸",
    "开工率{start_rate_new}，完成率{rate_new}",
    "新建{done_new}座中三格式{accepted_new}座，其余接入管网",
    "下周计划新建10座、整改5座，重点推进七组、八组",
    "5.8-5.10下雨停工3天",
    "暂无问题",
    "正常推进",
    "按序时推进，无需协调事项",
    "资金缺口约12万元，请区局支持",
    "前期厕具质量问题已更换，厂家承诺质保3年",
    "一季度已完成摸底，4月1日起开工，累计完成{done}座",
    "厕具已发放，户内马桶、水箱安装同步完成",
    "施工协议签订率100%，材料到位率85%，开工率{start_rate}",
    "村民代表大会已通过实施方案，公示7天无异议",
    "7组王家宅、8组李家宅已完工，9组正在浇筑底板，未计入",
    "后续将加大人力投入，加快推进，确保按时完成任务，按时报送",
    "预计5月底累计完成100座以上，6月底完成过半，9月底全面完成",
    "镇村两级已落实专人负责，每日一调度，每周一通报",
    "对比上周增加{gain}座，增幅正常",
    "4座因住户翻建房屋暂缓实施，待房屋建成后同步建设",
    "户均投入2600元，其中财政补助1500元",
]

# said in place of a remark that does not fit, or by the other village
PLAIN = ["正常推进，无问题", "同步推进中，计划9月底前完成", "施工正常", "材料已到位"]
# said by 盐灶村, and by 盐河村
PAIRS = [
    ("本周新增5座，其中三格式4座、接管1座；下周计划10座", "区级村，资金由镇统筹，本周新增2座"),
    ("新建完成10.71%，整改完成13.33%，进度偏慢", "完成7.27%，材料5月15日到"),
    ("累计69座（新建45、整改24）", "累计12座，无整改任务"),
    ("5月10日通过镇级首厕验收", "无整改任务，整改栏填0"),
    ("施工一队负责", "施工二队负责，与盐灶村统一招标"),
    ("开工60户，建成45户", "开工20户，建成12户"),
    ("省级整村推进村", "区级整村推进村，整改任务为零"),
    ("剩余新建375座，整改156座", "剩余153座"),
]

FURTHER_PAIRS = [
    ("累计完成数为自4月1日开工以来数据，与台账一致", "同左"),
    ("4月1日以来累计新建45座、整改24座，进度偏慢", "4月1日以来累计新建12座"),
    ("数据以镇级核实为准，已核实", "已核实"),
    ("年底前完成区级验收，兑付奖补", "年底前完成区级验收，兑付奖补"),
    ("其中省级资金支持45座，均已完工", "12座均已完工"),
    ("45座已全部完工并投入使用，在建户未计入", "在建户未计入"),
    ("开工60户，其中完工45户、在建15户", "开工20户，完工12户、在建8户"),
    ("完工45座，另有15座浇筑中", "完工12座，另有8座待安装"),
    ("剩余375座未开工，受资金影响", "剩余153座尚未开工"),
    ("2022年度任务已全部销号，本年度累计45座", "2022年度无任务"),
    ("去年已改的不在此列，今年新建45座", "均为今年新建"),
    ("全镇面上改厕任务另表统计，本表只含整村推进", "同上"),
    ("预计下周累计达55座", "预计下周累计达15座"),
    ("原计划5月底完成100座，因雨推迟至6月中旬", "计划不变"),
    ("盐河村无整改任务，本村整改24座", "无整改任务"),
    ("本村目标420座中有6座拟核减，待区局批复，目前仍按420座统计", "目标165座不变"),
    ("户数与座数一致，一户一厕", "一户一厕"),
    ("3月底前完成摸底，4月起施工，截至5月12日完成45座", "截至5月12日完成12座"),
    ("截至5月5日40座，截至5月12日45座", "截至5月5日10座，截至5月12日12座"),
    ("本周完成5座整改4座，均已验收", "本周完成2座"),
    ("验收38座，其余7座待验", "验收5座，其余7座待验"),
    ("新建45/420，整改24/180", "新建12/165"),
    ("第一批200户，已完成45户；第二批220户6月启动", "一批实施"),
    ("一组20座、二组25座，合计45座", "三组12座"),
    ("镇纪委5月9日督查，未发现问题", "未发现问题"),
    ("如遇连续阴雨，完工时间可能推迟", "完工时间待定"),
    ("资金暂未到位，施工队垫资，不影响进度", "资金暂未到位"),
    ("联系人：施卫东", "联系人：张汉明"),
    ("详见村级台账", "详见村级台账"),
    ("较快", "一般"),
    ("无", "无"),
    ("/", "/"),
    ("已完成任务的11.5%", "已完成任务的7.27%"),
    ("停工2天（5月8日、9日下雨），5月10日复工", "停工2天"),
    ("问题：工人少。措施：加人。", "问题：无。措施：无。"),
]

STARTS = [
    ("4月1日开工，首周完成11座，其余正在放样", "首周完成5座，材料陆续进场"),
    ("清明节放假，实际施工5天", "施工队4月3日进场，目前施工正常"),
    ("新建11座、整改3座", "新建5座，无整改任务"),
    ("全村420座已摸排到户，签订协议310户", "全村165户，协议已签120户"),
    ("2022年已完成招标，今年4月1日起施工", "随省级村一并招标"),
    ("计划6月底前完成50%", "计划8月底前全部完成"),
]

# who sends it and when, in cells of their own and spaced out in one
CELL_BY_CELL = ("填报单位：（盖章） | 包场镇 | | 填报时间： | 2023年5月12日 | | ",)
SPACED_OUT = ("填报单位：包场镇　　　填报人：陆燕　　　填报日期：2023 年 5 月 12 日　　　单位：座",)


def talk(number: int, row: Row | None = None) -> str:
    """A remark of the list, as this village says it; nothing if it speaks of what the village has not to do."""
    words, row = REMARKS[number % len(REMARKS)], row or facts()[0]
    return words.format(**row) if fits(words, row) else ""


def said_by(clerk: Clerk, at: int) -> Case:
    """The remark in all rows of the clerk's file, where it fits."""
    rows = [row | {"remark": talk(at, row) or PLAIN[at % len(PLAIN)]} for row in facts(clerk.town)]
    text = clerk.form(rows)
    content = partial(make.xls, text) if clerk.name.endswith(".xls") else text
    return exact(
        f"by-clerk-{at + 1:02}", content, REMARKS[at], name=clerk.name, town=clerk.town, truth=truth(clerk.town)
    )


CASES = [
    *(said_by(CLERKS[at % len(CLERKS)], at) for at in range(len(REMARKS))),
    *(
        exact(
            f"pair-{at + 1}",
            table((OFFICIAL, WIDE, STARTED, KINDS)[at % 4], with_remarks(remarks), total=("", "合计")[at % 2]),
            "／".join(remarks),
        )
        for at, remarks in enumerate(PAIRS)
    ),
    *(
        exact(
            f"further-{at + 1:02}",
            table(
                (OFFICIAL, WIDE, IN_ONE_LINE, STARTED, KINDS, THREE)[at % 6],
                with_remarks(remarks),
                above=((), CELL_BY_CELL, SPACED_OUT)[at % 3],
                total=("", "合计")[at % 2],
            ),
            "／".join(remarks),
        )
        for at, remarks in enumerate(FURTHER_PAIRS)
    ),
    *(
        exact(
            f"first-week-{at + 1}",
            table(
                (OFFICIAL, IN_ONE_LINE, WIDE)[at % 3],
                with_remarks(remarks, day=FIRST),
                above=(("截至2023年4月7日",), ("第一周",), ())[at % 3],
            ),
            "／".join(remarks),
            day=FIRST,
        )
        for at, remarks in enumerate(STARTS)
    ),
]
