"""Who may open the pages that belong to no room."""

from tests.matrix import EVERYONE, Entry
from tests.world import AWKWARD

ENTRIES = {
    "core:find": Entry(
        allowed=EVERYONE,
        method="POST",
        data=lambda world: {"to": "/people/", "q": "Иванова"},
        idle=dict.fromkeys((*EVERYONE, *AWKWARD), "what is asked stays in the session"),
    ),
    "core:gallery": Entry(allowed=EVERYONE),
    "core:offline_worker": Entry(allowed=EVERYONE, public=True),
    "core:appearance": Entry(
        allowed=EVERYONE, public=True, method="POST", data=lambda world: {"theme": "dark", "next": "/"}
    ),
    "help:index": Entry(allowed=EVERYONE),
    "help:page": Entry(allowed=EVERYONE, kwargs=lambda world: {"slug": "tutor"}),
    "help:picture": Entry(allowed=EVERYONE, kwargs=lambda world: {"slug": "free_hours"}),
}
