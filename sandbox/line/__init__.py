"""The stand-in for LINE: the Messaging API over HTTP, and webhooks as LINE sends them."""

from sandbox.line.api import line_blueprint
from sandbox.line.state import Channel, LoginChannel
from sandbox.line.world import LineWorld

__all__ = ["Channel", "LineWorld", "LoginChannel", "line_blueprint"]
