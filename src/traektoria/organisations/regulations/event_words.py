"""The clauses about events, in the section of the forms of work: what is special of a form, and the waiting list."""

from django.utils.translation import gettext as _

from traektoria.engines.fewvoices import FEWEST_VOICES
from traektoria.organisations.regulations.event_rules import EventRules, Priority
from traektoria.organisations.regulations.schema import EventKind
from traektoria.organisations.regulations.sentences import ClauseText, titled


def form_of_work(kind: EventKind) -> str:
    """«Открытый урок. Раз в четверть. Объявляется после утверждения.»"""
    notes = {
        _("Announced after it is approved."): kind.approval,
        _("Observed by a form."): kind.observation,
        _("Of pupils only numbers are kept."): kind.pupils,
        _("Results are written down."): kind.results,
        _("Held by a programme of meetings and self-work."): kind.modular,
    }
    said = [words for words, is_so in notes.items() if is_so]
    return " ".join([f"{titled(kind).rstrip('.')}.", *said]) if said else titled(kind)


def event_clauses(rules: EventRules) -> list[ClauseText]:
    return [
        ClauseText("event_places", _places(rules)),
        ClauseText("event_video", _video(rules)),
        ClauseText("event_order", _order(rules)),
        ClauseText("event_certificates", _certificates(rules)),
        ClauseText("event_self_work", _self_work(rules)),
        ClauseText("event_feedback", _feedback(rules)),
        ClauseText("event_observation", _observation(rules)),
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


def _self_work(rules: EventRules) -> str:
    hours = _("accepted self-work counts in hours") if rules.self_work_counts else _("hours are of the meetings alone")
    if not rules.self_work_share:
        return _("A certificate of a tutorial is given for coming to its meetings; %(hours)s.") % {"hours": hours}
    text = _(
        "For a certificate of a tutorial no less than %(share)s %% of its self-work is to be accepted besides; "
        "%(hours)s."
    )
    return text % {"share": rules.self_work_share, "hours": hours}


def _feedback(rules: EventRules) -> str:
    if not rules.feedback_days:
        return _("Those who came to an event are asked nothing after it.")
    text = _(
        "Who came to an event answers, if they like, for %(days)s days: %(questions)s. The answers are shown without "
        "names to who leads it and to the coordinator, once, if %(least)s people or more have answered."
    )
    own = "; ".join(one.title.rstrip(".") for one in rules.feedback if not one.archived)
    usual = _("of what use it was, whether it will be used, what to change")
    return text % {"days": rules.feedback_days, "questions": own or usual, "least": FEWEST_VOICES}


def _observation(rules: EventRules) -> str:
    own = "; ".join(one.title.rstrip(".") for one in rules.observation if not one.archived)
    usual = _("the aim, the work of each pupil, tasks, feedback to pupils, time, the outcome")
    return _("Visitors of an open lesson look at: %(what)s. Who gave the lesson reads their forms.") % {
        "what": own or usual
    }


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
