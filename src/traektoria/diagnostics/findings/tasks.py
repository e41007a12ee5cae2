"""The tasks of diagnostics, as the administrator reads of them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.diagnostics.findings.actions.analysis import analyse_by_the_worker
from traektoria.diagnostics.findings.actions.hourly import keep_campaigns_by_the_clock

task_kinds.add(TaskKind("diagnostics.analyse", 20, _("Figures of a diagnostics"), analyse_by_the_worker))
task_kinds.add(
    TaskKind(
        slug="diagnostics.hour",
        order=22,
        label=_("Terms of diagnostics: closing, counting, reminding"),
        work=keep_campaigns_by_the_clock,
        every=timedelta(hours=1),
        past=timedelta(minutes=15),
    )
)
