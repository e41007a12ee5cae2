from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "traektoria.planning"
    label = "planning"

    def ready(self) -> None:
        from traektoria.planning import registration  # noqa: F401
