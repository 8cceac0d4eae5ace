"""Many wishes at once, for measuring: the same each time, made by the database itself. Only on a throw-away copy."""

from django.db import connection, transaction

from buurtdraad.agendas.similar.rules import key

WANTS = [
    "Er is geen bank bij", "Het is donker bij", "Auto’s rijden te hard langs", "Graag meer bomen bij", "Er ligt vaak afval bij",
    "Wij willen een speelplek bij", "De stoep is kapot bij", "Jongeren hebben geen plek bij", "Graag samen eten bij", "Het stinkt bij",
    "Oversteken is gevaarlijk bij", "Er mist een prullenbak bij", "De fietsen staan in de weg bij", "Graag een moestuin bij",
    "Er is veel lawaai bij", "Wij willen bloemen bij", "Het water blijft staan bij", "Graag een kraan met drinkwater bij",
]  # fmt: skip
PLACES = [
    "de school", "het plein", "de bushalte", "de sporthal", "het park", "de winkels", "het buurthuis", "de brug", "het fietspad",
    "de kerk", "de moskee", "het water", "de flat", "de speeltuin", "de supermarkt", "het station", "de markt",
]  # fmt: skip
ASKS = "Kunt u daar iets aan doen?"
# Some say it in a line, others in a page.
TAILS = [
    " Ik kom er elke dag langs met mijn dochter.", " Vooral in de avond is het erg.",
    " Wij wonen hier al dertig jaar en het is nooit zo geweest.",
    " De buren vinden dit ook.", " Ik wil graag helpen als dat kan. Bel mij dan overdag, want in de avond werk ik.",
]  # fmt: skip
# Dealt out by number: two steps in ten are done, and so on.
STAGES = ["told", "told", "seen", "seen", "chosen", "busy", "done", "done", "later", "not_done"]
THEMES = ["green", "traffic", "clean", "safe", "together", "youth", "homes", "health", "other"]
CHANNELS = ["web", "web", "web", "phone", "paper", "meeting", "import"]

WISHES = """
INSERT INTO agendas_wish
    (uuid, reference, area_id, kind, theme, text, stems, channel, showing, waits_for, stage, why, told_at, given_at, answer_by, answered_at)
SELECT md5('wish' || n)::uuid, 'BN-' || n, areas.ids[1 + floor(power((n * 7919 %% 104729) / 104729.0, 1.4) * cardinality(areas.ids))::int],
    CASE WHEN n %% 3 = 0 THEN 'problem' ELSE 'wish' END, (%(themes)s::text[])[1 + n %% 9],
    (%(wants)s::text[])[1 + (n * 31) %% 18] || ' ' || (%(places)s::text[])[1 + (n / 18) %% 17] || '. ' || %(asks)s
        || repeat((%(tails)s::text[])[1 + n %% 5], (n * 17 %% 23 / 6)::int), '{}',
    (%(channels)s::text[])[1 + n %% 7], 'shown', '{}', made.stage,
    CASE WHEN made.stage = 'told' THEN '' ELSE 'Daar gaan we mee aan de slag.' END,
    CASE WHEN made.stage IN ('later', 'not_done') THEN made.at + interval '9 days' END, made.at, (made.at + interval '21 days')::date,
    CASE WHEN made.stage <> 'told' THEN made.at + (5 + n %% 18) * interval '1 day' END
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n,
    LATERAL (SELECT (%(stages)s::text[])[1 + (n * 7) %% 10] AS stage, now() - interval '20 days' - interval '25 minutes' * n AS at) AS made,
    (SELECT array_agg(area_id ORDER BY area_id) AS ids FROM (
        SELECT DISTINCT area_id FROM places_areayear JOIN places_area ON places_area.id = area_id
        WHERE kind = 'neighbourhood' AND municipality_id = (SELECT id FROM places_area WHERE code = %(city)s)) AS found) AS areas
"""
# What finds wishes that are alike follows from the text.
STEMS = """
UPDATE agendas_wish AS wish SET stems = known.stems FROM bench_stems AS known
WHERE known.text = split_part(wish.text, '.', 1) AND wish.reference LIKE 'BN-%%' AND wish.id > %(before)s
"""
GIVERS = """
INSERT INTO agendas_giver (wish_id, words, channel, given_at)
SELECT id, text, channel, given_at FROM agendas_wish WHERE reference LIKE 'BN-%%' AND id > %(before)s
"""
CONTACTS = """
INSERT INTO buurt_messages_contact (uuid, name, way, language, created_at)
SELECT gen_random_uuid(), 'Buur', 'none', 'nl', now() FROM generate_series(1, 200)
"""
SUPPORTERS = """
INSERT INTO agendas_supporter (wish_id, contact_id, wants, follows, since)
SELECT wish.id, unnest(known.ids[1 + wish.id * 7 %% 190 : wish.id * 7 %% 190 + wish.id * 13 %% 9]), true, true, wish.given_at
FROM agendas_wish AS wish, (SELECT array_agg(id ORDER BY id) AS ids FROM buurt_messages_contact WHERE name = 'Buur') AS known
WHERE reference LIKE 'BN-%%' AND wish.id > %(before)s
"""
TOLD = """
INSERT INTO agendas_step (wish_id, stage, why, at)
SELECT id, 'told', '', given_at FROM agendas_wish WHERE reference LIKE 'BN-%%' AND id > %(before)s
UNION ALL SELECT id, stage, why, answered_at FROM agendas_wish WHERE reference LIKE 'BN-%%' AND id > %(before)s AND stage <> 'told'
"""


@transaction.atomic
def make_wishes(count: int, *, city: str) -> int:
    """Bring the copy to `count` made-up wishes over the neighbourhoods of a city, with givers, supporters and steps; how many are new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM agendas_wish WHERE reference LIKE 'BN-%'")
        known, before = cursor.fetchone()
        if known >= count:
            return 0
        facts = {"first": known + 1, "last": count, "city": city, "before": before}
        lists = {"wants": WANTS, "places": PLACES, "stages": STAGES, "themes": THEMES, "channels": CHANNELS, "tails": TAILS, "asks": ASKS}
        cursor.execute(WISHES, facts | lists)
        texts = [f"{want} {place}" for want in WANTS for place in PLACES]
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS bench_stems (text text PRIMARY KEY, stems text[]) ON COMMIT DROP")
        cursor.executemany(
            "INSERT INTO bench_stems VALUES (%s, %s) ON CONFLICT DO NOTHING", [(text, list(key(f"{text}. {ASKS}"))) for text in texts]
        )
        cursor.execute(STEMS, facts)
        if not known:
            cursor.execute(CONTACTS)
        for statement in (GIVERS, SUPPORTERS, TOLD):
            cursor.execute(statement, facts)
        for table in ("agendas_wish", "agendas_giver", "agendas_supporter", "agendas_step"):
            cursor.execute(f"ANALYZE {table}")
    return count - known
