from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "traektoria.organisations"
    label = "organisations"
