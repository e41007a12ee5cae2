from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "traektoria.events"
    label = "events"

    def ready(self) -> None:
        from traektoria.events import registration  # noqa: F401
