"""«My data»: what is kept about me, who opened it and why, taking it away, asking for erasure."""

import json
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.files import attachment
from traektoria.core.mail import mail_goes_out
from traektoria.core.paging import counted_page, page_of
from traektoria.core.registries import event_words, personal_data
from traektoria.people import actions, own_hand, queries
from traektoria.people.access_log import log_access
from traektoria.people.enums import Purpose
from traektoria.people.guard import POST, ActorRequest, guard
from traektoria.people.models import AccessRecord, Account, Person


@guard()
def my_data(request: ActorRequest) -> HttpResponse:
    account = request.user
    person = account.person if isinstance(account, Account) else None
    facts: dict[str, Any] = {"account": account, "person": person, "grants": request.actor.grants}
    if isinstance(account, Account) and person:
        opened = page_of(queries.openings_of(person), request.GET.get("opened"))
        facts |= {
            "employments": queries.employments_of(person),
            "opened": opened,
            "openings": [(record, _kind(record)) for record in opened.object_list],
            "consents": counted_page(queries.consents_of(person.pk), request.GET.get("consents")),
            "held": own_hand.is_held(account),
            "mail": mail_goes_out(),
            "erasure": queries.erasure_events([person.pk]).get(person.pk),
            "kept": [source.label for source in personal_data],
        }
    return render(request, "people/my_data.html", facts)


def _kind(record: AccessRecord) -> str:
    """What was opened, in words: rooms word their kinds as «access.<kind>» (``word_events``)."""
    return event_words(f"access.{record.subject_kind}") or record.subject_kind


@guard(own_hand=True)
def my_data_export(request: ActorRequest) -> HttpResponse:
    """Everything that any room keeps about me, as one JSON file."""
    person = _self(request)
    log_access(by=request.actor, purpose=Purpose.OWN, kind="people.export", subject_id=person.pk, person_id=person.pk)
    data = {source.slug: source.collect(person.pk) for source in personal_data}
    whole = {"made_at": timezone.now().isoformat(), **data}
    text = json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return attachment(text.encode(), "my-data.json")


@guard(methods=POST, own_hand=True)
def erasure_request(request: ActorRequest) -> HttpResponse:
    _self(request)
    actions.request_erasure(by=request.actor)
    messages.success(request, _("The request is recorded, the coordinator sees it."))
    return redirect("people:my_data")


def _self(request: ActorRequest) -> Person:
    """The person of the account; an account without one has no data to show."""
    person = request.user.person if isinstance(request.user, Account) else None
    if person is None:
        raise Http404
    return person
