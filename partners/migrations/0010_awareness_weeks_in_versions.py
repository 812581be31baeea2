from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0009_second_factors_bound_to_their_person"),
    ]

    operations = [
        migrations.AlterField(
            model_name="referenceversion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("organisation", "organisation"),
                    ("district", "area"),
                    ("csp", "community safety partnership"),
                    ("agreement", "sharing agreement"),
                    ("standard", "service standard"),
                    ("bank_holiday", "bank holiday"),
                    ("wording", "wording"),
                    ("awareness_week", "awareness week"),
                ],
                max_length=20,
            ),
        ),
    ]
