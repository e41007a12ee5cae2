import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routes", "0003_supports_under_a_regulation")]

    operations = [
        migrations.AlterField(
            model_name="tutorsupport",
            name="regulation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.regulation"
            ),
        )
    ]
