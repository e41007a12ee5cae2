from django.urls import path

from traektoria.planning.plans.views import board, items, plans

urlpatterns = [
    path("", plans.plan_list, name="plan_list"),
    path("now/", board.board, name="board"),
    path("new/", plans.plan_new, name="plan_new"),
    path("<int:pk>/copy/", plans.plan_copy, name="plan_copy"),
    path("<int:pk>/discard/", plans.plan_discard, name="plan_discard"),
    path("<int:pk>/items/new/", items.item_new, name="item_new"),
    path("items/<int:pk>/edit/", items.item_edit, name="item_edit"),
    path("items/<int:pk>/remove/", items.item_remove, name="item_remove"),
]
