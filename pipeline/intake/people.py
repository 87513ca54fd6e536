"""Names of people as they stand in a text: called one (户主张三, 填报人：王小明), or beside their number.

A name is a surname of the list and one or two signs. A word that only begins like a name (方便, 高龄, 施工) is none.
"""

import re
from functools import cache

_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤施倪季葛茅郁俞成殷樊邢凌瞿卞翟柳岳欧甘祝华章柯纪"
)  # fmt: skip
# Of these the ones that hardly begin a word: 户主陈建国…, whatever follows.
_PLAIN = (
    "王李张刘陈杨黄赵吴徐孙朱胡郭林罗郑梁谢宋唐韩邓冯曹彭曾肖董潘袁蔡蒋杜叶魏苏吕丁卢姚沈姜崔谭陆汪廖贾邹熊孟秦邱侯尹薛阎龚邵覃钱戴莫倪茅郁殷樊邢瞿卞翟岳"
)  # fmt: skip
_RARER = (
    "褚卫尤曹魏戚喻柏水窦云奚郎鲁昌苗凤花酆鲍费廉岑滕罗毕邬安常乐时傅皮齐康伍元卜平和穆萧湛祁禹狄米贝明臧计伏谈庞舒屈项阮蓝闵席麻强"
    "路娄危童颜梅盛刁骆霍虞支昝管经房裘缪干解应宗宣贲单杭洪包诸左吉钮嵇滑裴荣翁荀羊惠甄曲家封芮羿储靳汲糜松井富巫乌焦巴弓牧隗山谷车宓"
    "蓬全郗班仰秋仲伊宫宁仇栾暴厉戎祖符景詹束幸司韶郜蓟薄印宿怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔胥能苍双闻莘党贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛"
    "寿通边扈燕冀浦尚农温别庄晏柴阎充慕连茹习宦艾鱼容向古易慎戈庾终暨居衡步都耿满弘匡国文寇广禄阙东沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简"
    "饶空沙鞠须丰巢关蒯相查荆红游竺权逯盖益桓公涂代仝佘苟冼揭兰丘帅佟海钭於璟晋楚法鄢"
)  # fmt: skip
_DOUBLE = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|夏侯|轩辕|端木|独孤|南宫|呼延|闻人|澹台|濮阳|淳于|申屠|钟离|赫连|鲜于"
# Words of remarks that begin with a surname.
_NO_NAMES = (
    "谢谢|方便|方面|方案|方式|方可|方能|高兴|高度|高龄|高温|高压|高峰|高质|马上|许可|许多|任何|任务|任意|任选|任职|何时|何处|何人|何地|万一|万元|万户|金额|"
    "雷雨|武断|白天|白色|白灰|常年|常住|常见|常常|常在|张罗|张贴|张榜|向来|于是|于近|江边|江海|田间|田地|石头|石板|施工|严重|严格|严禁|毛坯|毛病|"
    "陆续|成员|成功|成立|成本|成为|成效|成果|余下|余款|余额|余户|程序|程度|范围|顾虑|顾不|周边|周围|周末|周期|周全|周密|周转|黄土|水冲|水泥|水电|水管|"
    "安装|安排|安全|安置|安心|平房|平时|平均|平整|全部|全家|全体|全程|全年|全镇|全村|明确|明年|明天|明显|明细|应当|应急|应在|应于|应改|计划|计入|"
    "时间|时限|路边|路面|管道|管网|管理|管护|单独|单位|左右|解决|解释|连续|连接|连同|项目|满意|满足|国家|文件|公共|公示|公厕|公告|包括|包含|包工|包干|"
    "关于|关系|关门|冷库|温室|简易|通过|通知|都已|都在|都有|家庭|家中|家里|家属|容量|经济|经常|经营|经核|古井|空闲|空心|空置|双瓮|双方|双坑|"
    "易地|居住|居民|富余|车库|车间|强烈|强制|广泛|利用|干部|干净|和谐|段落|孔洞|华侨|章程|纪律|甘愿|祝贺|能够|能否|相关|相邻|查看|查验|查实|终止|"
    "代表|代办|代填|代签|海门|东灶|龙头|夏季|秋季|秋收|山墙|别墅|农业|农户|农忙|农村|农改|贺年|林地|林木|季度|史料|尚未|尚在|尚有|司机|党员|党委|"
    "支书|支部|支付|权属|红砖|红线|益民|池底|池盖|池体|房屋|房子|房产|房主|房前|屋后|须在|须于|师傅|牛棚|羊圈|后期|"
    "审核|签字|签名|签章|盖章|未定|待定|暂无|暂缺|同上|如下|见附|电话|手机|日期|时间|姓名|职务|名单|信息|变更|更换|去世|死亡|外出"
)
_ROLES = (  # with a blank or a colon behind them hardly anything but a name follows
    "填报人|填表人|制表人|报送人|报告人|上报人|经办人|承办人|审核人|审批人|复核人|核对人|校对人|负责人|责任人|分管领导|主要领导|分管负责人|联系人|联络员|联络人|"
    "户主|屋主|姓名|签字人|验收人|验收员|监督员|督查人|抽查人|录入人|登记人|记录人|统计员|填报员|网格员|施工员|施工队长|包工头"
)  # fmt: skip
_LABELS = f"{_ROLES}|农户|村民|住户|房主|村支书|村书记|村主任|村会计|组长|队长|支书|书记|主任|会计"
# What follows a name without a blank.
_ENDS = (
    "家|的|反映|反应|来电|表示|要求|提出|同意|不同意|不愿|不在|拒绝|已|未|因|在|外出|常年|签|电话|手机|联系|身份证|等|说|称|户|一户|两户|"
    "同志|书记|主任|组长|镇长|会计|去世|死亡|住|日期|年|投诉|举报|咨询|申请|报修|漏水|渗漏|不配合|愿意|自建|自改|自行|承诺|询问|来访|上访|信访|确认|"
    "签收|领取|建议|认为|希望|需|无|有|正|今|昨|近期|暂|尚未|准备|搬|迁|去|到|从|向|为|是|将|可|能|会|要|曾|又|仍|均|都|也|还|就|只|把|被|给|对|由|于|本周|本期|截至|截止|全镇|现"
)  # fmt: skip
_NO_PERSON = "[镇村区县街道办处局会组队部站所司]"  # what a place or an office ends with

