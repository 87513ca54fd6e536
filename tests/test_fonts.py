"""Chinese without an installed font."""

import base64
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib.ft2font import FT2Font

from pipeline import glyphs
from pipeline.products import fonts
from tests.refresh_notebook import CHECKOUT


def test_the_font_has_all_of_gb2312_and_the_signs_of_charts() -> None:
    assert glyphs.lacking("海门区悦来镇四甲户厕新建整改①②×—■℃鑫") == ""


def test_a_rare_character_of_the_source_is_there_and_one_beyond_it_is_not() -> None:
    assert glyphs.lacking("䶮犇") == ""
    assert glyphs.lacking("甲\U000323ae乙\U000323ae") == "\U000323ae"


def cut(folder: Path, characters: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """(family, file, file), as on a fresh machine whose cache is `folder`."""
    folder.mkdir()
    monkeypatch.setattr("matplotlib.get_cachedir", lambda: str(folder))
    fonts._prepared.cache_clear()
    made = fonts._prepared(characters)
    fonts._prepared.cache_clear()
    return made


def test_two_cuts_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (_, *one), (_, *two) = (cut(tmp_path / name, "0123甲乙", monkeypatch) for name in ("a", "b"))
    assert [Path(file).read_bytes() for file in one] == [Path(file).read_bytes() for file in two]


def test_the_two_weights_are_known_by_their_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    family, *files = cut(tmp_path / "cache", "甲一", monkeypatch)
    regular, bold = (FT2Font(file) for file in files)
    assert [(font.family_name, font.style_name) for font in (regular, bold)] == [(family, "Regular"), (family, "Bold")]
    assert (regular.style_flags.name, bold.style_flags.name) == ("NORMAL", "BOLD")
    assert [bool(font.get_char_index(ord("甲"))) for font in (regular, bold)] == [True, True]
    assert not regular.get_char_index(ord("乙"))
    heights = [font.load_char(ord("一")).height for font in (regular, bold)]
    assert heights[0] < heights[1]


def test_a_page_gets_both_weights_of_its_own_characters() -> None:
    embedded = re.findall(r"font-weight:(\d+);src:url\(data:font/ttf;base64,([\w+/=]+)", fonts.web("甲\n䶮\U000323ae"))
    assert [weight for weight, _ in embedded] == ["400", "700"]
    for _, content in embedded:
        with TTFont(io.BytesIO(base64.b64decode(content))) as font:
            assert set(font.getBestCmap()) == {ord("甲"), ord("䶮")}


def test_a_page_needs_no_drawing_program() -> None:
    code = "import sys; from pipeline.products import fonts; fonts.web('甲'); print('matplotlib' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
