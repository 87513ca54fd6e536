"""Chinese without an installed font."""

from pathlib import Path

import pytest

from pipeline.products import fonts


def test_the_font_has_all_of_gb2312_and_the_signs_of_charts() -> None:
    assert fonts.lacking("海门区悦来镇四甲户厕新建整改①②×—■℃鑫") == ""


def test_a_rare_character_of_the_source_is_there_and_one_beyond_it_is_not() -> None:
    assert fonts.lacking("䶮犇") == ""
    assert fonts.lacking("甲\U000323ae乙\U000323ae") == "\U000323ae"


def test_two_cuts_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("a", "b"):
        monkeypatch.setattr("matplotlib.get_cachedir", lambda name=name: str(tmp_path / name))
        (tmp_path / name).mkdir()
        fonts._prepared.cache_clear()
        _, *files = fonts._prepared("0123甲乙")
        made.append([Path(file).read_bytes() for file in files])
    fonts._prepared.cache_clear()
    assert made[0] == made[1]
