"""How an instrument is sat, and the plan of a work: ``InstrumentVersion.settings``."""

from typing import Annotated, Literal

from pydantic import Field

from traektoria.core.boxes import readable
from traektoria.diagnostics.items.pieces.content import Line, Part


class BlueprintRow(Part):
    """How many items of a topic and a level a form has."""

    topic: Line
    level: Literal["", "basic", "raised", "high"] = ""
    number: Annotated[int, Field(ge=1, le=50)]


class Settings(Part):
    """How an instrument is sat. ``minutes`` 0: no limit. ``pauses``: how many; the clock stands still in a pause.

    ``markers``: how many people judge an extended answer. ``two_forms``: forms A and B by the blueprint. ``scales`` are
    those of a questionnaire, in the order in which they are shown.
    """

    instruction: str = ""
    minutes: Annotated[int, Field(ge=0, le=600)] = 0
    pauses: Annotated[int, Field(ge=0, le=20)] = 1
    markers: Literal[1, 2] = 1
    two_forms: bool = False
    blueprint: tuple[BlueprintRow, ...] = ()
    scales: tuple[Line, ...] = ()
    show_answers: bool = True


def settings_from(stored: object) -> Settings:
    """The settings of a stored version; those of a new one where they can't be read."""
    return readable("settings", lambda: Settings.model_validate(stored), Settings())
