"""What the room tells the rooms below: the menu of the administrator, words of the audit, personal data."""

from django.utils.translation import gettext_lazy

import traektoria.video.personal_data  # noqa: F401
from traektoria.core.registries import MenuEntry, menu, word_events

menu.add(
    MenuEntry(
        slug="video",
        order=84,
        label=gettext_lazy("Video servers"),
        url_name="video:connection_list",
        icon="video",
        visible=lambda actor: actor.is_administrator,
        prefixes=("/video/centres/",),
    )
)
_WORDS = {
    "video.connect": gettext_lazy("the video server of the centre was set up"),
    "video.check": gettext_lazy("the video server was checked"),
    "video.forget": gettext_lazy("the video server was forgotten"),
    "video.enter": gettext_lazy("entered the video meeting"),
    "video.link": gettext_lazy("a link to the video meeting was given or taken away"),
    "video.end": gettext_lazy("the video meeting was ended"),
    "access.video": gettext_lazy("your video meeting"),
}
word_events(_WORDS)
