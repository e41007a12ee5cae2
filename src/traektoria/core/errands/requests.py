"""Asking for an errand: what is short is done at once, what is long by the worker, one row for the same facts."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from traektoria.core.errands import places
from traektoria.core.errands.execution import Doing, Finished, Made, do_errand
from traektoria.core.files import attachment, streamed
from traektoria.core.guard import ActingPerson
from traektoria.core.models import Errand, ErrandState
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.tasks import ask_for

SALT = "core.errands"
SEALED_FOR = 24 * 3600


def kind_of(slug: str) -> ErrandKind:
    kind = errand_kinds.get(slug)
    if kind is None:
        raise Http404
    return kind


def is_light(slug: str, weight: int) -> bool:
    """The one place that decides: ``weight`` of this kind (its rows, its bytes) takes less than a page may."""
    return weight <= kind_of(slug).light


def answer(request: Any, slug: str, facts: dict[str, Any], *, weight: int) -> HttpResponse:
    """A file that is asked for by its address. What is short is the answer; what is long is offered on a page with one
    button, as reading writes nothing, or found there where it was made already."""
    kind = kind_of(slug)
    kind.check(request.actor, facts)
    if is_light(slug, weight):
        finished = kind.run(Doing(request.actor, facts, _nothing_was_sent))
        kind.fetched(request.actor, {**facts, "made_of": list(finished.of)} if isinstance(finished, Made) else facts)
        return handed(request, finished)
    made = Errand.objects.filter(mark=mark_of(slug, facts, request.actor)).first()
    if made is not None:
        return redirect("desk:errand_detail", made.pk)
    context = {"kind": kind, "rows": weight, "seal": sealed(slug, facts, request.actor)}
    return render(request, "desk/errand_offer.html", context)


def handed(request: HttpRequest, finished: Finished) -> HttpResponse:
    """What was done: the file, a large one bit by bit, or the page with the sentence."""
    if isinstance(finished, Made):
        if isinstance(finished.content, bytes):
            return attachment(finished.content, finished.name, finished.content_type)
        return cast("HttpResponse", streamed(finished.content, finished.name, finished.content_type))
    if finished.sentence:
        messages.success(request, finished.sentence)
    return redirect(finished.url)


def sealed(slug: str, facts: Mapping[str, Any], by: ActingPerson) -> str:
    """What the button of the offer brings back, for this account and a day."""
    return signing.dumps([slug, dict(facts), by.account_id], salt=SALT, compress=True)


def unsealed(seal: str, by: ActingPerson) -> tuple[str, dict[str, Any]]:
    """Raises ``Http404`` for what is not ours, not this account's, or of yesterday."""
    try:
        slug, facts, account = signing.loads(seal, salt=SALT, max_age=SEALED_FOR)
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    if account != by.account_id:
        raise Http404
    return slug, facts


def ask(
    slug: str, facts: dict[str, Any], *, by: ActingPerson, centre_id: int | None = None, source: bytes | None = None
) -> Errand:
    """Have it done by the worker. Asked for while it waits or runs, it is one errand; after it ended it begins anew.

    Side effects: the errand, its folder, its task after the commit. Raises what the kind's ``check`` raises.
    """
    kind_of(slug).check(by, facts)
    mark = mark_of(slug, facts, by)
    there = Errand.objects.filter(mark=mark).first()
    fresh = Errand(mark=mark, kind=slug, account_id=by.account_id, person_id=by.person_id, centre_id=centre_id)
    fresh.facts, fresh.asked_at = facts, timezone.now()
    fresh.pk = there.pk if there else fresh.pk
    if source is not None:
        places.keep_source(fresh, source)
    with transaction.atomic():
        if there is None:
            Errand.objects.bulk_create([fresh], ignore_conflicts=True)
        row = Errand.objects.select_for_update(no_key=True).get(mark=mark)
        is_ours = there is None and row.pk == fresh.pk
        begins = is_ours or row.state not in ErrandState.open()
        if begins and row.pk != fresh.pk and source is not None:  # another's row, which has ended meanwhile
            places.keep_source(Errand(pk=row.pk, asked_at=fresh.asked_at), source)
        if begins:
            begin(row, fresh.asked_at)
    if not begins or row.pk != fresh.pk:
        places.drop_source(fresh)
    return row


def settle(url: str, *, by: ActingPerson) -> None:
    """What was asked at this address is answered: the lines that led there leave the desk."""
    for row in Errand.objects.filter(account_id=by.account_id, url=url, state=ErrandState.DONE, seen_at=None):
        row.seen_at = timezone.now()
        row.save(update_fields=["seen_at"])


def begin(row: Errand, at: datetime) -> None:
    """It waits for the worker from the beginning; what it made before stays until it is made anew. What was sent lies
    under the moment ``at`` of its asking."""
    row.state, row.asked_at, row.began_at, row.ended_at = ErrandState.ASKED, at, None, None
    row.seen_at, row.done, row.total, row.said, row.asks = None, 0, 0, "", False
    row.save()
    ask_for(do_errand, errand=str(row.pk))


def mark_of(slug: str, facts: Mapping[str, Any], by: ActingPerson) -> str:
    """One row for one account, kind and facts."""
    told = json.dumps([by.account_id, slug, dict(facts)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _nothing_was_sent() -> bytes:
    raise Http404
