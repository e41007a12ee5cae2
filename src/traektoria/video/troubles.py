"""What is wrong with a server, in words: for who sets it up, and for who wants to enter."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.video.servers.protocol import Trouble

FOR_OWNER: Mapping[str, Any] = MappingProxyType(
    {
        Trouble.ADDRESS: gettext_lazy(
            "This address is not asked: only https:// on the usual port and servers on the internet are. A server in "
            "your own network is allowed by the administrator of the installation (TRAEKTORIA_VIDEO_HOSTS)."
        ),
        Trouble.UNREACHABLE: gettext_lazy(
            "The server cannot be reached: look whether the address is written without mistakes and the server runs."
        ),
        Trouble.CERTIFICATE: gettext_lazy(
            "The certificate of the server is not valid: it has run out, is made for another address, or nobody "
            "vouches for it. Its administrator renews it."
        ),
        Trouble.TIMEOUT: gettext_lazy("The server has not answered for three seconds. Try again in a minute."),
        Trouble.REDIRECT: gettext_lazy(
            "The server sends us to another address. Write down the one that stands in your browser in the end."
        ),
        Trouble.NOT_FOUND: gettext_lazy(
            "There is a server, but not at this address. Of BigBlueButton the address ends with /bigbluebutton/."
        ),
        Trouble.SERVER: gettext_lazy("The server answers with an error of its own. Try later or tell its owner."),
        Trouble.TOO_LARGE: gettext_lazy("The answer is not what such a server sends: look at the address."),
        Trouble.UNCLEAR: gettext_lazy(
            "Something else answers at this address: look whether the kind of server and the address fit each other."
        ),
        Trouble.SECRET: gettext_lazy(
            "The server answers, but the secret does not fit. Copy it anew: on the server the command "
            "bbb-conf --secret shows it."
        ),
        Trouble.REFUSED: gettext_lazy("The server answers, but refuses: ask its owner whether we are allowed there."),
    }
)


def for_owner(trouble: str) -> str:
    return str(FOR_OWNER.get(trouble, "")) if trouble else ""


def what_is_wrong(trouble: str) -> str:
    """One sentence for who can do nothing about the server."""
    if trouble in (Trouble.TIMEOUT, Trouble.UNREACHABLE, Trouble.SERVER):
        return _("The video server does not answer.")
    if trouble == Trouble.SECRET:
        return _(
            "The secret of the video server has been changed: the coordinator of the centre writes down the new one."
        )
    return _("The video server did not let us in.")


def later(trouble: str) -> str:
    """For who ends a meeting or asks for its recording."""
    then = _("Try again in half a minute.")
    return f"{what_is_wrong(trouble)} {then}"


def for_guest(trouble: str, *, moderator: bool) -> str:
    """Who enters can do nothing about the server; the tutor can give a link of their own."""
    then = (
        _("Try again in half a minute, or write a link of your own below: everybody enters by it then.")
        if moderator
        else _("Try again in half a minute: your place is kept. The tutor can also give another link here.")
    )
    return f"{what_is_wrong(trouble)} {then}"
