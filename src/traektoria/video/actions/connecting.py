"""The server of a centre is written down, checked, forgotten. The secret goes one way: in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.video.enums import ServerKind
from traektoria.video.models import VideoConnection
from traektoria.video.permissions import check_connect
from traektoria.video.policies import check_address
from traektoria.video.queries import server_of, trusted_hosts
from traektoria.video.sealed_secrets import seal, unseal
from traektoria.video.servers.bigbluebutton import Digest
from traektoria.video.servers.protocol import Trouble, VideoTrouble


@dataclass(frozen=True, repr=False)
class WantedServer:
    """What the form says; has no ``repr``, so that no error page prints the secret."""

    server: str
    address: str
    app: str = ""
    secret: str = ""
    record: bool = False


@transaction.atomic
def save_connection(*, centre: TutorCentre, wanted: WantedServer, by: Actor) -> VideoConnection:
    """Write the server of the centre down. An empty secret keeps the old one, but not for another host: who changes
    where we ask writes the secret anew. Side effect: audit, without address and secret."""
    check_connect(by, centre.pk)
    TutorCentre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    address = check_address(wanted.address, trusted_hosts())
    row = VideoConnection.objects.filter(centre=centre).first() or VideoConnection(centre=centre)
    sealed = _sealed(row, wanted, address)
    needed = wanted.server == ServerKind.BBB or bool(wanted.app.strip())
    if needed and not unseal(sealed, centre.pk):
        raise Invalid(_("Write the secret: without it this server lets nobody in."), code="secret_needed")
    facts = {"server": wanted.server, "address": address, "app": wanted.app.strip(), "record": wanted.record}
    same = row.pk is not None and unseal(row.secret, centre.pk) == unseal(sealed, centre.pk)
    if same and all(getattr(row, name) == value for name, value in facts.items()):
        return row
    for name, value in facts.items():
        setattr(row, name, value)
    row.secret, row.digest, row.checked_at, row.trouble = sealed, Digest.SHA256, None, ""
    row.save()
    audit.record("video.connect", row, by=by, centre_id=centre.pk, server=row.server, new_secret=bool(wanted.secret))
    return row


def check_connection(*, connection: VideoConnection, by: Actor) -> VideoConnection:
    """Ask the server; what it said is kept with the moment. An old BigBlueButton is found out by its SHA-1. The server
    is asked outside of any transaction. Side effect: audit."""
    check_connect(by, connection.centre_id)
    digest, trouble = _asked(connection)
    with transaction.atomic():
        row = VideoConnection.objects.select_for_update(no_key=True).get(pk=connection.pk)
        row.digest, row.trouble, row.checked_at = digest, trouble, timezone.now()
        row.save(update_fields=["digest", "trouble", "checked_at"])
        audit.record("video.check", row, by=by, centre_id=row.centre_id, trouble=trouble)
    return row


@transaction.atomic
def forget_connection(*, centre: TutorCentre, by: Actor) -> None:
    """The centre has no server any longer: meetings go by links by hand. Twice does nothing. Side effect: audit."""
    check_connect(by, centre.pk)
    row = VideoConnection.objects.filter(centre=centre).first()
    if row is not None:
        audit.record("video.forget", row, by=by, centre_id=centre.pk)
        row.delete()


def _asked(connection: VideoConnection) -> tuple[str, str]:
    """(digest, trouble)."""
    tried = [Digest.SHA256, Digest.SHA1] if connection.server == ServerKind.BBB else [Digest.SHA256]
    for digest in tried:
        try:
            server_of(connection, digest).check()
        except VideoTrouble as trouble:
            if trouble.trouble != Trouble.SECRET:
                return connection.digest, trouble.trouble.value
        else:
            return digest, ""
    return connection.digest, Trouble.SECRET.value


def _sealed(row: VideoConnection, wanted: WantedServer, address: str) -> bytes:
    if wanted.secret:
        return seal(wanted.secret, row.centre_id)
    moved = (row.server, _host(row.address)) != (wanted.server, _host(address))
    return b"" if moved else bytes(row.secret)


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()
