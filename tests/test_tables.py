from decimal import Decimal

import pandas as pd
import pytest

from pipeline import tables
from pipeline.tables import COMPLETION, PROGRESS, Schema

SMALL = Schema("small", "one village", ("village", "done", "rate"))


def test_a_blank_text_stays_empty_text_and_never_becomes_nan() -> None:
    frame = SMALL.table([{"village": "东河村", "done": 3}, {"village": None, "done": 4}])
    assert frame["village"].tolist() == ["东河村", ""]


def test_zero_is_a_figure_and_unknown_is_not_zero() -> None:
    frame = SMALL.table([{"done": 0}, {"done": None}])
    assert [row["done"] for row in tables.rows(frame)] == [0, None]


def test_a_table_refuses_a_column_it_does_not_have() -> None:
    with pytest.raises(KeyError, match="colour"):
        SMALL.table([{"colour": "red"}])


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"village": ["东河村"]}),
        pd.DataFrame({"village": pd.Series(["东河村"], dtype="object"), "done": [1.0], "rate": [None]}),
    ],
)
def test_verify_refuses_missing_columns_and_wrong_types(frame: pd.DataFrame) -> None:
    with pytest.raises(TypeError, match="small"):
        SMALL.verify(frame)


def test_verify_lets_its_own_table_pass() -> None:
    assert SMALL.verify(SMALL.table()) is not None


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
    assert tables.percent(Decimal(rate), places) == printed


def test_no_rate_prints_a_dash() -> None:
    assert tables.percent(None) == "—"


@pytest.mark.parametrize(("gap", "printed"), [("1.2", "+1.20"), ("-0.85", "−0.85"), ("0", "0.00"), ("-0.004", "0.00")])
def test_points_carry_their_sign(gap: str, printed: str) -> None:
    assert tables.points(Decimal(gap)) == printed


def test_every_column_of_the_archived_tables_has_a_chinese_label() -> None:
    for schema in (COMPLETION, PROGRESS):
        assert all(tables.COLUMNS[name].label for name in schema.columns)


def test_labels_print_decimals_with_their_places_and_a_dash_for_nothing() -> None:
    shown = tables.labels(SMALL.table([{"village": "东河村", "rate": Decimal("0.5")}]))
    assert shown.to_dict("records") == [{"整村推进村": "东河村", "累计完成": "—", "完成率": "0.5000"}]
