"""Words that more than one kind of sentence is made of; parts of patterns."""

ESTIMATE = r"(?:预计|预估|估计|估算|暂估|预测|测算|推算|计划(?![外内划])|拟)"
EARLIER_YEARS = r"(?:去年|上年|前年|往年|历年|以前年度|20\d\d年(?:底|度|末)?|(?<!\d)[12]\d年(?:底|度|末)?|二〇[一二].年(?:底|度|末)?)"
EARLIER_WEEKS = r"(?:上周|上期|上月|上次)"
LATER = r"(?:下周|下期|下月|即将)"
OTHER_PLACES = r"(?:非整村推进|其[他它]村|外村|邻村|邻近村|周边村|附近村|隔壁村|外镇|散户)"
COUNT = r"(?:数据|数字|数值|座数|户数|(?<![户座人次无多少])数)"
