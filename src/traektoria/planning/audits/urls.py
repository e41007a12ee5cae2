from django.urls import path

from traektoria.planning.audits.views import audits, checklists, filling, replies

urlpatterns = [
    path("audits/", audits.audit_list, name="audit_list"),
    path("audits/board/", audits.audit_board, name="audit_board"),
    path("audits/new/", audits.audit_new, name="audit_new"),
    path("audits/<int:pk>/", audits.audit_detail, name="audit_detail"),
    path("audits/<int:pk>/cancel/", audits.audit_cancel, name="audit_cancel"),
    path("audits/<int:pk>/edition/", audits.audit_edition, name="audit_edition"),
    path("audits/<int:pk>/fill/", filling.audit_fill, name="audit_fill"),
    path("audits/<int:pk>/fill/<int:number>/", filling.audit_answer, name="audit_answer"),
    path("audits/<int:pk>/sign/", filling.audit_sign, name="audit_sign"),
    path("audits/<uuid:token>/save/", filling.audit_save, name="audit_save"),
    path("audits/<uuid:token>/attach/", filling.audit_attach, name="audit_attach"),
    path("audits/files/<int:pk>/", filling.audit_file, name="audit_file"),
    path("audits/files/<int:pk>/remove/", filling.audit_file_remove, name="audit_file_remove"),
    path("audits/<int:pk>/reply/", replies.audit_reply, name="audit_reply"),
    path("audits/<int:pk>/read/", replies.audit_read, name="audit_read"),
    path("audits/findings/<int:pk>/close/", replies.finding_close, name="finding_close"),
    path("audits/checklists/", checklists.checklist_list, name="checklist_list"),
    path("audits/checklists/kinds/<slug:kind>/", checklists.checklist_default, name="checklist_default"),
    path("audits/checklists/kinds/<slug:kind>/begin/", checklists.checklist_begin, name="checklist_begin"),
    path("audits/checklists/<int:pk>/", checklists.checklist_detail, name="checklist_detail"),
    path("audits/checklists/<int:pk>/publish/", checklists.checklist_publish, name="checklist_publish"),
    path("audits/checklists/<int:pk>/drop/", checklists.checklist_drop, name="checklist_drop"),
    path("audits/checklists/<int:pk>/criteria/new/", checklists.criterion_new, name="criterion_new"),
    path("audits/checklists/<int:pk>/criteria/<int:number>/", checklists.criterion_edit, name="criterion_edit"),
    path("audits/checklists/<int:pk>/criteria/<int:number>/drop/", checklists.criterion_drop, name="criterion_drop"),
    path("audits/checklists/<int:pk>/criteria/<int:number>/up/", checklists.criterion_up, name="criterion_up"),
]
