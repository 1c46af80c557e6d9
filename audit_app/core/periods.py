"""A stretch of weeks or months that something is given, and the day on which it ends."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from audit_app.core.asked import Model


class Period(Model):
    """A number of weeks or a number of months, never both."""

    weeks: Annotated[int, Field(ge=1, strict=True)] | None = None
    months: Annotated[int, Field(ge=1, strict=True)] | None = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> "Period":
        if (self.weeks is None) == (self.months is None):
            raise ValueError("give either `weeks` or `months`")
        return self

    def after(self, day: date) -> date:
        """Give the same day that many weeks or months on, or the last day of a shorter month."""
        if self.weeks is not None:
            return day + timedelta(weeks=self.weeks)
        years, month = divmod(day.month - 1 + (self.months or 0), 12)
        year, month = day.year + years, month + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
