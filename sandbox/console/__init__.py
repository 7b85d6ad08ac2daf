"""The console: the sandbox's own first page, on which everything can be tried in a browser."""

from sandbox.console.guard import refuse_strangers
from sandbox.console.pages import console_blueprint

__all__ = ["console_blueprint", "refuse_strangers"]
