"""Facts by their dotted path: straight where every group is there, step by step elsewhere, and the same either way."""

from pathlib import Path

import pytest

from dpa_gen import lookup
from dpa_gen.facts import known_paths
from dpa_gen.generate import Wishes, prepare
from dpa_gen.lookup import given
from dpa_gen.values import OPEN

SAMPLES = sorted(Path("samples").rglob("processors/*.yaml")) + sorted(Path("samples").glob("*/*ment*.yaml"))


@pytest.mark.parametrize("path", [*SAMPLES, Path("samples/volledig/overeenkomst.yaml")], ids=lambda path: path.stem)
def test_the_straight_way_to_a_fact_gives_what_one_step_at_a_time_gives(path):
    prepared = prepare(path, Wishes())
    description = prepared.description
    for dotted in known_paths() - prepared.facts.derived.keys():
        try:
            wanted = lookup._step_by_step(description, dotted)
        except (AttributeError, KeyError):  # inside the entries of a list, which tables read
            continue
        assert given(description, dotted) == wanted, dotted


def test_a_path_below_what_is_not_there_or_not_known_gives_that():
    description = prepare(Path("samples/volledig/overeenkomst.yaml"), Wishes()).description
    without = description.model_copy(update={"processor": description.processor.model_copy(update={"dpo": None})})
    unknown = description.model_copy(update={"processor": description.processor.model_copy(update={"dpo": OPEN})})
    assert given(without, "processor.dpo.email") is None
    assert given(unknown, "processor.dpo.email") is OPEN


def test_a_path_that_cannot_be_is_no_fact():
    description = prepare(Path("samples/volledig/overeenkomst.yaml"), Wishes()).description
    with pytest.raises(KeyError):
        given(description, "processor.nonsense")
