"""What became of the files just sent: kept in the session, so that files sent one by one are answered together."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import DomainError
from traektoria.core.typography import short_day
from traektoria.engines.disclosure import MINIMUM
from traektoria.engines.results.dirt import INFORMATION
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.results import waiting_files
from traektoria.results.actions import ImportOutcome, import_any
from traektoria.results.policies import AlreadyImported
from traektoria.results.refusals import AnswersNeeded

_REPLACES = gettext_lazy(
    "It replaces the file %(files)s: pages, tables and suppositions now show this one, "
    "the older one is kept for the record and no longer shown."
)
_WILL_REPLACE = gettext_lazy(
    "It will replace the file %(files)s, but waits: what differs is a few pupils or one school, and comparing the two "
    "would tell about them. Until at least %(least)s pupils of two or more schools differ, readers see the older one."
)
_WAITS = gettext_lazy(
    "It is not shown yet: beside what has been shown already, it would tell about a few pupils or "
    "one school. It waits for a file in which at least %(least)s pupils of two or more schools differ."
)
_KEY = "results.receipts"
_MOST = 30


@dataclass(frozen=True)
class Receipt:
    """``outcome``: imported, specified, known, asks, refused, or begun (by the worker); ``dataset`` or ``token`` lead
    on, the token to the question or to the errand."""

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
        token = waiting_files.keep(content, filename, centre_id=centre.pk, by=by)
        waiting_files.note_asked(token, needed.told)
        return Receipt(filename, "asks", needed.sentence, token=str(token))
    except AlreadyImported as known:
        return Receipt(filename, "known", known.sentence, known.dataset.pk)
    except DomainError as refusal:
        return Receipt(filename, "refused", refusal.sentence)
    if isinstance(outcome, ImportOutcome):
        return imported(filename, outcome)
    return Receipt(filename, "specified", _("The specification is loaded: %(work)s.") % {"work": outcome})


def imported(filename: str, outcome: ImportOutcome) -> Receipt:
    """A file that became a dataset: what it replaces, and whether readers see it yet."""
    dataset = outcome.dataset
    words = [_("Recognised: %(dataset)s.") % {"dataset": dataset}, replacement(outcome)]
    if outcome.lacks_marks:
        words.append(
            _("We know no scale of this work, so it has no marks: enter the scale on the page of the results.")
        )
    remarks = sum(count for kind, count in dataset.dirt.items() if kind not in INFORMATION)
    sentence = " ".join(filter(None, words))
    return Receipt(filename, "imported", sentence, dataset.pk, remarks=remarks, unknown=len(outcome.unknown))


def replacement(outcome: ImportOutcome) -> str:
    """What becomes of older files of the same work, and what that means for readers."""
    shown = outcome.dataset.published_at is not None
    old = [one for one in outcome.replaces if one.is_shown]
    names = [_("«%(file)s» of %(day)s") % {"file": one.source_name, "day": short_day(one.imported_at)} for one in old]
    if names:
        return (_REPLACES if shown else _WILL_REPLACE) % {"files": ", ".join(names), "least": MINIMUM}
    return "" if shown else _WAITS % {"least": MINIMUM}


def remember(request: HttpRequest, receipts: Iterable[Receipt]) -> None:
    """Newest last; the session holds a few."""
    kept: list[dict[str, Any]] = request.session.get(_KEY, [])
    request.session[_KEY] = [*kept, *map(asdict, receipts)][-_MOST:]


def recall(request: HttpRequest) -> list[Receipt]:
    """Take out what was kept: it is shown once."""
    return [Receipt(**told) for told in request.session.pop(_KEY, [])]
