from django.urls import path

from traektoria.desk.calendar import views
from traektoria.desk.calendar.feeds import views as feeds

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/clashes/", views.calendar_clashes, name="calendar_clashes"),
    path("calendar/feeds/", feeds.feed_list, name="feed_list"),
    path("calendar/feeds/make/", feeds.feed_make, name="feed_make"),
    path("calendar/feeds/revoke/", feeds.feed_revoke, name="feed_revoke"),
    path("calendar/feeds/<str:secret>.ics", feeds.feed, name="feed"),
    path("calendar/<slug:span>/", views.calendar_span, name="calendar_span"),
]
