from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "traektoria.organisations"
    label = "organisations"

    def ready(self) -> None:
        from traektoria.organisations import registration  # noqa: F401
