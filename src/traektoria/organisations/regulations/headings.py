"""What the sections of a regulation are called: one name in the document, in its editor and in the list of both."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADINGS: dict[str, Any] = {
    "general": _("General provisions"),
    "purpose": _("Purpose and tasks"),
    "directions": _("Directions of work"),
    "status": _("Status of a tutor"),
    "support": _("Support of teachers"),
    "diagnostics": _("Diagnostics of teachers"),
    "papers": _("Documents and reports"),
    "audits": _("Looks at the work of schools"),
    "forms": _("Forms of work"),
    "expertise": _("Expert review"),
    "minimum": _("Mandatory minimum"),
    "banks": _("Banks of materials"),
    "plan": _("Plan of work"),
    "rights": _("Rights and duties"),
}
"""In the order of the document."""
