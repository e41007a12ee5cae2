"""What the room desk tells the rooms below (core registries)."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import MenuEntry, menu

menu.add(MenuEntry("desk", 10, _("My day"), "desk:home", "sun", lambda actor: True, ()))
