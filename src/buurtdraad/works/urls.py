"""Addresses of municipal work."""

from django.urls import URLPattern, path

from buurtdraad.works.views import answers, checks, confirming, exporting, lines, money, pasting, public, registers, sheets, steps

app_name = "works"
urlpatterns: list[URLPattern] = [
    # sheets
    path("projecten/", public.public_works, name="public_works"),
    path("projecten/<uuid:uuid>/", public.public_work, name="public_work"),
    path("werk/projecten/", sheets.works, name="works"),
    path("werk/projecten/projecten.csv", sheets.works_csv, name="works_csv"),
    path("werk/projecten/nieuw/", sheets.add, name="add"),
    path("werk/projecten/<uuid:uuid>/", sheets.work, name="work"),
    path("werk/projecten/<uuid:uuid>/invullen/<slug:part>/", sheets.change_part, name="change_part"),
    path("werk/projecten/<uuid:uuid>/gebieden-van-nu/", sheets.follow_areas, name="follow_areas"),
    path("werk/projecten/<uuid:uuid>/weg/", sheets.remove, name="remove"),
    path("werk/projecten/<uuid:uuid>/stap/", steps.move, name="move"),
    path("werk/projecten/<uuid:uuid>/klopt/", steps.confirm, name="say_right"),
    path("werk/projecten/<uuid:uuid>/geld/", money.money, name="money"),
    path("werk/projecten/<uuid:uuid>/antwoord-op/", answers.answers, name="answers"),
    path("werk/projecten/<uuid:uuid>/antwoord-op/<int:pk>/weg/", answers.take_answer_away, name="take_answer_away"),
    path("werk/projecten/<uuid:uuid>/regel/<slug:kind>/", lines.add_line, name="add_line"),
    path("werk/projecten/<uuid:uuid>/regel/<slug:kind>/<int:pk>/", lines.change_line, name="change_line"),
    path("werk/projecten/<uuid:uuid>/regel/<slug:kind>/<int:pk>/weg/", lines.remove_line, name="remove_line"),
    # registers, confirming
    path("projecten/klopt-het/<str:token>/", confirming.confirm, name="confirm"),
    path("werk/projecten/bevestigen/", confirming.confirm_mine, name="confirm_mine"),
    path("werk/projecten/plakken/", pasting.paste, name="paste"),
    path("werk/projecten/ingelezen/<uuid:uuid>/", pasting.loaded, name="loaded"),
    path("werk/projecten/lijsten/", registers.registers, name="registers"),
    path("werk/projecten/lijsten/nieuw/", registers.make_register, name="make_register"),
    path("werk/projecten/lijsten/<uuid:uuid>/", registers.register, name="register"),
    path("werk/projecten/bestand.csv", exporting.as_table, name="export_csv"),
    path("werk/projecten/bestand.xlsx", exporting.as_workbook, name="export_xlsx"),
    path("werk/projecten/bestand.geojson", exporting.as_map, name="export_geojson"),
    # checks
    path("werk/buurtcheck/", checks.checks, name="checks"),
    path("werk/buurtcheck/nieuw/", checks.new_check, name="new_check"),
    path("werk/buurtcheck/afdelingen/", checks.check_counts, name="check_counts"),
    path("werk/buurtcheck/afdelingen/afdelingen.csv", checks.check_counts_file, name="check_counts_file"),
    path("werk/buurtcheck/<uuid:uuid>/", checks.check, name="check"),
    path("werk/buurtcheck/<uuid:uuid>/buurtcheck.pdf", checks.check_pdf, name="check_pdf"),
    path("werk/buurtcheck/<uuid:uuid>/wijzigen/", checks.change_check, name="change_check"),
    path("werk/buurtcheck/<uuid:uuid>/open/", checks.reopen_check, name="reopen_check"),
    path("werk/buurtcheck/<uuid:uuid>/weg/", checks.remove_check, name="remove_check"),
]
