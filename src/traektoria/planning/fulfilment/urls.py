from django.urls import path

from traektoria.planning.fulfilment.views import items, times

urlpatterns = [
    path("items/<int:pk>/", items.item_detail, name="item_detail"),
    path("items/<int:pk>/settle/", items.item_settle, name="item_settle"),
    path("times/<int:pk>/", times.time_detail, name="time_detail"),
    path("times/<int:pk>/done/", times.deed_tell, name="deed_tell"),
    path("times/<int:pk>/move/", times.time_move, name="time_move"),
    path("times/<int:pk>/cancel/", times.time_cancel, name="time_cancel"),
    path("times/<int:pk>/restore/", times.time_restore, name="time_restore"),
    path("deeds/<int:pk>/undo/", times.deed_undo, name="deed_undo"),
]
