from django.urls import path

from traektoria.events.event.views import editor, ideas, steps

urlpatterns = [
    path("new/", editor.event_new, name="event_new"),
    path("ideas/", ideas.event_ideas, name="event_ideas"),
    path("<int:pk>/edit/", editor.event_edit, name="event_edit"),
    path("<int:pk>/copy/", editor.event_copy, name="event_copy"),
    path("<int:pk>/step/", steps.event_step, name="event_step"),
    path("<int:pk>/approve/", steps.event_approve, name="event_approve"),
    path("<int:pk>/return/", steps.event_return, name="event_return"),
    path("<int:pk>/cancel/", steps.event_cancel, name="event_cancel"),
    path("dates/<int:pk>/move/", steps.date_move, name="date_move"),
    path("dates/<int:pk>/drop/", steps.date_drop, name="date_drop"),
    path("dates/<int:pk>/hold/", steps.date_hold, name="date_hold"),
]
