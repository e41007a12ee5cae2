"""«No grounds», said kindly and with the reason."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import short_day
from traektoria.diagnostics.problem_field.queries.grounds import NoGrounds, looked_at
from traektoria.engines.deficits import DEFAULT
from traektoria.people.actor import Actor
from traektoria.results.models import Dataset, DatasetKind

_OWN = {
    NoGrounds.NO_RESULTS: gettext_lazy(
        "No file with results of your classes has been looked at yet. When one is, questions and suppositions appear "
        "here with their figures."
    ),
    NoGrounds.ONE_CLASS: gettext_lazy(
        "So far there is one work of one class of yours, and that says nothing of teaching. A supposition needs the "
        "same thing twice: in two classes, in two years, or in your own diagnostics."
    ),
    NoGrounds.FEW_SCHOOLS: gettext_lazy(
        "The file has results of fewer than %(schools)s schools: too few to see how much classes differ anyway."
    ),
    NoGrounds.ORDINARY: gettext_lazy(
        "Your classes differ from others no more than classes and schools differ anyway, or not again and again in "
        "the same thing."
    ),
}
_OF_A_TEACHER = {
    NoGrounds.NO_RESULTS: gettext_lazy("No file with results of this teacher's classes has been looked at yet."),
    NoGrounds.ONE_CLASS: gettext_lazy(
        "So far there is one work of one class of this teacher, and that says nothing of teaching. A supposition needs "
        "the same thing twice: in two classes, in two years, or in the teacher's own diagnostics."
    ),
    NoGrounds.FEW_SCHOOLS: _OWN[NoGrounds.FEW_SCHOOLS],
    NoGrounds.ORDINARY: gettext_lazy(
        "The classes of this teacher differ from others no more than classes and schools differ anyway, or not again "
        "and again in the same thing."
    ),
}


@dataclass(frozen=True)
class WhyNone:
    """Why there is no supposition; ``is_early``: nothing was looked at yet, so that there is no answer either."""

    words: str
    is_early: bool


def why_none(found: NoGrounds, *, mine: bool) -> WhyNone:
    words = str((_OWN if mine else _OF_A_TEACHER)[found]) % {"schools": DEFAULT.schools}
    return WhyNone(words, found is NoGrounds.NO_RESULTS)


def note_of_file(actor: Actor, dataset: Dataset) -> str:
    """For whoever reads the file and looks for suppositions in it: who sees them, and that none is a good answer."""
    event = looked_at(dataset) if dataset.kind == DatasetKind.ANSWERS else None
    if event is None:
        return ""
    if event.facts.get("silent"):
        return _(
            "The file has fewer than %(schools)s schools: no suppositions follow from it, for nobody can see how much "
            "classes differ anyway. Teachers and their tutors see questions to think over."
        ) % {"schools": DEFAULT.schools}
    return _(
        "Teachers were offered questions and suppositions from this file on %(day)s; each sees only their own, and so "
        "does their tutor. Where nothing appears there are no grounds, and that is a good answer: classes differ, and "
        "most differences are ordinary."
    ) % {"day": short_day(event.at)}
