"""What the commands share: exit codes and kinds of arguments."""

from __future__ import annotations

from pathlib import Path

import click

DONE, INCOMPLETE, MEND, FAULT = 0, 1, 2, 3
EXISTING = click.Path(path_type=Path)
LANGUAGE = click.Choice(["nl", "en"])
