"""What tables of plans tell the rooms below: long work, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.planning.imports import errands as errands

word_events({"plan.table_taken": gettext_lazy("a table moved into the plan")})
