"""The life of a version of an instrument: a draft is published once, and from then on never changes."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.workflow import Transition, Workflow
from traektoria.diagnostics.instruments.enums import VersionState
from traektoria.diagnostics.instruments.permissions import check_keeps_version

DRAFT, PUBLISHED = VersionState.DRAFT, VersionState.PUBLISHED

INSTRUMENT_VERSION = Workflow(
    slug="instrument_version",
    states=dict(VersionState.choices),
    initial=DRAFT,
    transitions=(Transition("publish", (DRAFT,), PUBLISHED, _("Publish"), check_keeps_version),),
    owners={
        DRAFT: "the coordinator: makes it up, and publishes it when nothing is missing",
        PUBLISHED: "nobody: it never changes, so that answers can be read by it for ever; a change is a new version",
    },
)
