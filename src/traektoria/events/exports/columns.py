"""Which columns a list can have; who takes it chooses of them."""

from django.utils.translation import gettext_lazy as _

NAME, WORK, STATE, SINCE, ASKED_BY, CAME, HOURS, EVENTS = (
    "name", "work", "state", "since", "asked_by", "came", "hours", "events",
)  # fmt: skip
PEOPLE = {
    NAME: _("Surname, name, patronymic"),
    WORK: _("School"),
    STATE: _("Registration"),
    SINCE: _("Registered on"),
    ASKED_BY: _("Registered by the school"),
    CAME: _("Dates attended"),
    HOURS: _("Hours attended"),
}
"""Of one event: who was registered, who came."""
TEACHERS = {
    NAME: _("Surname, name, patronymic"),
    WORK: _("School"),
    EVENTS: _("Events"),
    CAME: _("Dates attended"),
    HOURS: _("Hours"),
}
"""Of a centre in a period: hours by teacher."""
WIDTHS = {NAME: 30, WORK: 24, STATE: 16, SINCE: 14, ASKED_BY: 20, CAME: 24, HOURS: 10, EVENTS: 12}
"""Of a column on paper, in parts."""
