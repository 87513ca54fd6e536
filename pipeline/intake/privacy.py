"""Personal data stay in the untouched inputs only: numbers and names in a town's text are masked everywhere else (L20)."""

import re
from functools import lru_cache

_WIDE = str.maketrans("０１２３４５６７８９－＋", "0123456789-+")
_NUMBER = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"  # mobile
    r"|0\d{2,3}-\d{7,8}"  # landline
    r"|\d{6} ?\d{8} ?\d{3}[\dXx]"  # ID card
    r"|\d{4}(?: ?\d{4}){3}(?: ?\d{3})?"  # bank card
    r")(?!\d)"
)
# The commonest surnames: 户主外出 is no name. Only a name that is called one is taken for one.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔汤施倪季葛茅郁俞成殷"
)  # fmt: skip
_NAME = re.compile(
    rf"(?P<who>(?:户主|农户|村民|姓名|联系人)[:：]?\s*)(?P<name>欧阳|[{_SURNAMES}])(?P<given>[\u4e00-\u9fff]{{1,2}})"
    r"(?=[，,。；;、（(）)\s\d*家的]|$)"
)


@lru_cache(maxsize=4096)
def mask(text: str) -> str:
    """Phone, ID and bank numbers with their middle hidden (138****1234), names with all but the surname (张*)."""
    masked, end = "", 0
    for match in _NUMBER.finditer(text.translate(_WIDE)):  # sign for sign, so that places stay the same
        number = text[match.start() : match.end()]
        masked += f"{text[end : match.start()]}{number[:3]}****{number[-4:]}"
        end = match.end()
    return _NAME.sub(lambda match: f"{match['who']}{match['name']}*", masked + text[end:])
