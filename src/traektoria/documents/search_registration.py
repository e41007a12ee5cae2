"""What of documents the search finds: orders, protocols, regulations, and any issued one by its code."""

from collections.abc import Iterable
from itertools import islice

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import MOST_SHOWN, Found, SearchSource, search
from traektoria.core.typography import ru_day
from traektoria.core.word_search import MOST_ROWS, Asked, asked, fits
from traektoria.documents.codes import normalised
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.orders import readable_orders
from traektoria.documents.papers.protocols import readable_protocols
from traektoria.documents.papers.regulations import readable_regulations
from traektoria.people.actor import Actor


def find_documents(actor: Actor, text: str) -> Iterable[Found]:
    """Papers that the person may take, each by the words of its heading. Four queries."""
    words = asked(text, many=True)
    return islice((one for one in _papers(actor, words, text) if one), MOST_SHOWN)


def _papers(actor: Actor, words: list[Asked], text: str) -> Iterable[Found]:
    for document in IssuedDocument.objects.filter(code=normalised(text))[:1]:
        url = reverse("documents:verification_result", args=[document.code])
        yield Found(
            _("Document with the code %(code)s") % {"code": document.code}, str(ru_day(document.issued_at)), url
        )
    for order in readable_orders(actor).order_by("-day", "-pk")[:MOST_ROWS]:
        told = {"kind": order.get_kind_display(), "number": order.number}
        title = _("Order No. %(number)s, %(kind)s") % told if order.number else _("Order, %(kind)s") % told
        if fits(words, title, order.person.full_name):
            note = ", ".join(filter(None, [order.person.full_name, str(ru_day(order.day or order.effective))]))
            yield Found(title, note, reverse("tutors:order_detail", args=[order.pk]))
    for session in readable_protocols(actor).order_by("-held_at", "-pk")[:MOST_ROWS]:
        title = _("Protocol of session No. %(number)s") % {"number": session.number}
        if fits(words, title, session.commission.name):
            note = f"{session.commission.name}, {ru_day(session.held_at)}"
            yield Found(title, note, reverse("tutors:session_detail", args=[session.pk]))
    for regulation in readable_regulations(actor).order_by("-number")[:MOST_ROWS]:
        title = _("Regulation of the centre, version %(number)s") % {"number": regulation.number}
        if fits(words, title, regulation.centre.name):
            url = reverse("organisations:regulation_version", args=[regulation.pk])
            yield Found(title, regulation.centre.name, url)


search.add(SearchSource("documents", 55, gettext_lazy("Documents"), find_documents))
