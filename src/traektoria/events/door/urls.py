from django.urls import path

from traektoria.events.door.views import arrival, door, papers, wall

urlpatterns = [
    path("dates/<int:pk>/door/", door.date_door, name="date_door"),
    path("dates/<int:pk>/door/save/", door.date_door_save, name="date_door_save"),
    path("dates/<int:pk>/door/state/", door.date_door_state, name="date_door_state"),
    path("dates/<int:pk>/door/settle/", door.date_door_settle, name="date_door_settle"),
    path("dates/<int:pk>/wall/", wall.date_wall, name="date_wall"),
    path("dates/<int:pk>/wall/codes/", wall.date_wall_codes, name="date_wall_codes"),
    path("dates/<int:pk>/ticket/", arrival.date_ticket, name="date_ticket"),
    path("dates/<int:pk>/paper/", papers.date_paper, name="date_paper"),
    path("sheet_photos/<int:pk>/", papers.sheet_photo, name="sheet_photo"),
    path("sheet_photos/<int:pk>/remove/", papers.sheet_photo_remove, name="sheet_photo_remove"),
    path("here/", arrival.arrive, name="arrive"),
    path("here/<int:pk>/<str:code>/", arrival.arrive, name="arrive_by"),
]
