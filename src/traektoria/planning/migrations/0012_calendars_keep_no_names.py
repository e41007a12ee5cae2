from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("planning", "0011_copied_once")]

    operations = [migrations.RemoveField(model_name="lessoncalendar", name="name")]
