"""The seal and its short form on paper."""

import base64
import hashlib

import pytest

from pipeline import check_codes
from pipeline.records import Progress, Status

SEAL = hashlib.sha256(b"x").hexdigest()  # 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881
CODE = "FVYR-MQVX-E2YE-IALC-PSU7-XLBS"


def row(village: str, kind: str, target: int, done: int | None) -> Progress:
    return Progress(
        week="2023-04-07", town="甲镇", village=village, kind=kind, target=target, done=done, status=Status.REPORTED, raw="x"
    )  # fmt: skip


def test_the_code_is_the_seals_first_120_bits_in_base32() -> None:
    assert check_codes.check_code(SEAL) == CODE
    assert base64.b32decode(CODE.replace("-", "") + "") == bytes.fromhex(SEAL)[:15]


def test_whoever_has_the_figures_and_the_digest_of_the_rest_can_make_the_seal() -> None:
    """By hand: the figures as JSON without blanks, their sha256; then sha256 of both digests as they are written."""
    rows = [row("东河村", "新建", 100, 20), row("东河村", "整改", 50, None)]
    text = '[["甲镇","东河村","新建",100,20],["甲镇","东河村","整改",50,null]]'
    figures = hashlib.sha256(text.encode()).hexdigest()
    assert check_codes.figures(rows) == figures
    assert check_codes.seal("ab" * 32, figures) == hashlib.sha256(("ab" * 32 + figures).encode()).hexdigest()


def test_another_figure_is_another_seal() -> None:
    assert check_codes.figures([row("东河村", "新建", 100, 20)]) != check_codes.figures(
        [row("东河村", "新建", 100, 21)]
    )


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", " "), CODE.replace("-", "－"), SEAL, SEAL.upper(), f"校验码 {CODE}。", f"“{CODE}”"],
)  # fmt: skip
def test_a_code_belongs_however_it_is_written(typed: str) -> None:
    assert check_codes.is_whole(typed)
    assert check_codes.belongs(typed, SEAL)


def test_signs_that_base32_does_not_have_are_read_as_their_twins() -> None:
    seal = "73" + "b5" * 31  # O…
    code = check_codes.check_code(seal)
    assert "O" in code or "I" in code or "L" in code
    assert check_codes.belongs(code.replace("O", "0").replace("I", "1").replace("L", "1").replace("B", "8"), seal)


@pytest.mark.parametrize("typed", ["", "FVYR", CODE[:-1], CODE[:-6], "2d71", SEAL[:40], "。" * 24])
def test_half_a_code_is_none(typed: str) -> None:
    assert not check_codes.is_whole(typed)
    assert not check_codes.belongs(typed, SEAL)


def test_one_sign_changed_belongs_no_more() -> None:
    for at, sign in enumerate(CODE):
        other = "A" if sign != "A" else "C"
        if sign != "-":
            assert not check_codes.belongs(CODE[:at] + other + CODE[at + 1 :], SEAL), at
