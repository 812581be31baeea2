import django.db.models.functions.comparison
from django.db import migrations, models

NOT_CLOSED = models.Q(("state", "closed"), _negated=True)


def next_due() -> models.Func:
    contact = models.Case(models.When(first_contact_at=None, then="contact_due_at"))
    return django.db.models.functions.comparison.Least(contact, "update_due_at", "review_due_at")


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_packs_and_police_answers_security")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.OrderBy(next_due()),
                models.OrderBy(models.F("opened_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=NOT_CLOSED,
                name="case_next_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("lead_organisation"), next_due(), condition=NOT_CLOSED, name="case_lead_next_due"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(NOT_CLOSED, ("assigned_to", None)),
                fields=["lead_organisation"],
                name="case_is_nobodys",
            ),
        ),
    ]
