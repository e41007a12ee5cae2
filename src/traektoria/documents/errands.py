"""Long work of the room: the cards of all routes that a person works on, in one archive."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Made
from traektoria.core.errors import Refused
from traektoria.core.files import zipped
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.documents import actions, card_contents
from traektoria.documents.papers.deficit_plans import readable_deficit_plans
from traektoria.documents.papers.kinds import KINDS
from traektoria.engines import papers
from traektoria.engines.papers.process_apart import PAPERS
from traektoria.people.actor import Actor
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.actions.batch import of_school

CARDS: Final = "documents.cards"
PLANS: Final = "documents.deficit_plans"


def check(actor: Actor, facts: dict[str, Any]) -> None:
    """Who works on no agreed route has nothing to take."""
    if not card_contents.cards_of(actor).exists():
        raise Refused(_("None of the routes that you work on is agreed yet: there are no cards to take."))


def make_archive(doing: Doing) -> Made:
    """A file a route. One that is too long to be printed is named in a list beside the others."""
    routes = list(card_contents.cards_of(doing.actor).order_by("pk"))

    def issued(route: LearningRoute) -> papers.Paper:
        return actions.issue_route_card(route=route, by=doing.actor, site=doing.facts["site"]).paper

    return _archive(doing, "cards", routes, issued)


def _archive(
    doing: Doing, name: str, routes: Sequence[LearningRoute], issued: Callable[[LearningRoute], papers.Paper]
) -> Made:
    form, unprinted = doing.facts["form"], list[str]()

    def drawn() -> Iterator[tuple[str, bytes | str]]:
        for route in doing.each(routes, len(routes)):
            try:
                paper = issued(route)
                content = PAPERS.ask(papers.PRINTERS[form], paper)
            except papers.PaperTooLong as long:
                unprinted.append(f"{route} ({route.pk}): «{long.longest}…»")
            else:
                yield f"{papers.file_stem(paper)}-{route.pk}.{form}", content
        if unprinted:
            yield _("too long to be printed.txt"), "\n".join(unprinted)

    made_of = tuple(route.pk for route in routes)
    files = drawn()
    if len(routes) == 1:
        [(alone, content)] = files
        if isinstance(content, bytes):
            return Made(content, alone, papers.CONTENT_TYPES[form], 1, made_of)
        files = iter([(alone, content)])
    return Made(zipped(files), f"{name}-{form}.zip", "application/zip", len(routes), made_of)


def fetched(actor: Actor, facts: dict[str, Any]) -> None:
    """Each card in it must be one's own still."""
    if set(facts.get("made_of", ())) - set(card_contents.cards_of(actor).values_list("pk", flat=True)):
        raise Refused(_("You work on fewer routes now than when this archive was made. Make it again."))


def plans_of(actor: Actor, school: int) -> QuerySet[LearningRoute]:
    """Personified plans that the tutor keeps with teachers of the school, drafts too."""
    supports = [one.pk for one in of_school(actor, school)]
    return readable_deficit_plans(actor).filter(support__in=supports)


def check_plans(actor: Actor, facts: dict[str, Any]) -> None:
    if not plans_of(actor, facts["school"]).exists():
        raise Refused(_("You keep no personified plan with teachers of this school."))


def make_plans(doing: Doing) -> Made:
    """A file a teacher, several of them in one archive. One that is too long to be printed is named in a list beside
    the others."""
    kind, routes = KINDS["deficit_plan"], list(plans_of(doing.actor, doing.facts["school"]).order_by("pk"))

    def issued(route: LearningRoute) -> papers.Paper:
        return actions.issue_paper(kind=kind, fact=route, by=doing.actor, site=doing.facts["site"])

    return _archive(doing, "deficit-plans", routes, issued)


def fetched_plans(actor: Actor, facts: dict[str, Any]) -> None:
    """Each plan in it must be one's own still."""
    if set(facts.get("made_of", ())) - set(plans_of(actor, facts["school"]).values_list("pk", flat=True)):
        raise Refused(_("You work on fewer routes now than when this archive was made. Make it again."))


errand_kinds.add(
    ErrandKind(PLANS, 51, gettext_lazy("Personified plans of a school"), 10, check_plans, make_plans, fetched_plans)
)
errand_kinds.add(ErrandKind(CARDS, 50, gettext_lazy("Cards of all my routes"), 10, check, make_archive, fetched))
