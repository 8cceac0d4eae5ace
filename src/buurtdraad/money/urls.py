"""Addresses of money."""

from django.urls import path

from buurtdraad.money.views import committing, paying, pots, public, reserving

app_name = "money"
urlpatterns = [
    path("geld/<slug:code>/", public.area_money, name="area_money"),
    path("geld/<slug:code>/geld.csv", public.area_money_csv, name="area_money_csv"),
    path("werk/geld/", pots.all_pots, name="pots"),
    path("werk/geld/nieuw/", pots.open_pot, name="open_pot"),
    path("werk/geld/pot/<uuid:uuid>/", pots.pot, name="pot"),
    path("werk/geld/pot/<uuid:uuid>/wijzigen/", pots.change_pot, name="change_pot"),
    path("werk/geld/pot/<uuid:uuid>/erin/", pots.put_in, name="put_in"),
    path("werk/geld/pot/<uuid:uuid>/eruit/", pots.take_out, name="take_out"),
    path("werk/geld/pot/<uuid:uuid>/project/", committing.commit_to_work, name="commit_to_work"),
    path("werk/geld/pot/<uuid:uuid>/sluiten/", pots.close_pot, name="close_pot"),
    path("werk/geld/pot/<uuid:uuid>/weer-open/", pots.open_again, name="open_pot_again"),
    path("werk/geld/pot/<uuid:uuid>/kasboek.csv", pots.ledger_csv, name="ledger_csv"),
    path("werk/geld/vastgelegd/<uuid:uuid>/", committing.promise, name="promise"),
    path("werk/geld/vastgelegd/<uuid:uuid>/vrij/", committing.set_free, name="set_free"),
    path("werk/geld/vastgelegd/<uuid:uuid>/rekening/", committing.owe_bill, name="owe_bill"),
    path("werk/geld/vastgelegd/<uuid:uuid>/terug/", committing.give_back, name="give_back"),
    path("werk/geld/vastleggen/", reserving.reservations, name="reservations"),
    path("werk/geld/vastleggen/<slug:code>/", reserving.reserve, name="reserve"),
    path("werk/geld/twee-mensen/", reserving.four_eyes, name="four_eyes"),
    path("werk/geld/besluit/<uuid:uuid>/", reserving.reservation, name="reservation"),
    path("werk/geld/besluit/<uuid:uuid>/ja/", reserving.say_yes, name="say_yes"),
    path("werk/geld/besluit/<uuid:uuid>/nee/", reserving.say_no, name="say_no"),
    path("werk/betalen/", paying.payments, name="payments"),
    path("werk/betalen/nieuwe-lijst/", paying.make_list, name="make_payment_list"),
    path("werk/betalen/betaald/", paying.take_in_paid, name="take_in_paid"),
    path("werk/betalen/betaald/voorbeeld.csv", paying.paid_example, name="paid_example"),
    path("werk/betalen/<uuid:uuid>/", paying.payment, name="payment"),
    path("werk/betalen/<uuid:uuid>/niet/", paying.cancel, name="cancel_payment"),
    path("werk/betalen/<uuid:uuid>/teruggekomen/", paying.bounce, name="bounce_payment"),
    path("werk/betalen/<uuid:uuid>/opnieuw/", paying.pay_again, name="pay_again"),
    path("werk/betalen/lijst/<uuid:uuid>/", paying.payment_list, name="payment_list"),
    path("werk/betalen/lijst/<uuid:uuid>/goed/", paying.release_list, name="release_payment_list"),
    path("werk/betalen/lijst/<uuid:uuid>/geven/", paying.send_list, name="send_payment_list"),
    path("werk/betalen/lijst/<uuid:uuid>/weg/", paying.drop_list, name="drop_payment_list"),
    path("werk/betalen/lijst/<uuid:uuid>/lijst.csv", paying.list_csv, name="payment_list_csv"),
    path("werk/betalen/lijst/<uuid:uuid>/lijst.xml", paying.list_order, name="payment_list_order"),
]
