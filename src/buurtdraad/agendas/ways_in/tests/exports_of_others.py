"""Small exports as other platforms make them, made by hand from the columns of their exporters."""

import io
import json
import zipfile

DECIDIM_CSV = (
    '"id";"scope/id";"scope/name/nl";"participatory_space/id";"component/id";"title/nl";"body/nl";"latitude";"longitude";"state";"reference";'
    '"published_at";"url";"withdrawn"\n'
    '"12";"3";"Geuzenwijk";"1";"7";"Een bank";"<p>Er is geen plek om te zitten &amp; te praten.</p>";"";"";"accepted";"UT-PROP-12";'
    '"2024-05-01 10:00:00 +0200";"https://denkmee.example/proposals/12";"false"\n'
    '"13";"3";"Geuzenwijk";"1";"7";"Weg ermee";"Toch niet";"";"";"withdrawn";"UT-PROP-13";"2024-05-02";"https://denkmee.example/proposals/13";"true"\n'
)
DECIDIM_JSON = json.dumps(
    [
        {
            "id": 12, "scope": {"id": 3, "name": {"nl": "Geuzenwijk"}},
            "participatory_space": {"id": 1, "url": "x"}, "component": {"id": 7},
            "title": {"nl": "Een bank"}, "body": {"nl": "<p>Er is geen plek om te zitten &amp; te praten.</p>"}, "state": "accepted",
            "published_at": "2024-05-01T08:00:00Z", "url": "https://denkmee.example/proposals/12",
            "withdrawn": False, "related_proposals": [],
        }
    ]
)  # fmt: skip
CONSUL_CSV = (
    "ID,Titel,Auteur,Samenvatting,Aangemaakt op,Reactie ID,Reactie Auteur,Reactie Inhoud\n"
    "5,Een bank,kees@example.nl,<p>Bij het plein.</p>,2024-05-01 10:00:00,1,ria@example.nl,Goed idee\n"
    "5,Een bank,kees@example.nl,<p>Bij het plein.</p>,2024-05-01 10:00:00,2,noor@example.nl,Ik ook\n"
)
CONSUL_DEBATES = "ID,Title,Author\n8,More light in the park,kees@example.nl\n"
OPENSTAD_CSV = (
    "Inzending ID,Project ID,Titel,Samenvatting,Beschrijving,Locatie (lat),Locatie (lng),Datum aangemaakt (leesbaar),Aantal likes,"
    "Waarschijnlijk spam,"
    "Gebruiker naam,Gebruiker e-mailadres,tags.theme,tags.place\n"
    '44,2,Een bank,Kort,"<p>Op het <b>plein</b></p>",,,01-05-2024,12,Nee,Kees,kees@example.nl,Groen,Geuzenwijk\n'
    "45,2,Koop nu,Kort,Goedkope pillen,,,01-05-2024,0,Ja,X,x@example.nl,,Geuzenwijk\n"
)
OPENSTAD_JSON = json.dumps(
    {
        "records": [
            {
                "id": 44, "projectId": 2, "title": "Een bank", "summary": "Kort", "description": "<p>Op het <b>plein</b></p>",
                "isSpam": False,
                "location": {"lat": 52.1, "lng": 5.1}, "yes": 12, "createdAt": "2024-05-01T08:00:00.000Z",
                "extraData": {"buurt": "Geuzenwijk"},
                "deletedAt": None,
            }
        ]
    }
)  # fmt: skip
GO_VOCAL = [
    ["id", "title", "body", "author_name", "author_email", "publication_status", "published_at", "url",
     "project", "topics", "areas", "latitude"],
    ["a1-b2", "Een bank", "<p>Op het plein</p>", "Kees", "kees@example.nl", "published", "45413.4",
     "https://meedoen.example/ideas/bank", "P",
     "Natuur en biodiversiteit", "Geuzenwijk", ""],
    ["a1-b3", "Nog niet", "Concept", "Kees", "kees@example.nl", "draft", "45413",
     "https://meedoen.example/ideas/c", "P", "", "Geuzenwijk", ""],
]  # fmt: skip
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def xlsx(rows, extra=""):
    """An Excel file, its texts in the cells; a cell that begins with `=` is a formula with the value 7."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [
            f'<c r="{chr(65 + place)}{number}"><f>{escaped(cell[1:])}</f><v>7</v></c>'
            if cell.startswith("=")
            else f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{escaped(cell)}</t></is></c>'
            for place, cell in enumerate(row)
            if cell
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", extra + SHEET.format("".join(lines)))
    return made.getvalue()


EACH = {
    "Decidim CSV": DECIDIM_CSV.encode(),
    "Decidim JSON": DECIDIM_JSON.encode(),
    "CONSUL CSV": CONSUL_CSV.encode(),
    "OpenStad CSV": OPENSTAD_CSV.encode(),
    "OpenStad JSON": OPENSTAD_JSON.encode(),
    "Go Vocal XLSX": xlsx(GO_VOCAL),
}
