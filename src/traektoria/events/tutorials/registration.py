"""What tutorials tell the rooms below: the daily desk, what a copy of an event takes along, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import word_events
from traektoria.events.event.registries import EventPart, EventRest, event_parts, event_rests
from traektoria.events.tutorials import waiting as waiting
from traektoria.events.tutorials import workflow as workflow  # the diagrams of docs/workflows
from traektoria.events.tutorials.actions.holding import copy_tutorial
from traektoria.events.tutorials.models import WorkFile
from traektoria.events.tutorials.policies import check_finished, last_days

attached.add(Attached("events.self_works", 35, WorkFile, "turn__by", ("turn__work__task__event__centre",)))
event_parts.add(EventPart("tutorial", 10, copy_tutorial))
event_rests.add(EventRest("tutorial", 10, check_finished, last_days))
_WORDS = {
    "tutorial_programme.make": gettext_lazy("programme of a tutorial written"),
    "tutorial_programme.edit": gettext_lazy("programme of a tutorial changed"),
    "tutorial_programme.release": gettext_lazy("version of a programme released"),
    "tutorial_programme.aside": gettext_lazy("programme of a tutorial put aside"),
    "tutorial_programme.back": gettext_lazy("programme of a tutorial taken back"),
    "tutorial.task": gettext_lazy("task of self-work written"),
    "tutorial.task_off": gettext_lazy("task of self-work taken away"),
    "tutorial.campaigns": gettext_lazy("entry and exit diagnostics named"),
    "self_work.hand_in": gettext_lazy("self-work handed in"),
    "self_work.detach": gettext_lazy("file of a self-work taken away"),
    "self_work.accept": gettext_lazy("self-work accepted"),
    "self_work.return": gettext_lazy("self-work returned to be finished"),
    "self_work.reconsider": gettext_lazy("acceptance of self-work taken back"),
    "self_work.evidence": gettext_lazy("a teacher answered whether the work counts for the route"),
    "access.self_work": gettext_lazy("your self-work in a tutorial"),
}
word_events(_WORDS)
