"""What a value of the YAML files may be: strict, never converted silently."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _date(value: Any) -> Any:
    """YAML gives a date; papermill gives the same date as text."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _scalar_text(value: Any) -> Any:
    """`was: 50` in YAML is a number, and a name may be one too (a village called 2023 stays 2023)."""
    return str(value) if isinstance(value, int | float | dt.date) and not isinstance(value, bool) else value


def _decimal(value: Any) -> Any:
    """A YAML number exactly as written (0.45, not its binary neighbour)."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Date = Annotated[dt.date, BeforeValidator(_date)]
Text = Annotated[str, Field(min_length=1)]
Typed = Annotated[str, BeforeValidator(_scalar_text)]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=1)]
Points = Annotated[Decimal, BeforeValidator(_decimal), Field(le=0)]
KindText = Literal["新建", "整改"]
