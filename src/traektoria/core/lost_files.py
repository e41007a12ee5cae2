"""A stored file that rows name and that is gone or can't be read: told apart by its place, said in one sentence.

The parent of the server imports this before there are settings.
"""

import errno
from pathlib import Path

from django.utils.translation import gettext as _

LOST = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO})


def is_lost(error: BaseException | None) -> bool:
    """Whether a stored file that rows name is missing or can't be read: told apart from mistakes by its place."""
    if not isinstance(error, OSError) or error.errno not in LOST:
        return False
    from traektoria.core.installation.roots import kept

    place = Path(str(error.filename or ""))
    return error.errno == errno.EIO or any(place.is_relative_to(each.path) for each in kept())


def lost_sentence() -> str:
    return _(
        "The file is kept no more on the server, or can't be read: it is missing or damaged. Nothing else is lost by "
        "that. Tell the administrator: the command «traektoria check» says what to do."
    )
