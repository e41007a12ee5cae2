"""What the room tells its own registries and those of ``core``."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import PersonalData, personal_data, word_events
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.messaging.actions import SWITCHED_OFF, TRIED_ANEW
from traektoria.messaging.deadlines import DEADLINE, remind_by_the_clock
from traektoria.messaging.delivery import send_messages
from traektoria.messaging.kinds import kinds
from traektoria.messaging.personal_data import collect

kinds.add(DEADLINE)
task_kinds.add(
    TaskKind(
        "messaging.letters", 10, _("Sending letters"), send_messages, every=timedelta(minutes=1),
        was="traektoria.messaging.sending.send_messages",
    )
)  # fmt: skip
task_kinds.add(
    TaskKind(
        "messaging.deadlines", 11, _("Reminders before deadlines"), remind_by_the_clock,
        every=timedelta(hours=1), past=timedelta(minutes=20),
    )
)  # fmt: skip
personal_data.add(PersonalData("messaging", 95, _("what you were told, and how you want letters"), collect))
word_events(
    {
        TRIED_ANEW: _("had the letters that wait tried again"),
        SWITCHED_OFF: _("switched letters of one kind off by the link of a letter"),
    }
)
