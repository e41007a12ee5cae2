"""The rules under which an event was written."""

from django.db.models import QuerySet

from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.event.models import Event
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Rules


def rules_of_event(event: Event) -> Rules:
    """At most one query of two columns, then none: what an approved version says is known to the process."""
    if "regulation" not in event._state.fields_cache:
        event.regulation = _version().first(pk=event.regulation_id)
    return rules_of(event.regulation)


@prepared
def _version() -> QuerySet[Regulation]:
    return Regulation.objects.filter(pk=Given("pk")).order_by().only("pk", "approved_at")
