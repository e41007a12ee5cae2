from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "traektoria.core"
    label = "core"

    def ready(self) -> None:
        from traektoria.core import registration  # noqa: F401
