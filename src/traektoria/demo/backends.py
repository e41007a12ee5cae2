"""The password printed on the first screen of the demo opens nothing once the demo mode is off."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from traektoria.demo.people import PASSWORD


class DemoPasswordOnlyInDemo:
    """Stands before the other backends: knows nobody, and ends the sign-in with the demo's password elsewhere."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        if not settings.DEMO and credentials.get("password") == PASSWORD:
            raise PermissionDenied
