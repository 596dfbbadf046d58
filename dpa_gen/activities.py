"""Processing that the workspace's owner does itself: files in `activities/` to `Activity`, a row of the record each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from dpa_gen import source
from dpa_gen.description import Retention
from dpa_gen.errors import DpaError, Place
from dpa_gen.keeping import ImpactAssessment
from dpa_gen.shape import fit
from dpa_gen.texts import Plain
from dpa_gen.values import AsList, Frozen, Terms, Words, WordsList

FOLDER = "activities"


class Activity(Frozen):
    """A processing activity in one's own house, without a processor (Article 30(1))."""

    name: Words
    reference: Plain | None = None
    purpose: WordsList
    legal_basis: WordsList = ()
    data_subjects: Terms
    personal_data: Terms
    recipients: WordsList = ()
    joint_controllers: WordsList = ()
    transfers: WordsList = ()
    retention: Annotated[tuple[Retention, ...], AsList] = ()
    measures: Terms = ()
    impact_assessment: ImpactAssessment | None = None


def read(path: Path) -> Activity:
    """The activity that a file describes; raises `DpaError` with every problem and its place."""
    found = source.read(path)
    if not isinstance(found.value, dict):
        mend = "Begin with name:, purpose:, data_subjects: and personal_data:."
        raise DpaError.of("this file does not hold keys and values", mend, Place(found.name, 1, 1))
    return fit(Activity, found.value, found.place)
