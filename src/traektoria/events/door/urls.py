from django.urls import path

from traektoria.events.door.views import keeping

urlpatterns = [
    path("dates/<int:pk>/door/", keeping.date_door, name="date_door"),
    path("dates/<int:pk>/door/save/", keeping.date_door_save, name="date_door_save"),
    path("dates/<int:pk>/door/state/", keeping.date_door_state, name="date_door_state"),
    path("dates/<int:pk>/door/settle/", keeping.date_door_settle, name="date_door_settle"),
]
