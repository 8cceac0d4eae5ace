from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from buurtdraad.lib.tests.asking import ask

header_names = st.sampled_from(
    ["Accept_Encoding", "Accept_Language", "If_None_Match", "HX_Request", "HX_History_Restore_Request", "Cache_Control", "Range", "Origin"]
)
header_values = st.sampled_from(["true", "br", "gzip;q=0", "*", "", "no-cache", "nl", "bytes=0-1", 'W/"x"', "\xe9"])
cookie_before = st.sampled_from(["", "csrftoken=a; ", "fresh=1;", "a=b;;", "x=\"'; ", "=;", " ", "\t", "sessionid2=z;"])
cookie_after = st.sampled_from(["", "; csrftoken=a", ";", ";fresh=1", "; sessionid=", "\xe9"])


requests = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["GET", "HEAD"]),
        "query": st.sampled_from(["", "?jaar=2020", "?q=x", "?jaar=1&x=2"]),
        "cookie": st.tuples(cookie_before, cookie_after).map(lambda around: f"{around[0]}sessionid=geheim{around[1]}"),
        "headers": st.dictionaries(header_names, header_values),
    }
)


@given(requests, st.booleans())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_somebody_with_a_session_never_gets_a_kept_page_nor_leaves_one(cache, demo, asked, warm):
    ask(cache, "/privacy/")
    cache.shelf.touched(["*"])
    path, headers = f"/buurten/BU1/{asked['query']}", asked["headers"]
    if warm:
        ask(cache, path, **headers)
    kept, rendered = len(cache.shelf), demo.renders["BU1"]
    answer = ask(cache, path, method=asked["method"], Cookie=asked["cookie"], **headers)
    assert answer.status == 200
    assert demo.renders["BU1"] == rendered + 1
    assert "geheim" in demo.saw[-1]["HTTP_COOKIE"]
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"].startswith("private")
    assert len(cache.shelf) == kept
