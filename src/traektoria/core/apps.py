from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "traektoria.core"
    label = "core"

    def ready(self) -> None:
        from traektoria.core import labels, lookups, registration, thread_locals  # noqa: F401

        thread_locals.install()
        labels.install(apps.get_models())
