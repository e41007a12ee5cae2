"""What the room demo tells the rooms below (core registries)."""

from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import AuditWording, audit_wording

audit_wording.add(AuditWording("demo.sign_in_as", 900, _("signed in by the demo without a password")))
