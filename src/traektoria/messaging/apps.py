from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "traektoria.messaging"
    label = "messaging"

    def ready(self) -> None:
        from traektoria.messaging import registration  # noqa: F401
