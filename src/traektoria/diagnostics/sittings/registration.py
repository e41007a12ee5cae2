"""What sittings tell the rooms below (core registries)."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.diagnostics.bank.registries import PictureReaders, picture_readers
from traektoria.diagnostics.campaigns.signals import closing, handed_out, prolonged
from traektoria.diagnostics.sittings import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.sittings.actions.handing_out import hand_out
from traektoria.diagnostics.sittings.actions.sittings import expire_all, reopen_after
from traektoria.diagnostics.sittings.queries.sittings import pictures_of_works

handed_out.connect(lambda campaign, **_: hand_out(campaign), weak=False, dispatch_uid="sittings.hand_out")
prolonged.connect(
    lambda campaign, before, **_: reopen_after(campaign, before), weak=False, dispatch_uid="sittings.reopen"
)
closing.connect(lambda campaign, **_: expire_all(campaign), weak=False, dispatch_uid="sittings.expire")
picture_readers.add(PictureReaders("sittings", 30, pictures_of_works))
_WORDS = {
    "sitting.start": gettext_lazy("work begun"),
    "sitting.pause": gettext_lazy("pause taken"),
    "sitting.resume": gettext_lazy("work gone on with"),
    "sitting.hand_in": gettext_lazy("work handed in"),
    "sitting.expire": gettext_lazy("time of the work over"),
    "sitting.enter_paper": gettext_lazy("work entered from paper"),
    "sitting.correct_paper": gettext_lazy("entered sheet corrected"),
    "access.diagnostics.paper": gettext_lazy("your sheet, entered from paper"),
    "consent.on_paper": gettext_lazy("consent signed on paper noted"),
}
word_events(_WORDS)
