"""Who may open the pages that belong to no room."""

from tests.matrix import EVERYONE, Entry

ENTRIES = {
    "core:gallery": Entry(allowed=EVERYONE),
    "core:appearance": Entry(
        allowed=EVERYONE, public=True, method="POST", data=lambda world: {"theme": "dark", "next": "/"}
    ),
    "help:index": Entry(allowed=EVERYONE),
    "help:page": Entry(allowed=EVERYONE, kwargs=lambda world: {"slug": "tutor"}),
}
