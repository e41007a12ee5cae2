from django.urls import path

from traektoria.planning.imports.views import previews, sources

urlpatterns = [
    path("<int:pk>/imports/new/", sources.import_new, name="import_new"),
    path("imports/<uuid:token>/", previews.import_detail, name="import_detail"),
    path("imports/<uuid:token>/take/", previews.import_take, name="import_take"),
    path("imports/<uuid:token>/drop/", previews.import_drop, name="import_drop"),
    path("imports/<uuid:token>/columns/<int:table>/", previews.import_columns, name="import_columns"),
    path("imports/<uuid:token>/rows/<int:place>/", previews.import_row, name="import_row"),
    path("imports/<uuid:token>/rows/<int:place>/<str:fate>/", previews.import_fate, name="import_fate"),
]
