"""What own wording changed in the library: which paragraph, where it is said, and what was lost by it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from dpa_gen.clause import ClauseParagraph
from dpa_gen.errors import Place
from dpa_gen.law import requirements


@dataclass(frozen=True)
class Change:
    """What an own file did to a paragraph: the one below it, and what came instead (nothing when it was removed)."""

    paragraph: str
    place: Place
    before: ClauseParagraph | None
    after: ClauseParagraph | None
    replaces: str = ""  # the hash of the wording that was replaced, as the own file recorded it

    @property
    def lost(self) -> tuple[str, ...]:
        """The requirements that the paragraph below met and the own one does not say again."""
        kept = self.after.requirements() if self.after else ()
        return tuple(name for name in (self.before.requirements() if self.before else ()) if name not in kept)

    @property
    def outdated(self) -> bool:
        """Whether the wording below has changed since the own file was made."""
        return self.before is not None and self.replaces not in ("", wording_hash(self.before))


def also_met(changes: Iterable[Change]) -> str:
    """A sentence with the articles of law behind the MUSTs that the words below met, and the own ones do not."""
    known = requirements()
    lost = [known[name] for change in changes for name in change.lost if name in known]
    sources = dict.fromkeys(requirement.source["en"] for requirement in lost if requirement.level == "must")
    return f" Its words also meet {', '.join(sources)}." if sources else ""


def wording_hash(paragraph: ClauseParagraph) -> str:
    """A short hash over all that a paragraph says and when it says it; line breaks in a text do not count."""
    words = [" ".join(text.split()) for language in ("nl", "en") for text in paragraph.texts(language)]
    switches = [getattr(paragraph.body, name, "") for name in ("choose", "list_path")]
    said = [words, switches, list(paragraph.requirements()), list(map(str, paragraph.when))]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]
