"""Who can have been at an hour: the tutor's own teachers, those of a request, and any other by surname."""

from collections.abc import Iterable

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core.errors import Invalid
from traektoria.core.finding import narrowed
from traektoria.core.text import squash
from traektoria.people.models import Person, short_name
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember
from traektoria.routes.tutees.queries import teachers_of

SHOWN = 60


def offered(tutor_id: int, centre_id: int, also: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Teachers whom the tutor supports in the centre, and ``also``: number and short name. At most ``SHOWN``, but each
    of ``also``: who is not offered would be taken out of the hour. One query."""
    known = set(also)
    led = SupportMember.objects.filter(
        support__tutor=tutor_id, support__centre=centre_id, support__state=SupportState.ACTIVE,
        consented_at__isnull=False,
    )  # fmt: skip
    mine = Q(pk__in=led.order_by().values("person"))
    first = Person.objects.filter(mine).order_by("sort_name", "pk")
    if known:
        rows = Person.objects.filter(mine | Q(pk__in=known))
        first = rows.annotate(rank=Case(When(pk__in=known, then=0), default=1)).order_by("rank", "sort_name", "pk")
    columns = first.values_list("sort_name", "pk", "surname", "given", "patronymic")
    return [(pk, short_name(*name)) for _sort, pk, *name in sorted(columns[: max(SHOWN, len(known))])]


def asked_for(request: ConsultationRequest) -> set[int]:
    """Whom a request is for: the named ones; of a teacher's own, the teacher."""
    named = set(request.teachers.values_list("pk", flat=True))
    return named if request.school_id else named | {request.asked_by_id}


def by_surnames(text: str, centre_id: int) -> set[int]:
    """Teachers of the centre, by «Иванова, Петрова Анна»: each part is exactly one. Two queries a part.

    Raises ``Invalid`` with those who may be meant.
    """
    return {_one(part, centre_id) for part in map(squash, text.replace(";", ",").split(",")) if part}


def _one(part: str, centre_id: int) -> int:
    rows: QuerySet[Person] = narrowed(teachers_of(frozenset({centre_id})), part, "search_name")
    found = list(rows[:6])
    if len(found) == 1:
        return found[0].pk
    words = {"part": part, "names": ", ".join(one.full_name for one in found[:5])}
    if not found:
        raise Invalid(_("No teacher of the centre is called «%(part)s».") % words, code="nobody_so_called")
    raise Invalid(_("Say who «%(part)s» is: %(names)s.") % words, code="several_so_called")
