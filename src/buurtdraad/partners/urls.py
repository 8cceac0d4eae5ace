from django.urls import path

from buurtdraad.partners.views import accords, contacts, joining, offers, signing, work_accords
from buurtdraad.partners.views import organisations as views

app_name = "partners"
urlpatterns = [
    path("werk/partners/", views.organisations, name="organisations"),
    path("werk/partners/nieuw/", views.add_organisation, name="add_organisation"),
    path("werk/partners/inlezen/", views.take_in, name="take_in"),
    path("werk/partners/partners.csv", views.file, name="file"),
    path("werk/partners/<uuid:uuid>/", views.organisation, name="organisation"),
    path("werk/partners/<uuid:uuid>/wijzigen/", views.change_organisation, name="change_organisation"),
    path("werk/partners/<uuid:uuid>/contactpersoon/", views.add_representative, name="add_representative"),
    path("werk/partners/contactpersoon/<uuid:uuid>/wijzigen/", views.change_representative, name="change_representative"),
    path("werk/partners/contactpersoon/<uuid:uuid>/stoppen/", views.end_representative, name="end_representative"),
    # Doubles
    path("werk/partners/<uuid:uuid>/samenvoegen/", joining.join_organisation, name="join_organisation"),
    path("werk/partners/<uuid:uuid>/uit-elkaar/", joining.part_organisation, name="part_organisation"),
    # Offers
    path("werk/partners/<uuid:uuid>/aanbod/", offers.add_offer, name="add_offer"),
    path("werk/partners/aanbod/<uuid:uuid>/wijzigen/", offers.change_offer, name="change_offer"),
    path("werk/partners/aanbod/<uuid:uuid>/stoppen/", offers.end_offer, name="end_offer"),
    # Agreements between partners
    path("wijkakkoorden/", accords.accords, name="accords"),
    path("wijkakkoorden/<uuid:uuid>/", accords.accord, name="accord"),
    path("wijkakkoorden/<uuid:uuid>/wijkakkoord.pdf", accords.accord_pdf, name="accord_pdf"),
    path("wijkakkoorden/<uuid:uuid>/versie/<int:number>/", accords.accord, name="accord_version"),
    path("wijkakkoorden/<uuid:uuid>/versie/<int:number>/wijkakkoord.pdf", accords.accord_pdf, name="accord_version_pdf"),
    path("wijkakkoorden/<uuid:uuid>/versie/<int:number>/ondertekend.pdf", accords.accord_document, name="accord_document"),
    path("werk/wijkakkoorden/", work_accords.work_accords, name="work_accords"),
    path("werk/wijkakkoorden/nieuw/", work_accords.make_accord, name="make_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/", work_accords.work_accord, name="work_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/concept/", work_accords.draft_accord, name="draft_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/concept/wijzigen/", work_accords.change_accord, name="change_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/concept/weg/", work_accords.drop_accord, name="drop_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/concept/geldt/", work_accords.accord_in_force, name="accord_in_force"),
    path("werk/wijkakkoorden/<uuid:uuid>/stoppen/", work_accords.end_accord, name="end_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/versie/<int:number>/pdf/", work_accords.add_paper, name="add_paper"),
    path("werk/wijkakkoorden/<uuid:uuid>/versie/<int:number>/pdf/weg/", work_accords.drop_paper, name="drop_paper"),
    path("werk/wijkakkoorden/<uuid:uuid>/versie/<int:number>/ondertekend.pdf", work_accords.work_paper, name="work_paper"),
    path("werk/wijkakkoorden/<uuid:uuid>/versie/<int:number>/deelnemer/", signing.sign_accord, name="sign_accord"),
    path("werk/wijkakkoorden/<uuid:uuid>/deelnemer/<int:pk>/wijzigen/", signing.change_signature, name="change_signature"),
    path("werk/wijkakkoorden/<uuid:uuid>/deelnemer/<int:pk>/weg/", signing.unsign, name="unsign"),
    # who works here
    path("wie-werkt-hier/<slug:code>/", contacts.works_here, name="works_here"),
    path("wie-werkt-hier/foto/<uuid:uuid>/<int:width>/", contacts.contact_picture, name="contact_picture"),
    path("mijn/wie-werkt-hier/<uuid:uuid>/", contacts.my_face, name="my_face"),
    path("werk/wie-werkt-hier/", contacts.work_contacts, name="work_contacts"),
    path("werk/wie-werkt-hier/wie-werkt-waar.csv", contacts.work_contacts_file, name="work_contacts_file"),
    path("werk/wie-werkt-hier/aantallen/", contacts.contact_counts, name="contact_counts"),
    path("werk/wie-werkt-hier/nieuw/", contacts.add_contact, name="add_contact"),
    path("werk/wie-werkt-hier/<uuid:uuid>/", contacts.work_contact, name="work_contact"),
    path("werk/wie-werkt-hier/<uuid:uuid>/wijzigen/", contacts.change_contact, name="change_contact"),
    path("werk/wie-werkt-hier/<uuid:uuid>/stoppen/", contacts.end_contact, name="end_contact"),
    path("werk/wie-werkt-hier/<uuid:uuid>/foto/", contacts.contact_face, name="contact_face"),
    path("werk/wie-werkt-hier/<uuid:uuid>/foto/weg/", contacts.remove_face, name="remove_face"),
]
