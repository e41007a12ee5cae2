from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "traektoria.core"
    label = "core"
