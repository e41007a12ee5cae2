"""Answers of audits to a device."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.json_answers import in_json as answered

in_json = answered(_("This audit is not yours any more: ask the coordinator. What you wrote stays on the device."))
