"""Who can have been at an hour: the tutor's own teachers, those of a request, and any other by surname. Namesakes are
told apart by their post and school."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.core.errors import Invalid
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.text import search_key, squash
from traektoria.core.word_search import MOST_KEPT, Asked, asked, asks, fits
from traektoria.people.actor import in_force
from traektoria.people.enums import Role
from traektoria.people.models import Employment, Person, RoleAssignment, short_name
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import SupportMember

MOST_SHOWN, NAMED = 60, 5
LATELY = timedelta(days=400)
"""Who has left so long ago is still found."""
TEACHERS = (Role.TEACHER,)
NAME = ("surname", "given", "patronymic")
WORK = ("post", "place")


def offered(tutor_id: int, centre_id: int, also: Iterable[int] = ()) -> list[tuple[int, str]]:
    """Teachers whom the tutor supports in the centre, and ``also``: number and short name. At most ``MOST_SHOWN``, but
    each of ``also``: who is not offered would be taken out of the hour. One query."""
    known = set(also)
    rows = _offered().all(limit=max(MOST_SHOWN, len(known)), tutor=tutor_id, centre=centre_id, known=known)
    found = sorted((row[1:] for row in rows), key=lambda row: row[:2])
    return _apart([(pk, short_name(*rest[:3]), *rest[3:]) for _sort, pk, *rest in found])


@prepared
def _offered() -> QuerySet[Person, Any]:
    led = SupportMember.objects.filter(
        support__tutor=Given("tutor"), support__centre=Given("centre"), support__state=SupportState.ACTIVE,
        consented_at__isnull=False,
    )  # fmt: skip
    rows = Person.objects.filter(Q(pk__in=led.order_by().values("person")) | Q(pk__in=Numbers("known")))
    ranked: QuerySet[Any, Any] = rows.annotate(rank=Case(When(pk__in=Numbers("known"), then=0), default=1))
    found: QuerySet[Any, Any] = with_work(ranked)
    return found.order_by("rank", "sort_name", "pk").values_list("rank", "sort_name", "pk", *NAME, *WORK)


def with_work(rows: Any) -> Any:
    """Persons with ``post`` and ``place``: where each works today, or worked last."""
    work = Employment.objects.filter(person=OuterRef("pk")).order_by("-start", "pk")
    return rows.annotate(post=Subquery(work.values("position")[:1]), place=Subquery(work.values("school__name")[:1]))


def _apart(rows: list[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """(number, name, post, school) as choices: of namesakes post and school are said."""
    times = Counter(name for _pk, name, *_work in rows)
    return [(pk, _said(name, post, place) if times[name] > 1 else name) for pk, name, post, place in rows]


def _said(name: str, post: str | None, place: str | None) -> str:
    work = ", ".join(part for part in (post, place) if part)
    return f"{name} ({work})" if work else name


def asked_for(request: ConsultationRequest) -> set[int]:
    """Whom a request is for: the named ones; of a teacher's own, the teacher."""
    named = set(request.teachers.values_list("pk", flat=True))
    return named if request.school_id else named | {request.asked_by_id}


@dataclass(frozen=True)
class Teacher:
    """Of the centre today, or until lately. ``parts``: surname, given name, patronymic."""

    pk: int
    name: str
    post: str
    place: str
    now: bool
    parts: tuple[str, str, str] = ("", "", "")

    def is_meant(self, words: list[Asked]) -> bool:
        return fits(words, *(search_key(text) for text in (self.name, self.post, self.place)))


def by_surnames(
    text: str, centre_id: int, chosen: Collection[int] = (), *, roles: Collection[Role] = TEACHERS
) -> set[int]:
    """Teachers of the centre, or who holds one of ``roles``, by «Иванова, Петрова Анна, Петрова лицей 4»: each part is
    exactly one, of today rather than of those who have left lately; or those of its namesakes who are ``chosen``. One
    query.

    Raises ``Invalid`` with those who may be meant.
    """
    found = _meant(text, centre_id, roles)
    ticked = {part: {one.pk for one in meant if one.pk in chosen} for part, meant in found.items()}
    return {pk for part, meant in found.items() for pk in ticked[part] or {_one(part, meant, roles)}}


def namesakes(text: str, centre_id: int, *, roles: Collection[Role] = TEACHERS) -> list[tuple[int, str]]:
    """Choices for a form: who may be meant by the parts that mean several, at most ``MOST_SHOWN``. One query, none
    where nothing was typed."""
    several = [one for meant in _meant(text, centre_id, roles).values() if len(meant) > 1 for one in meant]
    return [(one.pk, _said(one.name, one.post, one.place)) for one in dict.fromkeys(several)][:MOST_SHOWN]


def _meant(text: str, centre_id: int, roles: Collection[Role]) -> dict[str, list[Teacher]]:
    """By part: who may be meant."""
    parts = {part: asked(part) for part in map(squash, text.replace(";", ",").split(",")) if part}
    first = [words[0] for words in parts.values() if words]
    near = _named(centre_id, first, roles) if first else []
    found = {part: [one for one in near if words and one.is_meant(words)] for part, words in parts.items()}
    return {part: _of_today(meant) for part, meant in found.items()}


def _of_today(meant: list[Teacher]) -> list[Teacher]:
    now = [one for one in meant if one.now]
    return now if len(now) == 1 else meant


def _named(centre_id: int, words: list[Asked], roles: Collection[Role]) -> list[Teacher]:
    """Those of ``roles`` whose name holds one of ``words``."""
    today = timezone.localdate()
    held = RoleAssignment.objects.filter(person=OuterRef("pk"), role__in=roles, centre=centre_id)
    lately = Q(end__isnull=True) | Q(end__gte=today - LATELY)
    named = Q()
    for word in words:
        named |= asks([word], "search_name")
    rows = Person.objects.filter(named, Exists(held.filter(lately, start__lte=today)))
    columns = with_work(rows.annotate(now=Exists(held.filter(in_force(today))))).order_by("sort_name", "pk")
    found = columns.values_list("pk", *NAME, *WORK, "now")[:MOST_KEPT]
    return [_teacher(*row) for row in found]


def _teacher(
    pk: int, surname: str, given: str, patronymic: str, post: str | None, place: str | None, now: bool
) -> Teacher:
    parts = (surname, given, patronymic)
    return Teacher(pk, " ".join(filter(None, parts)), post or "", place or "", now, parts)


def people_near(name: str, centre_id: int, *, roles: Collection[Role]) -> list[Teacher]:
    """Whom the words of one name may mean, in any form: to be asked of, not to be taken for. One query."""
    words = asked(name)
    return [one for one in _named(centre_id, words[:1], roles) if one.is_meant(words)] if words else []


def _one(part: str, found: list[Teacher], roles: Collection[Role]) -> int:
    if len(found) == 1:
        return found[0].pk
    names = ", ".join(_said(one.name, one.post, one.place) for one in found[:NAMED])
    words = {"part": part, "names": names}
    if not found and tuple(roles) != TEACHERS:
        raise Invalid(_("Nobody of the centre is called «%(part)s».") % words, code="nobody_so_called")
    if not found:
        raise Invalid(_("No teacher of the centre is called «%(part)s».") % words, code="nobody_so_called")
    raise Invalid(_("Say who «%(part)s» is: %(names)s.") % words, code="several_so_called")
