from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "traektoria.results"
    label = "results"

    def ready(self) -> None:
        from traektoria.results import registration  # noqa: F401
