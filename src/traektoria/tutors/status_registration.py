"""What the room tells the rooms below of the status: the menu, words of the audit, personal data."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    AuditWording,
    MenuEntry,
    PersonalData,
    TaskKind,
    audit_wording,
    menu,
    personal_data,
    task_kinds,
)
from traektoria.tutors.actions.reminders import keep_statuses_by_the_clock
from traektoria.tutors.queries.status_portrait import portrait
from traektoria.tutors.workflows import statuses as workflow  # noqa: F401  (the diagrams of docs/workflows)

menu.add(
    MenuEntry(
        slug="tutors",
        order=25,
        label=gettext_lazy("Tutors"),
        url_name="tutors:home",
        icon="graduation-cap",
        visible=lambda actor: bool(actor.centre_ids),
        prefixes=(
            "/tutors/applications/",
            "/tutors/earlier/",
            "/tutors/me/",
            "/tutors/orders/",
            "/tutors/profile/",
            "/tutors/register/",
            "/tutors/tutor/",
        ),
    )
)
personal_data.add(PersonalData("tutor_status", 31, gettext_lazy("status of a tutor, orders, profile"), portrait))
_WORDS = {
    "tutor_status.grant": gettext_lazy("the status was granted"),
    "tutor_status.earlier": gettext_lazy("an earlier document was written down"),
    "tutor_status.suspend": gettext_lazy("the status was suspended"),
    "tutor_status.resume": gettext_lazy("the status is in force again"),
    "tutor_status.end": gettext_lazy("the status was ended"),
    "tutor_status.release": gettext_lazy("the status ended by an order of release"),
    "tutor_status.shorten": gettext_lazy("an order of release set the last day"),
    "tutor_status.lapse": gettext_lazy("the term was over"),
    "tutor_status.remind": gettext_lazy("a reminder of the end of the term was sent"),
    "tutor_profile.change": gettext_lazy("the profile was changed"),
    "tutor_profile.capacity": gettext_lazy("the capacity was changed"),
    "staff_order.draft": gettext_lazy("an order was prepared"),
    "staff_order.change": gettext_lazy("the draft of the order was changed"),
    "staff_order.sign": gettext_lazy("the order was signed"),
    "staff_order.cancel": gettext_lazy("the draft of the order was taken away"),
    "staff_order.acquaint": gettext_lazy("the tutor has read the order"),
    "people.role_prolonged": gettext_lazy("changed the term of a role"),
    "access.tutors.register": gettext_lazy("the register of tutors as a file"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 600 + number, sentence))
task_kinds.add(
    TaskKind(
        slug="tutors.hour",
        order=30,
        label=gettext_lazy("Terms of tutors: ending, reminding"),
        work=keep_statuses_by_the_clock,
        every=timedelta(hours=1),
        past=timedelta(minutes=5),
    )
)
