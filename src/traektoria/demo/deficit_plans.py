"""A personified plan of closing deficits: the route of one teacher, as under a regulation that makes it one, with the
categories that facts speak for and the teacher agreed to."""

from traektoria.demo.stage import Stage
from traektoria.organisations.regulations.contents import preset
from traektoria.routes.categories.actions import answer_category
from traektoria.routes.categories.facts import FINDERS, facts_for
from traektoria.routes.categories.models import TeacherCategory
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.enums import RouteState
from traektoria.routes.tutees.enums import SupportKind


def personified_plan(stage: Stage) -> None:
    running = LearningRoute.objects.filter(state=RouteState.RUNNING, support__kind=SupportKind.INDIVIDUAL)
    route = running.select_related("support").earliest("pk")
    route.deficit_plan = True
    route.save(update_fields=["deficit_plan"])
    person = route.support.members.get().person
    for one in preset("tbilisskaya").support.categories:
        facts = facts_for(one.found_by, route.support, person.pk, stage.today) if one.found_by in FINDERS else None
        if facts is not None:
            row = TeacherCategory.objects.create(
                centre_id=route.centre_id, person=person, slug=one.slug, title=one.title, facts=facts
            )
            answer_category(category=row, agree=True, by=stage.actor(person.account.username))
