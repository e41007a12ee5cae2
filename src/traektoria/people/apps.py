from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "traektoria.people"
    label = "people"

    def ready(self) -> None:
        from traektoria.people import registration  # noqa: F401
