"""What people type into a search stays out of addresses: names and free text do not belong in logs and histories.

The filters of a list are posted to one address. What is a word of ours (a number, a slug) goes into the address of the
list, so that it can be kept as a bookmark; what was typed is kept in the session under a short key, and the guard gives
it back to the view as if it had come with the address.
"""

import re
from secrets import token_urlsafe

from django.http import HttpRequest, QueryDict

KEY, KEPT, MOST = "find", "typed", 10
TYPED = frozenset({"q", "words", "answer"})
NOT_ASKED = frozenset({"csrfmiddlewaretoken", "once", "to", "page", KEY})
WORD = re.compile(r"[a-z0-9_.:-]{1,40}")


def address_of_search(request: HttpRequest, path: str) -> str:
    """Where to go on: the list with the words of ours, and the key of what was typed."""
    shown, typed = QueryDict(mutable=True), dict[str, list[str]]()
    for name, values in request.POST.lists():
        said = [str(value) for value in values if value]
        if said and name not in NOT_ASKED:
            if name not in TYPED and all(WORD.fullmatch(value) for value in said):
                shown.setlist(name, said)
            else:
                typed[name] = said
    if typed:
        key = token_urlsafe(6)
        kept = [*request.session.get(KEPT, {}).items(), (key, typed)][-MOST:]
        request.session[KEPT] = dict(kept)
        shown[KEY] = key
    return f"{path}?{shown.urlencode()}" if shown else path


def with_typed(request: HttpRequest) -> QueryDict:
    """The query of the address with what the key stands for."""
    typed = request.session.get(KEPT, {}).get(request.GET[KEY], {})
    asked = request.GET.copy()
    for name, values in typed.items():
        asked.setlist(name, values)
    return asked


def query_of_address(request: HttpRequest) -> QueryDict:
    """What stands in the address itself, for links to other pages of the list."""
    return QueryDict(request.META.get("QUERY_STRING", ""), mutable=True)
