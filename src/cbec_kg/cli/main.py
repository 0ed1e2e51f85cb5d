"""The ``cbec-kg`` group: commands are imported when they are called, errors become one line.

>>> group.list_commands(click.Context(group))[0]
'build'
"""

import importlib
import os
import sys

import click

from cbec_kg import __version__
from cbec_kg.cli.nearest import NearestGroup
from cbec_kg.errors import CbecError

__all__ = ["COMMANDS", "group", "main"]

COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("cbec_kg.cli.build", "Build the graph from the ontology and the data."),
    "query": ("cbec_kg.cli.query", "Answer a saved query, or list them."),
    "sparql": ("cbec_kg.cli.sparql", "Run any SPARQL 1.1 query, read-only."),
    "answer": ("cbec_kg.cli.answer", "Answer with one figure: known, derived, conflicting or silent."),
    "ask": ("cbec_kg.cli.ask", "Answer a question in plain words, English or Chinese."),
    "search": ("cbec_kg.cli.search", "Find entities, indicators, places and terms by what they are called."),
    "explain": ("cbec_kg.cli.explain", "Say why a triple holds: who states it and where, or by which rule it follows."),
    "vintages": (
        "cbec_kg.cli.vintages",
        "Show the releases of a series, period by period: how its figures were revised.",
    ),
    "extract": ("cbec_kg.cli.extract", "Read facts out of articles; stores nothing."),
    "ingest": ("cbec_kg.cli.ingest", "Read articles and store what they state."),
    "forget": ("cbec_kg.cli.forget", "Forget ingested articles: the graph is as if they had never been read."),
    "article": (
        "cbec_kg.cli.article",
        "Show what is known of an article and what it states, or set what is known of it.",
    ),
    "correct": ("cbec_kg.cli.correct", "Say that a claim or a name which was read is right, wrong, or something else."),
    "changes": (
        "cbec_kg.cli.changes",
        "Say which figures, entities and conflicts appeared, were revised, or went.",
    ),
    "validate": ("cbec_kg.cli.validate", "Check data against the shapes, for people."),
    "verify": ("cbec_kg.cli.verify", "Check every evidence, or one receipt, against the articles' own text."),
    "export": ("cbec_kg.cli.export", "Write the graph, or one named graph, to files."),
    "push": ("cbec_kg.cli.push", "Load the graph into a server: Fuseki, Virtuoso, Oxigraph, GraphDB or the like."),
    "serve": ("cbec_kg.cli.serve", "Serve the graph over HTTP: pages, a SPARQL endpoint, linked data, an API."),
    "mcp": ("cbec_kg.cli.mcp", "Serve the graph to an assistant over the Model Context Protocol."),
    "data": ("cbec_kg.cli.data", "Keep the curated data canonical."),
    "ontology": ("cbec_kg.cli.ontology", "Check, compare and document the ontology."),
    "bench": ("cbec_kg.cli.bench", "Measure the project: ratios in one run, and growth with size."),
}
"""Module and one-line help of every command; the help stands here so that ``--help`` imports none of them."""


class LazyGroup(NearestGroup):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `cbec-kg build`, then `cbec-kg query` for what can be asked.",
)
@click.version_option(__version__, prog_name="cbec-kg")
def group() -> None:
    """A knowledge graph of China's cross-border e-commerce, figure by figure traceable to its article."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command line; returns the exit code: 0 done, 1 the answer is "no", 2 wrong use or unreadable input."""
    try:
        result = group.main(args=arguments, prog_name="cbec-kg", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit:
        return 0  # click leaves so when the reader of a pipe has gone; nothing to tell
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else group.get_help(click.Context(group)))
        return 2
    except click.Abort:
        return _say("stopped", 130)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        where = f" (`{context.command_path} --help` explains)" if context else ""
        return _say(f"{error.format_message()}{where}", 2)
    except CbecError as error:
        return _say(str(error), error.exit_code)
    except UnicodeError as error:
        return _say(f"text that is no UTF-8: {error}", 2)
    except OSError as error:
        return _say(f"{error.filename or 'output'}: {error.strerror or error}", 2)
    except KeyboardInterrupt:
        return _say("stopped", 130)
    except Exception as error:
        if os.environ.get("CBEC_KG_DEBUG"):
            raise
        return _say(f"unexpected {type(error).__name__}: {error} (set CBEC_KG_DEBUG=1 to see where, and report it)", 2)
    return result if isinstance(result, int) else 0


def _say(message: str, code: int) -> int:
    """One line on stderr."""
    click.echo("cbec-kg: " + " ".join(message.split()), err=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
