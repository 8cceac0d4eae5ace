"""Filling in the two screens of a wish, as a browser without JavaScript does."""

import re

NEW = "/wensen/nieuw/"
TOLD = "Graag een bank onder de bomen op het Molenplein."


def hidden(page):
    """The hidden fields of the last form of a page, as a browser sends them."""
    last = page.text.rpartition("<form")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', last))


def opened(client, code="BU03440241"):
    page = client.get(NEW, {"buurt": code} if code else {})
    assert page.status_code == 200
    return re.search(r'name="opened" value="([^"]+)"', page.text)[1]


def first(client, text=TOLD, code="BU03440241", **more):
    """Screen 1 filled in and sent: the answer is screen 2."""
    return client.post(NEW, {"text": text, "area": code, "opened": opened(client), "step": "next", **more})


def sent(client, text=TOLD, **how):
    """Both screens filled in and sent."""
    second = first(client, text)
    assert second.status_code == 200, second.text
    return client.post(NEW, hidden(second) | {"way": "none", "step": "send"} | how)
