"""What became of the files just sent: kept in the session, so that files sent one by one are answered together."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.engines.results.dirt import INFORMATION
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.results import incoming
from traektoria.results.actions import ImportOutcome, import_any
from traektoria.results.models import Dataset
from traektoria.results.policies import AlreadyImported
from traektoria.results.refusals import AnswersNeeded

_KEY = "results.receipts"
_MOST = 30


@dataclass(frozen=True)
class Receipt:
    """``outcome``: imported, specified, known, asks or refused; ``dataset`` or ``token`` lead on."""

    filename: str
    outcome: str
    sentence: str
    dataset: int | None = None
    token: str = ""
    remarks: int = 0
    unknown: int = 0


def receive(content: bytes, filename: str, *, centre: TutorCentre, by: Actor) -> Receipt:
    """Import one file; whatever happens is said in one sentence."""
    try:
        outcome = import_any(centre=centre, content=content, filename=filename, by=by)
    except AnswersNeeded as needed:
        token = incoming.keep(content, filename, centre_id=centre.pk, by=by)
        return Receipt(filename, "asks", needed.sentence, token=str(token))
    except AlreadyImported as known:
        return Receipt(filename, "known", known.sentence, known.dataset.pk)
    except DomainError as refusal:
        return Receipt(filename, "refused", refusal.sentence)
    if isinstance(outcome, ImportOutcome):
        return imported(filename, outcome.dataset, len(outcome.unknown))
    return Receipt(filename, "specified", _("The specification is loaded: %(work)s.") % {"work": outcome})


def imported(filename: str, dataset: Dataset, unknown: int) -> Receipt:
    """A file that became a dataset."""
    words = _("Recognised: %(dataset)s.") % {"dataset": dataset}
    remarks = sum(count for kind, count in dataset.dirt.items() if kind not in INFORMATION)
    return Receipt(filename, "imported", words, dataset.pk, remarks=remarks, unknown=unknown)


def remember(request: HttpRequest, receipts: Iterable[Receipt]) -> None:
    """Newest last; the session holds a few."""
    kept: list[dict[str, Any]] = request.session.get(_KEY, [])
    request.session[_KEY] = [*kept, *map(asdict, receipts)][-_MOST:]


def recall(request: HttpRequest) -> list[Receipt]:
    """Take out what was kept: it is shown once."""
    return [Receipt(**told) for told in request.session.pop(_KEY, [])]
