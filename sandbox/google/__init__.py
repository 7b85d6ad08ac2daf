"""A stand-in for Google: Sheets v4, a little of Drive v3, and the token endpoint, over HTTP."""

from sandbox.google.api import google_blueprint
from sandbox.google.edit import Switches
from sandbox.google.world import GoogleWorld

__all__ = ["GoogleWorld", "Switches", "google_blueprint"]
