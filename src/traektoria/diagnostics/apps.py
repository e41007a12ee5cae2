from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    name = "traektoria.diagnostics"
    label = "diagnostics"

    def ready(self) -> None:
        from traektoria.diagnostics import registration  # noqa: F401
