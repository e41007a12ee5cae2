"""What the room demo tells the rooms below (core registries)."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import word_events

word_events({"demo.sign_in_as": _("signed in by the demo without a password")})
