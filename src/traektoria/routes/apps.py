from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "traektoria.routes"
    label = "routes"

    def ready(self) -> None:
        from traektoria.routes import registration  # noqa: F401
