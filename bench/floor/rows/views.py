from django.db import transaction
from django.forms import modelform_factory
from django.shortcuts import redirect, render

from rows.models import FIELDS, Row

RowForm = modelform_factory(Row, fields=FIELDS)


def form(request):
    if request.method == 'POST':
        bound = RowForm(request.POST)
        if bound.is_valid():
            bound.save()
            return redirect('/form/')
    return render(request, 'rows/form.html')


def rows(request):
    newest = Row.objects.filter(organisation=1).order_by('-received', '-id')[:25]
    return render(request, 'rows/list.html', {'rows': newest})


def writing(request):
    bound = RowForm(request.POST)
    if bound.is_valid():
        with transaction.atomic():
            added = [Row.objects.create(**bound.cleaned_data) for _ in range(7)]
            Row.objects.filter(pk=added[0].pk).delete()
    return redirect('/form/')
