from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "traektoria.core"
    label = "core"

    def ready(self) -> None:
        from traektoria.core import lookups, registration  # noqa: F401
