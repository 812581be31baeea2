from django.urls import path

from rows import views

urlpatterns = [
    path('form/', views.form, name='form'),
    path('list/', views.rows, name='list'),
    path('writing/', views.writing),
    path('record/<slug:reference>/', views.record, name='record'),
]
