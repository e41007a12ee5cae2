from django.apps import AppConfig


class TutorsConfig(AppConfig):
    name = "traektoria.tutors"
    label = "tutors"

    def ready(self) -> None:
        from traektoria.tutors import registration  # noqa: F401
