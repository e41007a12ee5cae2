"""A person at a browser that knows HTTP only: reads pages, follows links by their words, sends forms as they stand."""

from collections.abc import Mapping
from typing import Any

from django.test import Client
from lxml.html import HtmlElement, fromstring

from traektoria.people.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Walker:
    """``page`` is what is on the screen, ``path`` its address, ``content`` the last file that was taken."""

    page: HtmlElement
    path = "/"

    def __init__(self, account: Account | None = None) -> None:
        self.client = Client()
        if account:
            self.client.force_login(account, backend=BACKEND)

    @property
    def text(self) -> str:
        """Words of the page; no-break spaces are spaces."""
        return words(self.page)

    def open(self, path: str) -> "Walker":
        return self._shown(self.client.get(path, follow=True))

    def follow(self, said: str) -> "Walker":
        """Through the first link whose words begin so."""
        links = [link for link in self.page.iter("a") if words(link).startswith(said)]
        assert links, f"{self.path}: no link «{said}» in {self.text}"
        assert links[0].get("href"), f"{self.path}: «{said}» leads nowhere"
        return self.open(links[0].get("href"))

    def take(self, said: str) -> bytes:
        """The file behind a link."""
        link = next(link for link in self.page.iter("a") if words(link).startswith(said))
        answer = self.client.get(link.get("href"))
        assert answer.status_code == 200
        return answer.content

    def press(self, said: str, fields: Mapping[str, Any] | None = None, at: str = "", value: str = "") -> "Walker":
        """Send the form of the first button whose words begin so, with ``fields`` over what stands in it.

        ``at`` is the id of the part of the page to look in; ``value`` tells buttons of the same words apart.
        """
        place = self.page.get_element_by_id(at) if at else self.page
        buttons = [one for one in place.iter("button") if words(one).startswith(said) and one.getparent() is not None]
        meant = [one for one in buttons if not value or one.get("value") == value]
        forms = [(one, form) for one in meant for form in self._forms_of(one)]
        assert forms, f"{self.path}: no button «{said}» in {words(place)}"
        button, form = forms[0]
        send = self.client.post if form.get("method") == "post" else self.client.get
        data = _data(form, button) | dict(fields or {})
        to = button.get("formaction") or form.get("action") or self.path
        return self._shown(send(to, data, follow=True))

    def _forms_of(self, button: HtmlElement) -> list[HtmlElement]:
        """The form around a button, or the one that it names."""
        named = button.get("form")
        return [self.page.get_element_by_id(named)] if named else list(button.iterancestors("form"))

    def _shown(self, answer: Any) -> "Walker":
        said = words(fromstring(answer.content.decode() or "<p></p>"))
        assert answer.status_code == 200, (answer.status_code, answer.request["PATH_INFO"], said)
        query = answer.request.get("QUERY_STRING")
        self.path = answer.request["PATH_INFO"] + (f"?{query}" if query else "")
        self.page = fromstring(answer.content.decode())
        return self


def words(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _data(form: HtmlElement, button: HtmlElement) -> dict[str, list[str]]:
    """What a browser would send: fields as they stand, and the button where it has a name."""
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    if button.get("name"):
        data[button.get("name")] = [button.get("value", "")]
    return data
