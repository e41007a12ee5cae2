"""What plans tell the rooms below: the menu, what may be begun, words of the audit."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.core.registries import Creation, MenuEntry, creations, menu, word_events
from traektoria.core.support import Farewell, farewells
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.planning.plans import engagements as engagements
from traektoria.planning.plans import errands as errands
from traektoria.planning.plans import event_ideas as event_ideas
from traektoria.planning.plans import waiting as waiting
from traektoria.planning.plans import workflow as workflow  # the diagrams of docs/workflows
from traektoria.planning.plans.actions.keeping import hear_calendars
from traektoria.planning.plans.farewell import settle_person
from traektoria.planning.plans.permissions import BEGIN, IN_MENU
from traektoria.planning.plans.tasks import date_plans_by_the_clock, date_plans_of

hear_calendars()
farewells.add(Farewell("planning.plans", 40, settle_person))
task_kinds.add(TaskKind("planning.calendar", 40, gettext_lazy("Plans by a changed calendar"), date_plans_of))
task_kinds.add(
    TaskKind(
        slug="planning.night",
        order=41,
        label=gettext_lazy("Times of all plans"),
        work=date_plans_by_the_clock,
        every=timedelta(days=1),
        past=timedelta(hours=23),
    )
)

menu.add(
    MenuEntry(
        slug="plans",
        order=28,
        label=gettext_lazy("Plan"),
        url_name="planning:board",
        icon="calendar-range",
        visible=lambda actor: not actor.roles.isdisjoint(IN_MENU),
        prefixes=("/plans/",),
    )
)
creations.add(
    Creation(
        slug="planning.plan",
        order=30,
        label=gettext_lazy("Begin a work plan"),
        url_name="planning:plan_new",
        icon="calendar-plus",
        visible=lambda actor: not actor.roles.isdisjoint(BEGIN),
    )
)
_WORDS = {
    "plan.begin": gettext_lazy("plan begun"),
    "plan.copied": gettext_lazy("plan copied from another year"),
    "association.saved": gettext_lazy("association written down"),
    "association.closed": gettext_lazy("association closed"),
    "programme.begin": gettext_lazy("programme begun"),
    "programme.changed": gettext_lazy("programme changed"),
    "programme.approved": gettext_lazy("programme approved"),
    "plan.items": gettext_lazy("items added to the plan"),
    "plan.item_changed": gettext_lazy("item of the plan changed"),
    "plan.item_removed": gettext_lazy("item taken out of the plan"),
    "plan.term_settled": gettext_lazy("said what a deadline means"),
    "plan.propose": gettext_lazy("plan put forward for approval"),
    "plan.recall": gettext_lazy("plan taken back"),
    "plan.return": gettext_lazy("plan returned with a reason"),
    "plan.approve": gettext_lazy("plan approved"),
    "plan.discard": gettext_lazy("draft of a plan thrown away"),
    "plan.deed": gettext_lazy("written down what was done by the plan"),
    "plan.deed_file": gettext_lazy("file attached to what was done"),
    "plan.deed_file_gone": gettext_lazy("file of what was done taken away"),
    "plan.deed_undone": gettext_lazy("what was done taken back"),
    "plan.deed_lost": gettext_lazy("what an item was counted by was withdrawn"),
    "plan.responsible_left": gettext_lazy("who answered for an item has left: it passes to the coordinator"),
    "plan.moved": gettext_lazy("deadline of the plan moved"),
    "plan.cancelled": gettext_lazy("deadline of the plan cancelled"),
    "plan.restored": gettext_lazy("cancellation taken back"),
    "plan.past_let_go": gettext_lazy("past deadlines of the plan cancelled"),
}
word_events(_WORDS)
