from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "traektoria.consultations"
    label = "consultations"

    def ready(self) -> None:
        from traektoria.consultations import registration  # noqa: F401
