"""The command line: finds the command that is named, and turns what goes wrong into an exit code."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import cast

import click

from dpa_gen import __version__
from dpa_gen.commands.shared import DONE, FAULT, MEND
from dpa_gen.errors import DpaError

# Every command by its name, in the order in which a newcomer meets them; loaded when it is asked for.
COMMANDS = {
    "init": "contract",
    "generate": "contract",
    "batch": "batch",
    "table": "batch",
    "check": "contract",
    "review": "review",
    "rules": "rules",
    "schema": "contract",
    "assess": "questions",
    "register": "register",
    "todo": "register",
    "mark": "register",
    "avg-check": "questions",
    "template": "template",
    "clauses": "clauses",
}


class Commands(click.Group):
    """The commands, each loaded from its file when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of the commands, each with its whole first sentence, however narrow the screen."""
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(300)) for name, each in commands.items() if each])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; hyphens stand for the underscores of its function."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"dpa_gen.commands.{COMMANDS[cmd_name]}"), cmd_name.replace("-", "_"))
        return cast(click.Command, command)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dpa-gen")
def main() -> None:
    """Make data processing agreements (verwerkersovereenkomsten) under Article 28 GDPR.

    From a YAML description of one processing relationship to a Word contract, in Dutch and in English.

    \b
    Begin here:
      dpa-gen init mijn-praktijk
      dpa-gen generate mijn-praktijk/processors/nieuwsbrief.yaml
    """


def run() -> None:
    """The program's door: errors of the user end with 2, faults of the program keep their traceback and end with 3."""
    _speak_utf_8()
    stdout = sys.stdout
    try:
        main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as trouble:
        trouble.show()
        sys.exit(MEND)
    except DpaError as trouble:
        click.echo(str(trouble), err=True)
        sys.exit(MEND)
    except SystemExit:
        if sys.stdout is not stdout:  # click puts another in its place when a reader has seen enough and closed
            sys.exit(DONE)
        raise
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("\nThis is a fault of dpa-gen itself. Please report it with the lines above.", err=True)
        sys.exit(FAULT)


def _speak_utf_8() -> None:
    """What goes to a file or a pipe is UTF-8 on every system; a screen that lacks a character shows its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
