"""Files that people attach, from what is sent to what is kept: looked at, stored with their row, erased with it.

A room says what it takes (a ``FileRule``), who may, and what else the row tells; docs/adr/0079-one-way-for-files.md.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.files import CONTENT_TYPES, KINDS, PICTURES, SAME, check_file, digest_of
from traektoria.core.installation import leavings
from traektoria.core.installation.room import check_quota
from traektoria.core.installation.roots import UPLOADS
from traektoria.core.pictures import drawn_anew

_stored: ContextVar[list[tuple[Storage, str]]] = ContextVar("stored")


@dataclass(frozen=True)
class Ready:
    """A file that was looked at and may be kept. ``sha256`` is of what was sent, by which a picture that was drawn anew
    is known again too."""

    name: str
    kind: str
    sha256: str
    content: File[bytes]


@dataclass(frozen=True)
class FileRule:
    """What a room takes: files of these ``kinds`` and of at most ``limit`` bytes (None: as many as the installation
    takes), at ``most`` so many beside one another (None: the room does not count them); ``drawn_anew``: pictures are
    kept without what a camera writes into them; ``or_link``: the form has a field for a link beside it."""

    kinds: Collection[str] = KINDS
    most: int | None = None
    limit: int | None = None
    drawn_anew: bool = False
    or_link: bool = False

    @property
    def accept(self) -> str:
        """For the field of a form: endings, and types of pictures, by which a telephone offers its camera."""
        endings = [f".{kind}" for kind in (*self.kinds, *(one for one in SAME if SAME[one] in self.kinds))]
        return ",".join([*endings, *(CONTENT_TYPES[kind] for kind in PICTURES if kind in self.kinds)])

    def look_at(self, file: File[bytes]) -> Ready:
        """Raises ``Invalid`` for what ``core.files`` refuses. Drawing a picture anew takes its time."""
        limit = self.limit or settings.UPLOAD_LIMIT
        checked = check_file(file, file.name or "", file.size, limit, self.kinds, or_link=self.or_link)
        sha256 = digest_of(file)
        file.seek(0)
        if not self.drawn_anew or checked.kind not in PICTURES:
            return Ready(checked.name, checked.kind, sha256, file)
        name = f"{checked.name.rpartition('.')[0]}.jpg"
        return Ready(name, "jpg", sha256, ContentFile(drawn_anew(file.read())))

    def look_at_all(self, files: Iterable[File[bytes]]) -> list[Ready]:
        """Each content once."""
        return list({ready.sha256: ready for ready in map(self.look_at, files)}.values())

    def new_among(self, files: Iterable[Ready], known: Collection[str]) -> list[Ready]:
        """Those whose content is not ``known``. Raises ``Invalid`` where with them there would be too many."""
        new = [file for file in files if file.sha256 not in known]
        if new:
            self.check_most(len(known) + len(new))
        return new

    def check_most(self, number: int) -> None:
        """Raises ``Invalid`` where so many beside one another are too many."""
        if self.most is not None and number > self.most:
            words = _("At most %(most)s files are kept here: take away what is not needed.")
            raise Invalid(words % {"most": self.most}, code="too_many_files")


@contextmanager
def filing() -> Iterator[None]:
    """The transaction of an act that keeps files: where it fails, what it has stored goes. Where the commit fails, or
    what is done after it, rows may name the files: a day later goes what none does."""
    stored: list[tuple[Storage, str]] = []
    before = _stored.set(stored)
    acted = False
    try:
        with transaction.atomic():
            yield
            acted = True
    except BaseException:
        if acted and not transaction.get_connection().in_atomic_block:
            with suppress(DatabaseError):  # the connection is gone: they stay, and the check of files names them
                leavings.expect(UPLOADS, [name for _storage, name in stored], aside=True)
        else:
            for storage, name in stored:
                storage.delete(name)
        raise
    finally:
        _stored.reset(before)
    _stored.get([]).extend(stored)


def keep(files: Sequence[tuple[FieldFile, Ready]], *, person_id: int, centre_id: int) -> None:
    """Store each under a random name and save the row of its field, inside of ``filing``. They count for the person and
    the centre. Raises ``Invalid`` where these may attach no more."""
    if not files:
        return
    check_quota(person_id=person_id, centre_id=centre_id, size=sum(ready.content.size for _file, ready in files))
    for file, ready in files:
        name = new_name(file, ready.kind)
        _stored.get().append((file.storage, name))
        ready.content.seek(0)
        file.save(name.rpartition("/")[2], ready.content)


def new_name(file: FieldFile, kind: str) -> str:
    """A random one in the folder of the field."""
    return file.field.generate_filename(file.instance, f"{uuid4().hex}.{kind}")


def erase(file: FieldFile) -> None:
    """The row of the field, and after the commit what it had stored, if anything."""
    name = str(file.name or "")
    file.instance.delete()
    if name:
        leavings.let_go(UPLOADS, name)
