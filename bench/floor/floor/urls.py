from django.urls import path

from rows import views

urlpatterns = [path('form/', views.form), path('list/', views.rows), path('writing/', views.writing)]
