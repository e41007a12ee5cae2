from django.urls import path

from traektoria.desk import background_views, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("background/", background_views.background, name="background"),
    path("background/<uuid:pk>/repeat/", background_views.background_repeat, name="background_repeat"),
]
