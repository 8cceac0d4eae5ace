"""`migrate`, and then the rights of the role that the web processes and the worker have."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.state import ModelState, ProjectState

from buurtdraad.running.roles import grant_app


class Command(Migrate):
    """Django's own, followed by the grants: a new table is of use to the app at once."""

    def handle(self, *args, **options):
        with new_models_alone():
            super().handle(*args, **options)
        grant_app(connections[options["database"]])


@contextmanager
def new_models_alone() -> Iterator[None]:
    """Draw the model of a new table by itself.

    Django draws every model anew that is tied to the new one, through others too. Nearly all of ours are tied together, so that a first
    start would draw thirty thousand models: this halves its time, and makes the same tables. Nothing refers to a new model yet.
    """

    def add_model(state: ProjectState, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        state.models[key] = model_state
        if vars(state)["_relations"] is not None:
            state.resolve_model_relations(key)
        if "apps" in vars(state):
            state.apps.render_multiple([model_state])

    with patch.object(ProjectState, "add_model", add_model):
        yield
