"""Personal data are hidden in everything that is produced."""

import pytest

from pipeline.intake.privacy import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [("联系人张三13800001234", "联系人张*138****1234"), ("138 0000 1234", "138****1234"), ("138-0000-1234", "138****1234"),
     ("+8613800001234", "+86****1234"), ("１３８００００１２３４", "１３８****１２３４"), ("0513-82212345。", "051****2345。"),
     ("320684 19900101 1234", "320****1234"), ("身份证320684199001011234", "身份证320****1234"),
     ("户主李四家未安装", "户主李*家未安装"), ("农户外出务工", "农户外出务工"), ("村民王小明，已完工", "村民王*，已完工"),
     ("目标1234567", "目标1234567"), ("编号138000012345", "编号138000012345")],
)  # fmt: skip
def test_numbers_and_names_of_people_are_hidden_and_nothing_else_is(text: str, masked: str) -> None:
    assert mask(text) == masked
