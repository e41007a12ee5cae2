from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "traektoria.demo"
    label = "demo"

    def ready(self) -> None:
        from traektoria.demo import registration  # noqa: F401
