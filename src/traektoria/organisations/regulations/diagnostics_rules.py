"""The rules of diagnostics: when a difficulty may be named, in which words, and of how many people anything is said."""

from itertools import pairwise
from typing import Annotated, Any, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import Field, ValidationInfo, field_validator, model_validator

from traektoria.engines.disclosure import MINIMUM
from traektoria.organisations.regulations.parts import KEPT, FieldLook, Line, Part


class MasteryLevel(Part):
    """A level of mastery: it begins at ``at_least`` per cent and goes on to the next one."""

    title: Annotated[Line, FieldLook(_("What the level is called"))]
    at_least: Annotated[int, Field(ge=0, le=99), FieldLook(_("From, per cent of points"))]


class DiagnosticsRules(Part):
    """How works of teachers are read. Shares of points and probabilities are in per cent.

    A deficit is a true completion of the tasks asked below ``deficit_below``; ``expressed_from`` of a hundred that are
    called «выражен» are deficits (``engines.deficits.MasteryRule``).
    Pictures of a group need ``picture_least`` people; that number can be raised, never lowered below the least group
    (``engines.disclosure.MINIMUM``).
    """

    deficit_below: Annotated[
        int,
        Field(ge=1, le=99),
        FieldLook(
            _("A topic is a deficit below, per cent of points"), _("Of the points on the tasks asked, done many times")
        ),
    ] = 60
    secure_from: Annotated[int, Field(ge=1, le=100), FieldLook(_("A topic is mastered from, per cent of points"))] = 80
    expressed_from: Annotated[
        int,
        Field(ge=50, le=99),
        FieldLook(
            _("Of a hundred called «expressed» are deficits, at least"),
            _("90: nine of ten. Said only where the share is clearly below the limit, of such tasks in general"),
        ),
    ] = 90
    possible_from: Annotated[
        int, Field(ge=1, le=98), FieldLook(_("«Possible» is said from a probability of, per cent"))
    ] = 50
    least_items: Annotated[
        int,
        Field(ge=1, le=20),
        FieldLook(_("Least tasks on a topic"), _("With fewer, «little data» is said instead of a conclusion")),
    ] = 3
    least_people: Annotated[
        int, Field(ge=5, le=1000), FieldLook(_("Least people who sat the work, for conclusions on topics"))
    ] = 20
    levels: Annotated[
        tuple[MasteryLevel, ...],
        Field(max_length=10),
        FieldLook(
            _("Levels of mastery"), _("From the lowest; the first begins at 0. Without them the limits above speak.")
        ),
    ] = ()
    picture_least: Annotated[
        int,
        Field(ge=MINIMUM, le=1000),
        FieldLook(
            _("Least people for a picture of a group"),
            format_lazy(_("Never fewer than {least}, so that nobody can be recognised"), least=MINIMUM),
        ),
    ] = MINIMUM
    group_least: Annotated[int, Field(ge=2, le=100), FieldLook(_("Least teachers of a group route"))] = 3
    group_most: Annotated[int, Field(ge=2, le=100), FieldLook(_("Most teachers of a group route"))] = 12

    @field_validator("picture_least", mode="before")
    @classmethod
    def _least_group(cls, least: Any, asked: ValidationInfo) -> Any:
        """«least_group» of a preset is the number of the day; a version that was kept when it was smaller is lifted."""
        lifted = asked.context == KEPT and isinstance(least, int) and least < MINIMUM
        return MINIMUM if lifted or least == "least_group" else least

    @model_validator(mode="after")
    def _orders(self) -> Self:
        for code, right in (
            ("deficit_above_secure", self.deficit_below < self.secure_from),
            ("possible_above_expressed", self.possible_from < self.expressed_from),
            ("group_order", self.group_least <= self.group_most),
            ("levels_order", _grow([level.at_least for level in self.levels])),
        ):
            if not right:
                raise ValueError(code)
        return self

    def level_of(self, share: float) -> str:
        """What the level of this share of points (0–1) is called; empty where the regulation names no levels."""
        held = [level.title for level in self.levels if level.at_least <= share * 100]
        return held[-1] if held else ""


def _grow(bounds: list[int]) -> bool:
    return not bounds or (bounds[0] == 0 and all(low < high for low, high in pairwise(bounds)))
