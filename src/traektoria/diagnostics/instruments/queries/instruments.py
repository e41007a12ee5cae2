"""What may be read of instruments: all of it by the coordinator of their centre."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from traektoria.core.joined_rows import Joined
from traektoria.core.paging import Page, counted_page, replaced
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.instruments.enums import InstrumentKind, VersionState
from traektoria.diagnostics.instruments.item_kinds import kinds_for
from traektoria.diagnostics.instruments.models import FormItem, Instrument, InstrumentVersion
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

PROTOCOL_KINDS = (InstrumentKind.INTERVIEW, InstrumentKind.OBSERVATION)


_VERSIONS = "FROM diagnostics_instrumentversion v"
_OF_STATE = f"SELECT COUNT(*) {_VERSIONS} WHERE v.instrument_id = t.id AND v.state"
_LISTED = Joined(
    Instrument,
    published=f"{_OF_STATE} = '{VersionState.PUBLISHED}'",
    drafts=f"{_OF_STATE} = '{VersionState.DRAFT}'",
    campaigns=(
        f"SELECT COUNT(DISTINCT p.campaign_id) {_VERSIONS} "
        "JOIN diagnostics_campaignpart p ON p.version_id = v.id WHERE v.instrument_id = t.id"
    ),
    protocols_kept=(
        f"SELECT COUNT(*) {_VERSIONS} JOIN diagnostics_protocol p ON p.version_id = v.id WHERE v.instrument_id = t.id"
    ),
)


def instruments_visible_to(actor: Actor) -> QuerySet[Instrument]:
    """Instruments of the centres that the actor coordinates."""
    return Instrument.objects.filter(centre__in=actor.centres(Role.COORDINATOR))


def versions_visible_to(actor: Actor) -> QuerySet[InstrumentVersion]:
    """Their versions, drafts too."""
    return InstrumentVersion.objects.filter(instrument__in=instruments_visible_to(actor)).select_related("instrument")


def form_items_visible_to(actor: Actor) -> QuerySet[FormItem]:
    """Items in their places in those versions."""
    rows = FormItem.objects.filter(version__in=versions_visible_to(actor))
    return rows.select_related("version__instrument", "item_version__item")


def items_of(version: InstrumentVersion) -> list[FormItem]:
    """The items of the version, form by form, in their order."""
    rows = FormItem.objects.filter(version=version).select_related("item_version__item__current")
    return list(rows.order_by("form", "position", "pk"))


def versions_of(instrument: Instrument) -> list[InstrumentVersion]:
    """All versions, the newest first, each with ``campaigns`` and ``protocols_kept``: how often it was used."""
    used = {
        "campaigns": Count("parts__campaign", distinct=True),
        "protocols_kept": Count("protocols", distinct=True),
        "items_number": Count("items", distinct=True),
    }
    rows = InstrumentVersion.objects.filter(instrument=instrument)
    return list(rows.annotate(**used).order_by("-number"))


def page_of_instruments(rows: QuerySet[Instrument], asked: str | None) -> Page[Instrument]:
    """The newest first, with the numbers for a line of the list: published versions, a draft, campaigns and protocols
    that use any of them. Two queries; a centre has so few instruments that their numbers are read, not counted."""
    page = counted_page(list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True)), asked)
    return replaced(page, _LISTED.among("t.id", page.object_list, "t.created_at DESC, t.id DESC"))


def bank_for(version: InstrumentVersion) -> QuerySet[BankItem]:
    """Items of the centre's bank that fit into the version: of its kinds, not archived; its subject's, and nobody's."""
    instrument = version.instrument
    rows = BankItem.objects.filter(
        centre=instrument.centre_id, archived=False, current__isnull=False, kind__in=kinds_for(instrument.kind)
    )
    return rows.filter(subject__in=["", instrument.subject]) if instrument.subject else rows


def open_for_protocols(centre_ids: frozenset[int]) -> QuerySet[InstrumentVersion]:
    """The newest published version of each protocol of an interview and form of observation in use in the centres."""
    rows = InstrumentVersion.objects.filter(
        instrument__centre__in=centre_ids,
        instrument__archived=False,
        instrument__kind__in=PROTOCOL_KINDS,
        state=VersionState.PUBLISHED,
    )
    later = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), state=VersionState.PUBLISHED, number__gt=OuterRef("number")
    )
    return rows.filter(~Exists(later)).select_related("instrument").order_by("instrument__title", "pk")


def uses_of(item: BankItem) -> QuerySet[InstrumentVersion]:
    """Versions of instruments in which any version of the item stands, the newest instrument first."""
    standing = FormItem.objects.filter(item_version__item=item).values("version")
    rows = InstrumentVersion.objects.filter(pk__in=standing).select_related("instrument")
    return rows.order_by("instrument__title", "instrument_id", "-number")


def standing() -> QuerySet[FormItem]:
    """Places in instruments of the item of a picture, to be narrowed in a condition on ``ItemPicture``."""
    return FormItem.objects.filter(item_version__item=OuterRef("item_id"))


def pictures_of_protocols(actor: Actor) -> Iterator[Q]:
    """A tutor sees the forms of interviews and observations of their centres."""
    if tutored := actor.centres(Role.TUTOR):
        versions = InstrumentVersion.objects.filter(
            instrument__centre__in=tutored, instrument__kind__in=("interview", "observation")
        )
        yield Q(Exists(standing().filter(version__in=versions)))
