from django.db import models

FIELDS = [f'field_{n}' for n in range(1, 15)]


class Row(models.Model):
    organisation = models.IntegerField(default=1)
    received = models.DateTimeField(auto_now_add=True)
    for _name in FIELDS:
        locals()[_name] = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=['organisation', '-received', '-id'])]


class Organisation(models.Model):
    name = models.CharField(max_length=200)


class Author(models.Model):
    name = models.CharField(max_length=200)


class Record(models.Model):
    reference = models.CharField(max_length=20, unique=True)
    opened = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=20)
    words = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    for _name in FIELDS:
        locals()[_name] = models.CharField(max_length=200, blank=True)


class History(models.Model):
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name='history')
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)

    class Meta:
        ordering = ['at', 'id']
        indexes = [models.Index(fields=['record', 'at'])]
