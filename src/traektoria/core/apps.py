from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "traektoria.core"
    label = "core"

    def ready(self) -> None:
        from traektoria.core import labels, lookups, registration  # noqa: F401

        labels.install(apps.get_models())
