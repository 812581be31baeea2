"""Tables that are made together are those that would be made one after the other."""

from collections.abc import Sequence

import pytest
from django.db import connections, models
from django.db.migrations.migration import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from scope.all_at_once import AllAtOnce

# The editor asks the server how to quote.
pytestmark = pytest.mark.django_db(databases=["default", "owner"])

PATROL = CreateModel(
    "Patrol",
    fields=[
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=40, unique=True)),
    ],
)
WALK = CreateModel(
    "Walk",
    fields=[
        ("id", models.BigAutoField(primary_key=True)),
        ("by", models.ForeignKey("scope.Patrol", models.CASCADE)),
        ("with_them", models.ManyToManyField("scope.Patrol", related_name="+")),
        ("on", models.DateField()),
    ],
    options={
        "indexes": [models.Index(fields=["on"], name="walks_by_day")],
        "constraints": [models.UniqueConstraint(fields=["by", "on"], name="one_walk_a_day")],
    },
)


def statements(operations: Sequence[Operation], *, back: bool = False) -> list[str]:
    """What the database would be told, beside a state whose classes are there, as they are while one migrates."""
    migration = Migration("0001_tables", "scope")
    migration.operations = list(operations)
    state = ProjectState()
    assert state.apps
    with connections["owner"].schema_editor(collect_sql=True, atomic=False) as editor:
        migration.unapply(state, editor, collect_sql=True) if back else migration.apply(state, editor, True)
    return [line for line in editor.collected_sql if line and not line.startswith("--")]


def test_made_together_they_are_the_same_tables() -> None:
    together = statements([AllAtOnce(PATROL, WALK)])
    assert together == statements([PATROL, WALK])
    assert sum(line.startswith("CREATE TABLE") for line in together) == 3


def test_they_go_again_in_the_other_order() -> None:
    gone = statements([AllAtOnce(PATROL, WALK)], back=True)
    assert gone == statements([PATROL, WALK], back=True)
    assert [line.split()[2] for line in gone if line.startswith("DROP TABLE")][-1] == '"scope_patrol"'


def test_later_steps_see_classes_of_all_of_them() -> None:
    state = ProjectState()
    before = state.apps
    AllAtOnce(PATROL, WALK).state_forwards("scope", state)
    assert state.apps is not before
    assert state.apps.get_model("scope", "Walk")._meta.get_field("by").related_model is state.apps.get_model(
        "scope", "Patrol"
    )


def test_it_says_what_it_makes() -> None:
    assert AllAtOnce(PATROL, WALK).describe() == "Create 2 models: Patrol, Walk"
