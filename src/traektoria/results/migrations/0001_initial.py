import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dataset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answers", "results by task"),
                            ("mark_statistics", "statistics of marks"),
                            ("journal_comparison", "marks against the journal"),
                        ],
                        default="answers",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[("vpr", "VPR"), ("oge", "OGE"), ("ege", "EGE"), ("complex", "complex work")],
                        max_length=10,
                        verbose_name="procedure",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("primary", "primary school"),
                            ("math", "mathematics"),
                            ("russian", "Russian language"),
                            ("literature", "literature"),
                            ("english", "English language"),
                            ("history", "history"),
                            ("social", "social studies"),
                            ("geography", "geography"),
                            ("biology", "biology"),
                            ("physics", "physics"),
                            ("chemistry", "chemistry"),
                            ("informatics", "informatics"),
                            ("world", "the world around"),
                        ],
                        max_length=20,
                        verbose_name="subject",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                ("layout", models.CharField(max_length=40, verbose_name="layout")),
                ("source_name", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("folder", models.CharField(blank=True, editable=False, max_length=64)),
                ("rows", models.PositiveIntegerField(verbose_name="rows")),
                ("participants", models.PositiveIntegerField(null=True, verbose_name="participants")),
                ("tasks", models.JSONField(default=list, verbose_name="tasks")),
                ("max_primary", models.PositiveSmallIntegerField(null=True, verbose_name="highest primary score")),
                ("dirt", models.JSONField(default=dict, verbose_name="remarks")),
                ("aggregate", models.JSONField(blank=True, default=list, verbose_name="aggregated tables")),
                ("imported_by_id", models.BigIntegerField(null=True)),
                ("imported_at", models.DateTimeField(auto_now_add=True, verbose_name="imported")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="shown since")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="datasets",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replaces",
                        to="results.dataset",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "procedure", "subject", "grade", "-pk"],
                "constraints": [models.UniqueConstraint(fields=("centre", "sha256"), name="dataset_file_once")],
            },
        ),
        migrations.CreateModel(
            name="DatasetSchool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120, verbose_name="as in the file")),
                ("name", models.CharField(blank=True, max_length=500, verbose_name="name in the file")),
                ("region", models.CharField(max_length=200, null=True, verbose_name="region in the file")),
                ("municipality", models.CharField(max_length=200, null=True, verbose_name="municipality in the file")),
                ("nearby", models.BooleanField(default=True)),
                ("not_ours", models.BooleanField(default=False)),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="schools", to="results.dataset"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisations.school",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("dataset"),
                        models.F("code"),
                        django.db.models.functions.comparison.Coalesce("region", models.Value("")),
                        django.db.models.functions.comparison.Coalesce("municipality", models.Value("")),
                        name="dataset_school_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "procedure",
                    models.CharField(
                        choices=[("vpr", "VPR"), ("oge", "OGE"), ("ege", "EGE"), ("complex", "complex work")],
                        max_length=10,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("primary", "primary school"),
                            ("math", "mathematics"),
                            ("russian", "Russian language"),
                            ("literature", "literature"),
                            ("english", "English language"),
                            ("history", "history"),
                            ("social", "social studies"),
                            ("geography", "geography"),
                            ("biology", "biology"),
                            ("physics", "physics"),
                            ("chemistry", "chemistry"),
                            ("informatics", "informatics"),
                            ("world", "the world around"),
                        ],
                        max_length=20,
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("decisions", models.JSONField(default=dict)),
                ("roll", models.BinaryField()),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dataset",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="state",
                        to="results.dataset",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("procedure", "year", "subject", "grade", "number"), name="published_state_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=120, verbose_name="as in the file")),
                (
                    "municipality",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="municipality in the file"),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_aliases",
                        to="organisations.tutorcentre",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="organisations.school",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("centre", "code", "municipality"), name="alias_once_a_district")
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskSpecification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "procedure",
                    models.CharField(
                        choices=[("vpr", "VPR"), ("oge", "OGE"), ("ege", "EGE"), ("complex", "complex work")],
                        max_length=10,
                        verbose_name="procedure",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("primary", "primary school"),
                            ("math", "mathematics"),
                            ("russian", "Russian language"),
                            ("literature", "literature"),
                            ("english", "English language"),
                            ("history", "history"),
                            ("social", "social studies"),
                            ("geography", "geography"),
                            ("biology", "biology"),
                            ("physics", "physics"),
                            ("chemistry", "chemistry"),
                            ("informatics", "informatics"),
                            ("world", "the world around"),
                        ],
                        max_length=20,
                        verbose_name="subject",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                ("source_name", models.CharField(max_length=255, verbose_name="file")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("procedure", "year", "subject", "grade"), name="specification_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecifiedTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="number")),
                ("label", models.CharField(max_length=20, verbose_name="task")),
                ("skill", models.TextField(verbose_name="skill")),
                ("planned_result", models.TextField(blank=True, verbose_name="planned result")),
                ("level", models.CharField(blank=True, max_length=1, verbose_name="level")),
                ("kes", models.JSONField(default=list, verbose_name="content elements")),
                ("kt", models.JSONField(default=list, verbose_name="requirements")),
                ("max_score", models.PositiveSmallIntegerField(verbose_name="maximum")),
                ("minutes", models.PositiveSmallIntegerField(null=True, verbose_name="minutes")),
                (
                    "specification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="results.taskspecification",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("specification", "position"), name="specified_task_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CodifierEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("kes", "content elements"), ("kt", "requirements to pupils")], max_length=3
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.TextField(verbose_name="name")),
                (
                    "specification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codifier",
                        to="results.taskspecification",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("specification", "kind", "code"), name="codifier_entry_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkScale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "procedure",
                    models.CharField(
                        choices=[("vpr", "VPR"), ("oge", "OGE"), ("ege", "EGE"), ("complex", "complex work")],
                        max_length=10,
                        verbose_name="procedure",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("primary", "primary school"),
                            ("math", "mathematics"),
                            ("russian", "Russian language"),
                            ("literature", "literature"),
                            ("english", "English language"),
                            ("history", "history"),
                            ("social", "social studies"),
                            ("geography", "geography"),
                            ("biology", "biology"),
                            ("physics", "physics"),
                            ("chemistry", "chemistry"),
                            ("informatics", "informatics"),
                            ("world", "the world around"),
                        ],
                        max_length=20,
                        verbose_name="subject",
                    ),
                ),
                ("grade", models.PositiveSmallIntegerField(verbose_name="grade")),
                ("min_3", models.PositiveSmallIntegerField(verbose_name="«3» from")),
                ("min_4", models.PositiveSmallIntegerField(verbose_name="«4» from")),
                ("min_5", models.PositiveSmallIntegerField(verbose_name="«5» from")),
                ("max_primary", models.PositiveSmallIntegerField(null=True, verbose_name="highest primary score")),
                ("conditions", models.JSONField(default=list, verbose_name="conditions")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("entered_by_id", models.BigIntegerField(null=True)),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                ("taken_back_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scales",
                        to="organisations.tutorcentre",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("min_3__lt", models.F("min_4")), ("min_4__lt", models.F("min_5"))),
                        name="scale_ascends",
                    )
                ],
            },
        ),
    ]
