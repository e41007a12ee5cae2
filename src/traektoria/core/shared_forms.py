"""Forms that several people or windows save, by hand or by themselves (``data-autosave``).

The form carries the ``stamp`` of what it showed. A save that would overwrite what its writer has not seen raises
``ChangedMeanwhile``, whose mark goes back into the form: the next save is made knowingly.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict

BY_ITSELF = "X-Autosave"
SEEN = "X-Seen"


def stamp(values: Any) -> str:
    """A short mark of what a form shows, from anything that JSON can hold: equal marks, equal words."""
    words = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return sha256(words.encode()).hexdigest()[:16]


def saves_itself(request: HttpRequest) -> bool:
    """Whether the form was sent by the script and not by a button."""
    return BY_ITSELF in request.headers


def saved_itself(seen: str = "") -> HttpResponse:
    """The answer to a form that saved itself: nothing to show, and the mark of what stands there now."""
    headers: Mapping[str, str] = {SEEN: seen} if seen else {}
    return HttpResponse(status=204, headers=headers)


class ChangedMeanwhile(Conflict):
    """Somebody wrote into the same place after the form was opened. ``seen`` marks what stands there now, ``theirs``
    are its words that would be lost."""

    def __init__(self, seen: str, theirs: Iterable[str] = ()) -> None:
        sentence = _("This was changed in another window or by another person while you were writing.")
        if words := "; ".join(f"«{words}»" for words in theirs if words):
            sentence += " " + _("There it says now: %(words)s.") % {"words": words}
        sentence += " " + _("Press «Save» once more to keep your text instead.")
        super().__init__(sentence, code="changed_meanwhile")
        self.seen = seen
