"""What audits tell the rooms below: what may be begun, what waits, what takes time, facts, letters, words."""

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import Creation, creations, word_events
from traektoria.core.support import Farewell, farewells
from traektoria.planning.audits import engagements as engagements
from traektoria.planning.audits import errands as errands
from traektoria.planning.audits import facts as facts
from traektoria.planning.audits import letters as letters
from traektoria.planning.audits import waiting as waiting
from traektoria.planning.audits.farewell import settle_person
from traektoria.planning.audits.models import AuditFile

farewells.add(Farewell("planning.audits", 41, settle_person))
attached.add(Attached("planning.audits", 30, AuditFile, "by", ("audit__centre",)))
creations.add(
    Creation(
        slug="planning.audit",
        order=31,
        label=gettext_lazy("Plan an audit"),
        url_name="planning:audit_new",
        icon="clipboard-check",
        visible=lambda actor: actor.is_coordinator,
    )
)
_WORDS = {
    "checklist.begin": gettext_lazy("edition of a checklist begun"),
    "checklist.publish": gettext_lazy("edition of a checklist published"),
    "checklist.drop": gettext_lazy("draft of a checklist thrown away"),
    "audit.plan": gettext_lazy("audit planned"),
    "audit.begin_unplanned": gettext_lazy("audit begun without an appointment"),
    "audit.auditors": gettext_lazy("auditors changed"),
    "audit.auditor_left": gettext_lazy("auditor left the audit with their role"),
    "audit.cancel": gettext_lazy("audit cancelled"),
    "audit.edition": gettext_lazy("audit moved to a newer edition of its checklist"),
    "audit.begin": gettext_lazy("audit begun"),
    "audit.sign": gettext_lazy("act of an audit signed"),
    "audit.read": gettext_lazy("act of an audit read by the school"),
    "audit.reply": gettext_lazy("school answered the act of an audit"),
    "finding.close": gettext_lazy("finding of an audit closed"),
    "lessons.bring": gettext_lazy("lesson calendar brought to an audit"),
    "lessons.drop": gettext_lazy("lesson calendar taken away from an audit"),
    "lessons.topic": gettext_lazy("it was said whether a hard topic is met in a lesson calendar"),
    "lessons.topic_add": gettext_lazy("hard topic named for a lesson calendar"),
}
word_events(_WORDS)
