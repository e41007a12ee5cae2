from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("planning", "0008_acts")]

    operations = [
        migrations.AddConstraint(
            model_name="deed",
            constraint=models.UniqueConstraint(
                fields=["item", "fact_kind", "fact_id"],
                condition=Q(undone_at__isnull=True, fact_id__isnull=False),
                name="fact_once_an_item",
            ),
        ),
    ]
