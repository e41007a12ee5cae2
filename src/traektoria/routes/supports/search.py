"""What of supports and routes the search finds, and how a support begins."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import Creation, Found, SearchSource, creations, search
from traektoria.core.word_search import Asked, asked, asks, first_found, fits
from traektoria.people.actor import Actor
from traektoria.routes.route.queries import route as routes
from traektoria.routes.tutees import queries as supports
from traektoria.routes.tutees.models import TutorSupport


def _asks(actor: Actor, words: list[Asked], written: str, support: str) -> Q:
    """Each word in the name of the route or group, of the tutor, or of a teacher whom the actor may read by name."""
    found = Q()
    for word in words:
        members = supports.members_seen_by(actor).filter(asks([word], "person__search_name"))
        place = asks([word], f"{support}tutor__search_name", written=[written])
        found &= place | Q(**{f"{support or ''}pk__in": members.order_by().values("support")})
    return found


def _fits(text: str, title: str, support: TutorSupport) -> bool:
    """Each word in the title, or in a name: there «Семёнов» is not many of Семён."""
    names = [support.tutor.full_name, *(member.person.full_name for member in support.members.all())]
    both = zip(asked(text, many=True), asked(text), strict=True)
    return all(fits([word], title) or fits([name], *names) for word, name in both)


def find_routes(actor: Actor, text: str) -> Iterable[Found]:
    """Routes that the person may open. Two queries."""
    words = asked(text, many=True)
    rows = routes.visible_to(actor).filter(_asks(actor, words, "title", "support__")).select_related("support__tutor")
    seen = Prefetch("support__members", supports.members_seen_by(actor))
    rows = rows.prefetch_related(seen).order_by("title", "pk")
    for route in first_found(rows, lambda one: _fits(text, one.title, one.support)):
        note = f"{_tutor(route.support)}, {route.get_state_display()}"
        yield Found(route.title, note, reverse("routes:route_detail", args=[route.pk]))


def find_supports(actor: Actor, text: str) -> Iterable[Found]:
    """Supports that the person may open. Two queries."""
    words = asked(text, many=True)
    rows = supports.visible_to(actor).filter(_asks(actor, words, "name", "")).select_related("tutor")
    rows = rows.prefetch_related(Prefetch("members", supports.members_seen_by(actor))).order_by("-start", "pk")
    for one in first_found(rows, lambda one: _fits(text, one.name, one)):
        note = f"{_tutor(one)}, {one.get_state_display()}"
        yield Found(one.title or _("Tutor support"), note, reverse("routes:support_detail", args=[one.pk]))


def _tutor(support: TutorSupport) -> str:
    return _("tutor %(name)s") % {"name": support.tutor.short_name}


search.add(SearchSource("routes.routes", 30, gettext_lazy("Routes"), find_routes))
search.add(SearchSource("routes.supports", 35, gettext_lazy("Supports"), find_supports))
creations.add(
    Creation(
        slug="routes.support",
        order=10,
        label=gettext_lazy("Propose a support"),
        url_name="routes:support_new",
        icon="users-round",
        visible=lambda actor: actor.is_coordinator or actor.is_tutor or actor.is_teacher,
    )
)
