"""What a value of the YAML files may be: strict, never converted silently."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.params.dates import day
from pipeline.params.numbers import NoNumber


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _date(value: Any) -> Any:
    """YAML gives a date; papermill gives the same date as text."""
    return (isinstance(value, str) and day(value)) or value


def _scalar_text(value: Any) -> Any:
    """`was: 50` in YAML is a number, and quotes the cell's text all the same, be it 050."""
    is_scalar = isinstance(value, int | float | Decimal | NoNumber | dt.date) and not isinstance(value, bool)
    return str(value) if is_scalar else value


def _decimal(value: Any) -> Any:
    """A whole number is a decimal too; 0.45 is one already (see `numbers`)."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Date = Annotated[dt.date, BeforeValidator(_date)]
Text = Annotated[str, Field(min_length=1)]
Typed = Annotated[str, BeforeValidator(_scalar_text)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=1)]
Points = Annotated[Decimal, BeforeValidator(_decimal), Field(le=0)]
LevelText = Literal["区", "市辖区", "县", "县级市", "市", "省"]
KindText = Literal["新建", "整改"]
