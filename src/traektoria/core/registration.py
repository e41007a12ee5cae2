"""What the room core tells its own registries: the tasks that belong to no room."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from traektoria.core.errands.execution import do_errand
from traektoria.core.errands.upkeep import tend_errands
from traektoria.core.installation.table_counts import count_tables
from traektoria.core.registries import word_events
from traektoria.core.repairs import MENDED, mend_what_waits
from traektoria.core.tasks.fate import forget
from traektoria.core.tasks.kinds import TaskKind, task_kinds

task_kinds.add(
    TaskKind(
        "core.errand", 20, _("Long work that somebody asked for"), do_errand,
        was="traektoria.core.errands.doing.do_errand",
    )
)  # fmt: skip
task_kinds.add(
    TaskKind(
        "core.errands", 70, _("Looking after long work and its results"), tend_errands, every=timedelta(minutes=10),
        was="traektoria.core.errands.tending.tend_errands",
    )
)  # fmt: skip
task_kinds.add(
    TaskKind(
        "core.waiting", 80, _("Comparing what waits with what the rooms say"), mend_what_waits,
        every=timedelta(days=1), past=timedelta(hours=1), was="traektoria.core.mending.mend_what_waits",
    )
)  # fmt: skip
word_events({MENDED: _("rows of what waits were mended")})
task_kinds.add(
    TaskKind(
        "core.counting", 85, _("Counting the tables of the database"), count_tables,
        every=timedelta(days=1), past=timedelta(hours=1, minutes=30),
        was="traektoria.core.installation.counting.count_tables",
    )
)  # fmt: skip
task_kinds.add(TaskKind("core.forget", 90, _("Clearing this list"), forget, every=timedelta(days=1)))
