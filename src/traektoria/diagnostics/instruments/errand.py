"""An item that is written or changed for a draft: the editor of the bank is told by its address, and leads back."""

from dataclasses import dataclass

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.core.text import whole_number
from traektoria.diagnostics.bank.models import BankItem, ItemVersion
from traektoria.diagnostics.instruments.actions.form_items import add_items
from traektoria.diagnostics.instruments.item_kinds import kinds_for
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.instruments.queries.instruments import versions_visible_to
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.people.guard import ActorRequest


@dataclass(frozen=True)
class DraftErrand:
    """The draft that ``?for=`` names; a new item joins its form ``?form=``."""

    request: ActorRequest
    version: InstrumentVersion

    @property
    def title(self) -> str:
        return self.version.instrument.title

    @property
    def kinds(self) -> tuple[ItemKind, ...]:
        return kinds_for(self.version.instrument.kind)

    @property
    def tags(self) -> dict[str, str]:
        return {"subject": self.version.instrument.subject}

    def done(self, item: BankItem, *, new: bool) -> str:
        if new and item.current:
            self._join(item.current)
        return reverse("diagnostics:version_detail", args=[self.version.pk])

    def _join(self, item_version: ItemVersion) -> None:
        form, request = self.request.GET.get("form"), self.request
        try:
            add_items(version=self.version, item_versions=[item_version], form=form, by=request.actor)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        else:
            title = self.version.instrument.title
            messages.success(request, _("It stands in «%(title)s» now.") % {"title": title})


def draft_errand(request: ActorRequest) -> DraftErrand | None:
    """Where the address names a draft that the person keeps."""
    asked = whole_number(request.GET.get("for"))
    if not asked:
        return None
    version = versions_visible_to(request.actor).filter(pk=asked).first()
    return DraftErrand(request, version) if version and version.is_draft else None
