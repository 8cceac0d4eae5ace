from django.urls import path

from buurtdraad.ui import style_guide, views

app_name = "ui"
urlpatterns = [
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("kwetsbaarheid-melden/", views.vulnerability, name="vulnerability"),
    path("huisstijl/", style_guide.components, name="style"),
    path("huisstijl/voorbeeld.pdf", style_guide.sample_pdf, name="sample_pdf"),
    path("huisstijl/voorbeeld.csv", style_guide.sample_csv, name="sample_csv"),
]

# The same in every language: outside `i18n_patterns`.
fixed_urlpatterns = [
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("huisstijl/thema.css", views.theme_css, name="city_theme"),
    path("huisstijl/logo", views.logo, name="city_logo"),
]
