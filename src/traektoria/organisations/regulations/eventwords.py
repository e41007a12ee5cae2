"""The clauses about events, in the section of the forms of work: what is special of a form, and the waiting list."""

from django.utils.translation import gettext as _

from traektoria.organisations.regulations.eventrules import EventRules, Priority
from traektoria.organisations.regulations.schema import EventKind
from traektoria.organisations.regulations.sentences import Said, titled


def form_of_work(kind: EventKind) -> str:
    """«Открытый урок. Раз в четверть. Объявляется после утверждения.»"""
    notes = {
        _("Announced after it is approved."): kind.approval,
        _("Observed by a form."): kind.observation,
        _("Of pupils only numbers are kept."): kind.pupils,
    }
    said = [words for words, is_so in notes.items() if is_so]
    return " ".join([f"{titled(kind).rstrip('.')}.", *said]) if said else titled(kind)


def event_clauses(rules: EventRules) -> list[Said]:
    return [
        Said("event_places", _places(rules)),
        Said("event_video", _video(rules)),
        Said("event_order", _order(rules)),
        Said("event_certificates", _certificates(rules)),
    ]


def _places(rules: EventRules) -> str:
    text = _(
        "A place at an event that is given back goes to the next in its waiting list, no later than %(hours)s hours "
        "before the beginning."
    )
    return text % {"hours": rules.notice_hours}


def _video(rules: EventRules) -> str:
    if rules.entering_counts:
        return _("Who is registered and enters the video meeting of an event came; who leads it can correct it.")
    return _("Who came to a video meeting is marked by who leads the event.")


def _certificates(rules: EventRules) -> str:
    if rules.certificate_share == 100:
        return _("A certificate of an event is given to who came on all its dates.")
    text = _("A certificate of an event is given to who came on no less than %(share)s %% of its dates.")
    return text % {"share": rules.certificate_share}


def _order(rules: EventRules) -> str:
    words = {
        Priority.SCHOOL: _("teachers of schools that are helped first"),
        Priority.ROUTE_ITEM: _("those for whom the event serves an item of their route"),
        Priority.SUBJECT: _("those who teach the subject of the event"),
    }
    first = ", ".join(words[one] for one in Priority if one in rules.priority)
    if not first:
        return _("In the waiting list who waits longer is first.")
    return _("In the waiting list the first are %(who)s; of equal rank who waits longer.") % {"who": first}
