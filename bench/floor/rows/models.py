from django.db import models

FIELDS = [f'field_{n}' for n in range(1, 15)]


class Row(models.Model):
    organisation = models.IntegerField(default=1)
    received = models.DateTimeField(auto_now_add=True)
    for _name in FIELDS:
        locals()[_name] = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=['organisation', '-received', '-id'])]
