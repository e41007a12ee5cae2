from django.urls import include, path

from traektoria.desk import background_views, errand_views, views

app_name = "desk"
urlpatterns = [
    path("", include("traektoria.desk.calendar.urls")),
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("background/", background_views.background, name="background"),
    path("background/<uuid:pk>/repeat/", background_views.background_repeat, name="background_repeat"),
    path("work/", errand_views.errand_list, name="errand_list"),
    path("work/ask/", errand_views.errand_ask, name="errand_ask"),
    path("work/<uuid:pk>/", errand_views.errand_detail, name="errand_detail"),
    path("work/<uuid:pk>/file/", errand_views.errand_file, name="errand_file"),
    path("work/<uuid:pk>/again/", errand_views.errand_again, name="errand_again"),
    path("work/<uuid:pk>/leave/", errand_views.errand_leave, name="errand_leave"),
    path("background/letters/", background_views.letter_queue, name="letter_queue"),
    path("background/letters/again/", background_views.letter_queue_again, name="letter_queue_again"),
]
