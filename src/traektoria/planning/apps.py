from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "traektoria.planning"
    label = "planning"
