from django.db import migrations


class Migration(migrations.Migration):
    """Who agrees routes is said by the regulation now."""

    dependencies = [("organisations", "0003_first_regulation")]

    operations = [migrations.RemoveField(model_name="tutorcentre", name="head_agrees_routes")]
