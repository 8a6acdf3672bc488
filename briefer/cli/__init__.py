"""The command line: the same use cases as the window, without Qt."""

from briefer.cli.run import is_command, run_command

__all__ = ["is_command", "run_command"]
