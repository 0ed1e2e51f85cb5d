"""A group that answers an unknown name with the nearest that it has.

>>> group = NearestGroup("bench", commands={"extract": click.Command("extract")})
>>> group.resolve_command(click.Context(group), ["extrat"])
Traceback (most recent call last):
click.exceptions.UsageError: no command 'extrat'; did you mean 'extract'?
"""

import click

__all__ = ["NearestGroup"]


class NearestGroup(click.Group):
    """A group of commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; raises `click.UsageError` with the nearest for an unknown one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"no command {args[0]!r}{hint}", ctx) from None
