"""Figures as they are printed."""

from decimal import Decimal

import pytest

from pipeline import printing


@pytest.mark.parametrize(
    ("rate", "places", "printed"),
    [
        ("0.9982", 2, "99.82%"),
        ("0.7003", 2, "70.03%"),
        ("0.7003", 1, "70.0%"),
        ("0.99996", 2, "99.99%"),
        ("0.9996", 1, "99.9%"),
        ("1", 2, "100.00%"),
        ("1.1750", 2, "117.50%"),
        ("0.12345", 2, "12.35%"),
    ],
)
def test_a_share_prints_half_up_and_never_reaches_100_by_rounding(rate: str, places: int, printed: str) -> None:
    assert printing.percent(Decimal(rate), places) == printed


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
