"""The rules of consultations: within which time a request is answered."""

from typing import Annotated, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from traektoria.organisations.regulations.parts import Part, Shown


class ConsultingRules(Part):
    """Hours of working days, by the clock of the centre."""

    urgent_hours: Annotated[
        int, Field(ge=1, le=240), Shown(_("An urgent request is answered within, hours"), _("Hours of working days"))
    ] = 24
    answer_hours: Annotated[
        int, Field(ge=1, le=480), Shown(_("A request is answered within, hours"), _("Hours of working days"))
    ] = 48

    @model_validator(mode="after")
    def _urgent_first(self) -> Self:
        if self.urgent_hours > self.answer_hours:
            raise ValueError("urgent_later")
        return self

    def hours(self, *, urgent: bool) -> int:
        return self.urgent_hours if urgent else self.answer_hours
