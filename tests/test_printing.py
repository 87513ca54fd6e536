"""Figures as they are printed."""

from decimal import Decimal

import pytest

from pipeline import printing


@pytest.mark.parametrize(
    ("rate", "printed"),
    [
        ("0.9982", "99.82%"),
        ("0.7003", "70.03%"),
        ("0.99996", "99.99%"),
        ("1", "100.00%"),
        ("1.1750", "117.50%"),
        ("0.12345", "12.35%"),
    ],
)
def test_a_share_prints_half_up_and_never_reaches_100_by_rounding(rate: str, printed: str) -> None:
    assert printing.percent(Decimal(rate)) == printed


def test_no_rate_prints_a_dash() -> None:
    assert printing.percent(None) == "—"
    assert printing.number(None) == "—"


@pytest.mark.parametrize(("gap", "printed"), [("1.2", "+1.20"), ("-0.85", "−0.85"), ("0", "0.00"), ("-0.004", "0.00")])
def test_points_carry_their_sign(gap: str, printed: str) -> None:
    assert printing.points(Decimal(gap)) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(0, "0"), (-3, "−3"), (Decimal("4.0"), "4.0"), (Decimal("-0.5"), "−0.5")]
)
def test_a_number_prints_with_a_true_minus(value: int | Decimal, printed: str) -> None:
    assert printing.number(value) == printed
