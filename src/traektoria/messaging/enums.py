"""How a message stands, and how often letters come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """``SILENT``: it stands under the bell alone. ``REFUSED``: the mail server will never take it."""

    WAITING = "waiting", _("waits")
    SENT = "sent", _("has gone")
    SILENT = "silent", _("no letter")
    CANCELLED = "cancelled", _("not needed any more")
    REFUSED = "refused", _("was not taken")
    GIVEN_UP = "given_up", _("could not be sent")


class Rhythm(TextChoices):
    """When letters of one kind come."""

    AT_ONCE = "at_once", _("at once")
    DAY = "day", _("once a day, together")
    WEEK = "week", _("on Mondays, together")
    NEVER = "never", _("do not send")


class UnsentReason(TextChoices):
    """Why a message was not sent, or not yet."""

    NONE = "", ""
    SWITCHED_OFF = "switched_off", _("switched off in the settings of the person")
    NO_ADDRESS = "no_address", _("there is no e-mail")
    NO_MAIL = "no_mail", _("mail is not set up in this installation")
    DONE = "done", _("done already, or not needed any more")
    MOVED = "moved", _("the day was moved")
    NO_RIGHT = "no_right", _("the person has no right to it any more")
    TOO_OLD = "too_old", _("too old: its link would not work any more")
    REPLACED = "replaced", _("a newer letter has taken its place")
    LEFT = "left", _("the person has no account or no role any more")
    UNKNOWN = "unknown", _("letters of this kind are not sent any more")
    BAD_ADDRESS = "bad_address", _("the mail server says that this address does not exist")
    BAD_LETTER = "bad_letter", _("the mail server does not take this letter")
    LATER = "later", _("the mail server asked to come later")
    BROKEN_OFF = "broken_off", _("the connection broke off")
    SERVER_DOWN = "server_down", _("the mail server does not answer")
    PROGRAM = "program", _("an error of the program; the log of the server names the place")
