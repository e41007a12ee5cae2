from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "traektoria.documents"
    label = "documents"

    def ready(self) -> None:
        from traektoria.documents import registration  # noqa: F401
