"""An item that is written or changed for a draft: the editor of the bank is told by its address, and leads back."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.instruments.actions.form_items import add_items
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.instruments.queries.instruments import versions_visible_to
from traektoria.people.guard import ActorRequest


def draft_for(request: ActorRequest) -> InstrumentVersion | None:
    """The draft that ``?for=`` names, where it is one that the person keeps."""
    asked = request.GET.get("for", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    version = versions_visible_to(request.actor).filter(pk=asked).first()
    return version if version and version.is_draft else None


def back_to_draft(request: ActorRequest, item: BankItem, *, new: bool) -> str | None:
    """Where to go on: the draft, which a new item joins (its form is ``?form=``). None where there is no draft."""
    version = draft_for(request)
    if version is None:
        return None
    if new and item.current:
        _join(request, version, item.current)
    return reverse("diagnostics:version_detail", args=[version.pk])


def _join(request: ActorRequest, version: InstrumentVersion, item_version: ItemVersion) -> None:
    try:
        add_items(version=version, item_versions=[item_version], form=request.GET.get("form"), by=request.actor)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("It stands in «%(title)s» now.") % {"title": version.instrument.title})
