"""The page of open data, and that of one dataset with its codebook."""

import pytest
from django.utils import timezone

from buurtdraad.pages.opening.datasets import BY_KEY, DATASETS
from buurtdraad.pages.opening.table import facts_of
from buurtdraad.pages.opening.tests.conftest import DAY
from buurtdraad.pages.tests.small_city import CITY, load_city
from buurtdraad.partners.models import Kind, Organisation

pytestmark = pytest.mark.django_db


def test_every_dataset_stands_on_the_page_with_its_files(client):
    load_city()
    page = client.get("/open-data/").text
    for dataset in DATASETS:
        assert str(dataset.title) in page
        assert f'href="/open-data/{dataset.key}/"' in page
        for form in dataset.forms:
            assert f'href="/open-data/{dataset.key}.{form}"' in page
    assert 'href="/api/v1"' in page
    assert 'href="/open-data/catalogus.ttl"' in page


@pytest.mark.parametrize("key", BY_KEY)
def test_every_column_of_a_dataset_stands_in_its_codebook(client, key):
    load_city()
    response = client.get(f"/open-data/{key}/")
    for column in BY_KEY[key].columns:
        assert f"<code>{column.name}</code>" in response.text
        assert str(column.means) in response.text
    assert BY_KEY[key].licence.name in response.text
    assert response.shows_places == {CITY}


@pytest.mark.parametrize(
    "path",
    ["/open-data/nergens/", "/open-data/nergens.csv", "/open-data/cijfers.geojson", "/open-data/cijfers.xls", "/open-data/catalogus.doc"],
)
def test_what_we_do_not_publish_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_last_change_is_that_of_the_data_and_never_still_to_come(city):
    today = timezone.localdate()
    Organisation.objects.create(name="Straks", kind=Kind.CARE, from_on=today + DAY)
    assert facts_of([BY_KEY["partners"]])[0][1] == (2, today - DAY)
    assert {facts.changed_on for _dataset, facts in facts_of(DATASETS)} <= {None, today, today - DAY, today - 61 * DAY}
