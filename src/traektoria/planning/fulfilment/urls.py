from django.urls import path

from traektoria.planning.fulfilment.views import facts, files, items, plans, times

urlpatterns = [
    path("<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("<int:pk>/propose/", plans.plan_propose, name="plan_propose"),
    path("<int:pk>/recall/", plans.plan_recall, name="plan_recall"),
    path("<int:pk>/approve/", plans.plan_approve, name="plan_approve"),
    path("<int:pk>/return/", plans.plan_return, name="plan_return"),
    path("items/<int:pk>/", items.item_detail, name="item_detail"),
    path("items/<int:pk>/done/", items.item_tell, name="item_tell"),
    path("items/<int:pk>/link/", facts.item_link, name="item_link"),
    path("items/<int:pk>/settle/", items.item_settle, name="item_settle"),
    path("times/<int:pk>/", times.time_detail, name="time_detail"),
    path("times/<int:pk>/done/", times.deed_tell, name="deed_tell"),
    path("times/<int:pk>/move/", times.time_move, name="time_move"),
    path("times/<int:pk>/cancel/", times.time_cancel, name="time_cancel"),
    path("times/<int:pk>/restore/", times.time_restore, name="time_restore"),
    path("times/<int:pk>/link/", facts.fact_link, name="fact_link"),
    path("facts/<int:pk>/count/", facts.fact_count, name="fact_count"),
    path("facts/<int:pk>/dismiss/", facts.fact_dismiss, name="fact_dismiss"),
    path("deeds/<int:pk>/undo/", facts.deed_undo, name="deed_undo"),
    path("deeds/<int:pk>/files/", files.deed_show, name="deed_show"),
    path("files/<int:pk>/", files.deed_file, name="deed_file"),
    path("files/<int:pk>/remove/", files.deed_file_remove, name="deed_file_remove"),
]
