"""Which kinds of items an instrument can have, and how its forms are called."""

from django.utils.translation import gettext as _

from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.diagnostics.items.kinds.registry import BETWEEN, SAID, SCORED


def kinds_for(instrument_kind: str) -> tuple[ItemKind, ...]:
    """A control work asks what is right or wrong; the others ask what is neither. Texts between stand everywhere."""
    own = SCORED if instrument_kind == InstrumentKind.CONTROL_WORK else SAID
    return (*own, *BETWEEN)


def forms_of(two_forms: bool) -> tuple[str, ...]:
    """The forms that a version has: «A» and «B», or the only one, «»."""
    return ("A", "B") if two_forms else ("",)


def form_name(form: str) -> str:
    """How a form is called on paper and on the screen; nothing for the only one."""
    return {"A": _("Form A"), "B": _("Form B")}.get(form, "")
