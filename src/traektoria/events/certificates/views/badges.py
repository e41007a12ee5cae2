"""Badges of certificates; what is published for whoever verifies one: issuer, keys, what is not in force."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.files import attachment
from traektoria.engines.certificates import file_stem
from traektoria.events.certificates.badges import TYPES, file_of_badge, profile, revoked
from traektoria.events.certificates.issue_files import printed
from traektoria.events.certificates.keys import published
from traektoria.events.certificates.permissions import is_own
from traektoria.events.certificates.queries.certificates import find_certificate
from traektoria.events.certificates.views.event_certificates import site_of
from traektoria.events.enrolment.access_log import log_list
from traektoria.organisations.models import TutorCentre
from traektoria.people.guard import ActorRequest, existing, guard


@guard()
def certificate_badge(request: ActorRequest, pk: int, form: str) -> HttpResponse:
    """One's own, or of an event that one keeps; of a certificate in force."""
    if form not in TYPES:
        raise Http404
    row = existing(find_certificate(request.actor, pk))
    if not row.is_valid:
        raise Conflict(_("This certificate is not in force: it has no badge."), code="not_valid")
    if not is_own(request.actor, row):
        log_list(by=request.actor, event=row.event, people=[row.person_id])
    return attachment(file_of_badge(row, form), f"{file_stem(printed(row))}.{form}", TYPES[form])


def badge_issuer(request: HttpRequest, centre: int) -> HttpResponse:
    return _open(profile(_centre(centre), site_of(request)))


def badge_revoked(request: HttpRequest, centre: int) -> HttpResponse:
    return _open(revoked(_centre(centre), site_of(request)))


def badge_keys(_request: HttpRequest) -> HttpResponse:
    return _open({"keys": published()})


def _centre(pk: int) -> TutorCentre:
    """One that has issued something: others have nothing to tell."""
    found = TutorCentre.objects.filter(pk=pk, certificates__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _open(content: dict[str, object]) -> HttpResponse:
    """Programs of others read it, from other sites too."""
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
