"""A category is proposed to a teacher, who agrees or not."""

from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor
from traektoria.routes.categories.facts import FINDERS, facts_for
from traektoria.routes.categories.models import TeacherCategory
from traektoria.routes.categories.permissions import check_answer
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.permissions import member_ids


@transaction.atomic
def propose_categories(support: TutorSupport) -> list[TeacherCategory]:
    """To each teacher of the support the categories of its regulation that facts speak for; what was proposed once is
    not proposed again. Called under the lock of the support, by what drafts its route."""
    today, made = timezone.localdate(), []
    wanted = [
        one for one in rules_of(support.regulation).support.categories if one.found_by in FINDERS and not one.archived
    ]
    for person in sorted(member_ids(support)) if wanted else ():
        have = set(
            TeacherCategory.objects.filter(centre=support.centre_id, person=person).values_list("slug", flat=True)
        )
        for one in wanted:
            facts = None if one.slug in have else facts_for(one.found_by, support, person, today)
            if facts is not None:
                row, new = TeacherCategory.objects.get_or_create(
                    centre_id=support.centre_id, person_id=person, slug=one.slug,
                    defaults={"title": one.title, "facts": facts},
                )  # fmt: skip
                made += [row] if new else []
    return made


@transaction.atomic
def answer_category(*, category: TeacherCategory, agree: bool, by: Actor) -> TeacherCategory:
    """The first answer stands until the person gives another; the same again writes nothing. Side effect: audit."""
    row = TeacherCategory.objects.select_for_update(no_key=True).get(pk=category.pk)
    check_answer(by, row)
    if row.is_answered and agree == (row.agreed_at is not None):
        return row
    now = timezone.now()
    row.agreed_at, row.declined_at = (now, None) if agree else (None, now)
    row.save(update_fields=["agreed_at", "declined_at"])
    audit.record("category.answer", row, by=by, centre_id=row.centre_id)
    return row
