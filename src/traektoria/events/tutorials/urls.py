from django.urls import path

from traektoria.events.tutorials.views import programmes, tutorials, works

urlpatterns = [
    path("tutorials/", programmes.programme_list, name="programme_list"),
    path("tutorials/new/", programmes.programme_new, name="programme_new"),
    path("tutorials/take/", programmes.programme_take, name="programme_take"),
    path("tutorials/<int:pk>.json", programmes.programme_file, name="programme_file"),
    path("tutorials/<int:pk>/", programmes.programme_detail, name="programme_detail"),
    path("tutorials/<int:pk>/edit/", programmes.programme_edit, name="programme_edit"),
    path("tutorials/<int:pk>/step/", programmes.programme_step, name="programme_step"),
    path("tutorials/<int:pk>/meetings/<int:place>/", programmes.module_edit, name="module_edit"),
    path("tutorials/<int:pk>/meetings/<int:place>/remove/", programmes.module_remove, name="module_remove"),
    path("tutorials/<int:pk>/hold/", tutorials.programme_hold, name="programme_hold"),
    path("<int:pk>/tasks/", works.event_tasks, name="event_tasks"),
    path("<int:pk>/tasks/new/", tutorials.task_new, name="task_new"),
    path("<int:pk>/progress/", works.event_progress, name="event_progress"),
    path("<int:pk>/diagnostics/", tutorials.event_campaigns, name="event_campaigns"),
    path("tasks/<int:pk>/", works.task_detail, name="task_detail"),
    path("tasks/<int:pk>/edit/", tutorials.task_edit, name="task_edit"),
    path("tasks/<int:pk>/remove/", tutorials.task_remove, name="task_remove"),
    path("works/<int:pk>/", works.work_detail, name="work_detail"),
    path("works/files/<int:pk>/", works.work_file, name="work_file"),
    path("works/files/<int:pk>/remove/", works.work_file_remove, name="work_file_remove"),
    path("works/<int:pk>/answer/", works.work_answer, name="work_answer"),
    path("works/<int:pk>/reconsider/", works.work_reconsider, name="work_reconsider"),
]
