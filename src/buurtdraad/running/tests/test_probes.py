def test_the_process_answers(client):
    assert client.get("/healthz").content == b"ok\n"


def test_ready_when_the_database_answers(client, db):
    assert client.get("/readyz").status_code == 200
