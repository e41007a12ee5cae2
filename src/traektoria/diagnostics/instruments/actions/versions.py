"""What happens to instruments and their versions. Each action is atomic and writes the audit trail."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.diagnostics.instruments.composition import composition_of
from traektoria.diagnostics.instruments.enums import VersionState
from traektoria.diagnostics.instruments.models import FormItem, Instrument, InstrumentVersion
from traektoria.diagnostics.instruments.permissions import check_keeps_instruments, check_keeps_version
from traektoria.diagnostics.instruments.policies import check_draft, check_publishable
from traektoria.diagnostics.instruments.queries.instruments import items_of
from traektoria.diagnostics.instruments.settings import Settings
from traektoria.diagnostics.instruments.workflow import INSTRUMENT_VERSION
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor


@transaction.atomic
def create_instrument(*, centre: TutorCentre, kind: str, title: str, by: Actor, subject: str = "") -> InstrumentVersion:
    """An instrument with an empty draft of its first version, which is returned."""
    check_keeps_instruments(by, centre.pk)
    made = Instrument.objects.create(centre=centre, kind=kind, title=title, subject=subject)
    audit.record("instrument.create", made, by=by, kind=kind)
    return InstrumentVersion.objects.create(instrument=made, number=1, settings=Settings().model_dump(mode="json"))


@transaction.atomic
def change_instrument(*, instrument: Instrument, title: str, subject: str, by: Actor) -> Instrument:
    """Another name; another subject only while nothing is published, since published works are read by it."""
    check_keeps_instruments(by, instrument.centre_id)
    row = _locked(instrument)
    if row.subject != subject and row.versions.filter(state=VersionState.PUBLISHED).exists():
        raise Invalid(_("A version is published: the subject stays. Copy the instrument for another subject."))
    row.title, row.subject = title, subject
    row.save(update_fields=["title", "subject"])
    audit.record("instrument.change", row, by=by)
    return row


@transaction.atomic
def archive_instrument(*, instrument: Instrument, archived: bool, by: Actor) -> Instrument:
    """Take it out of the lists that one chooses from, or back into them. What runs under it goes on."""
    check_keeps_instruments(by, instrument.centre_id)
    row = _locked(instrument)
    if row.archived != archived:
        row.archived = archived
        row.save(update_fields=["archived"])
        audit.record("instrument.archive" if archived else "instrument.restore", row, by=by)
    return row


@transaction.atomic
def copy_instrument(*, version: InstrumentVersion, title: str, by: Actor) -> InstrumentVersion:
    """A new instrument whose draft has the same items and settings as ``version``; the draft is returned."""
    check_keeps_version(by, version)
    old = version.instrument
    made = create_instrument(centre=old.centre, kind=old.kind, title=title, subject=old.subject, by=by)
    return _filled(made, version)


@transaction.atomic
def new_version(*, instrument: Instrument, by: Actor) -> InstrumentVersion:
    """A draft that is a copy of the newest version; the draft that is there already, where there is one."""
    check_keeps_instruments(by, instrument.centre_id)
    row = _locked(instrument)
    newest = row.versions.order_by("-number").first()
    if newest is None or newest.is_draft:
        return newest or InstrumentVersion.objects.create(instrument=row, number=1)
    made = InstrumentVersion.objects.create(instrument=row, number=newest.number + 1)
    audit.record("instrument.new_version", row, by=by, number=made.number)
    return _filled(made, newest)


@transaction.atomic
def discard_draft(*, version: InstrumentVersion, by: Actor) -> None:
    """Take a draft away. The first version of an instrument goes with the instrument itself."""
    row = draft_locked(version, by)
    instrument = row.instrument
    audit.record("instrument.discard_draft", instrument, by=by, number=row.number)
    row.delete()
    if not instrument.versions.exists():
        instrument.delete()


@transaction.atomic
def publish_version(*, version: InstrumentVersion, by: Actor) -> InstrumentVersion:
    """Publish a draft in which nothing is missing. Published once more changes nothing.

    Raises ``Invalid`` with what is missing.
    """
    check_keeps_version(by, version)
    row = (
        InstrumentVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("instrument")
        .get(pk=version.pk)
    )
    if not row.is_draft:
        return row
    check_publishable(composition_of(row))
    changes = {"published_at": timezone.now()}
    return move(INSTRUMENT_VERSION, row, "publish", by=by, changes=changes, facts={"number": row.number})


@transaction.atomic
def change_settings(*, version: InstrumentVersion, by: Actor, **values: Any) -> InstrumentVersion:
    """Change some of the settings of a draft (fields of ``instruments.settings.Settings``).

    Becoming two forms, what is there becomes form A; back to one form only while form B is empty.
    """
    row = draft_locked(version, by)
    before = Settings.model_validate(row.settings)
    after = Settings.model_validate({**before.model_dump(), **values})
    if after.two_forms and not before.two_forms:
        row.items.filter(form="").update(form="A")
    elif before.two_forms and not after.two_forms:
        _become_one_form(row)
    return save_settings(row, after, by)


def save_settings(row: InstrumentVersion, settings: Settings, by: Actor) -> InstrumentVersion:
    """Write the settings of a locked draft."""
    row.settings = settings.model_dump(mode="json")
    row.save(update_fields=["settings"])
    audit.record("instrument.change_settings", row.instrument, by=by, number=row.number)
    return row


def draft_locked(version: InstrumentVersion, by: Actor) -> InstrumentVersion:
    """The draft with its row locked until the end of the transaction. Raises ``Refused`` or ``Conflict``."""
    check_keeps_version(by, version)
    row = (
        InstrumentVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("instrument")
        .filter(pk=version.pk)
        .first()
    )
    if row is None:
        raise Conflict(_("This draft is no longer there. Open the instrument again."), code="gone")
    check_draft(row)
    return row


def _become_one_form(row: InstrumentVersion) -> None:
    if row.items.filter(form="B").exists():
        raise Invalid(_("Form B has items. Take them out first, then the work can have one form again."))
    row.items.filter(form="A").update(form="")


def _locked(instrument: Instrument) -> Instrument:
    return Instrument.objects.select_for_update(of=("self",), no_key=True).get(pk=instrument.pk)


def _filled(made: InstrumentVersion, source: InstrumentVersion) -> InstrumentVersion:
    """Copy settings and items of ``source`` into the empty draft ``made``."""
    made.settings = source.settings
    made.save(update_fields=["settings"])
    FormItem.objects.bulk_create(
        FormItem(version=made, form=one.form, position=one.position, item_version=one.item_version)
        for one in items_of(source)
    )
    return made
