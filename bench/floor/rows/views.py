from django.db import transaction
from django.forms import modelform_factory
from django.shortcuts import get_object_or_404, redirect, render

from rows.models import FIELDS, Record, Row

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


def record(request, reference):
    """One record with its two related rows, and its history of twelve rows with author and organisation: what any page
    of one record does, written as anybody would. Nobody signs in, no row is hidden, nothing is sealed, and that it was
    read is noted nowhere."""
    found = get_object_or_404(Record.objects.select_related('organisation', 'author'), reference=reference)
    history = found.history.select_related('author', 'organisation')
    return render(request, 'rows/record.html', {'record': found, 'history': history})
