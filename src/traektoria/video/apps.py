from django.apps import AppConfig


class VideoConfig(AppConfig):
    name = "traektoria.video"
    label = "video"

    def ready(self) -> None:
        from traektoria.video import registration  # noqa: F401
