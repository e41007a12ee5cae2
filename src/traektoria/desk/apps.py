from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "traektoria.desk"
    label = "desk"

    def ready(self) -> None:
        from traektoria.desk import registration  # noqa: F401
