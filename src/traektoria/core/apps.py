from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "traektoria.core"
    label = "core"

    def ready(self) -> None:
        from traektoria.core import labels, lookups, of_thread, registration  # noqa: F401

        of_thread.install()
        labels.install(apps.get_models())