_HAN = "[\u4e00-\u9fff]"
_BLANK = r"[ \u3000\u00a0\u200b]{0,3}"
_COMMON_NAME = rf"(?!{_NO_NAMES})(?P<surname>{_DOUBLE}|(?!{_DOUBLE})[{_COMMON}])"
_ANY_NAME = rf"(?!{_NO_NAMES})(?P<surname>{_DOUBLE}|(?!{_DOUBLE})[{_COMMON}{_RARER}])"
_ALONE = rf"(?<!{_NO_PERSON})(?=\s{{0,6}}(?:{_LABELS}|$)|\s|(?!{_HAN}).)"  # no sign of a word goes on
_MORE = rf"(?P<more>(?:[、/和及与]{_BLANK}(?:{_DOUBLE}|[{_COMMON}]){_HAN}{{1,2}}(?:(?!{_HAN})|(?=[和及与等]|{_ENDS})|$)){{0,50}})"
# （签字）：包场镇
_PARTED = (
    r"(?:姓名|签字|签名|签章)?(?:[（(][^（）()]{0,8}[)）])?\s{0,6}(?:[:：]\s{0,6}|\s)"
    rf"(?:{_HAN}{{2,6}}(?:镇|村|街道|社区|局|办公室|组))?"
)
_SPACED = rf"{_BLANK}{_HAN}(?:{_BLANK}{_HAN})?(?:{_ALONE}|(?=(?:{_ENDS})))"  # 小 明

_NAMES = (
    # 填报人（签字）：包场镇张 三
    rf"(?P<lead>(?:{_ROLES}){_PARTED}){_ANY_NAME}{_SPACED}{_MORE}",
    rf"(?P<lead>(?:{_LABELS}){_PARTED}){_COMMON_NAME}{_SPACED}{_MORE}",
    # 户主张三反映
    rf"(?P<lead>(?:{_LABELS})){_COMMON_NAME}{_HAN}{{1,2}}?(?:{_ALONE}|(?=(?:{_ENDS}|[和及与]))){_MORE}",
    rf"(?P<lead>(?:{_LABELS}))(?!{_NO_NAMES})(?P<surname>{_DOUBLE}|[{_PLAIN}]){_HAN}(?P<more>)",
    # 张三 138****1234, 张三（填报人）, 138****1234（张三）
    rf"(?P<lead>(?<!{_HAN})|(?<={_NO_PERSON})){_ANY_NAME}{_HAN}{{1,2}}(?P<more>)(?=[\s:：(（,，]{{0,3}}(?:\+?\d{{0,3}}\*{{4}}|(?<=[(（])(?:{_LABELS})))",
    rf"(?P<lead>\*{{4}}[\dXxＸｘ]{{4}}[\s(（]{{0,3}}){_COMMON_NAME}{_HAN}{{1,2}}(?P<more>){_ALONE}",
)
_SIGNS_OF_ONE = (*_ROLES.split("|"), *_LABELS.split("|"), "****")
_LISTED = re.compile(rf"([、/和及与]{_BLANK})({_DOUBLE}|[{_COMMON}]){_HAN}{{1,2}}")


_NAME = re.compile(rf"{_ANY_NAME}{_BLANK}{_HAN}(?:{_BLANK}{_HAN})?(?<!{_NO_PERSON})")


def is_name(text: str) -> bool:
    """Whether the text is a person's name and nothing else."""
    return len(text) < 12 and bool(_NAME.fullmatch(text.strip()))


def is_surname(text: str) -> bool:
    return text in _DOUBLE.split("|") or (len(text) == 1 and text in _COMMON + _RARER)


def hide(text: str) -> str:
    """The text with all but the surnames hidden (张*), numbers of people hidden already."""
    if not any(sign in text for sign in _SIGNS_OF_ONE):
        return text
    for pattern in _compiled():
        text = pattern.sub(_hidden, text)
    return text


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    """The patterns of names; to compile them takes as long as a small week's reading, and few texts need them."""
    return tuple(re.compile(pattern, re.DOTALL) for pattern in _NAMES)


def _hidden(name: re.Match[str]) -> str:
    more = _LISTED.sub(r"\1\2*", name["more"])
    return f"{name['lead']}{name['surname']}*{more}"
