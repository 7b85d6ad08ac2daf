"""The Flask application: webhook, health, metrics, links, and the complaint pages."""

import sqlalchemy as sa
import structlog
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.evidence_page import evidence_page
from bot.health import health
from bot.invitation_picture import invitation_pictures
from bot.metrics import metrics
from bot.pages import complaint_pages, photos
from bot.program import Program
from bot.webhook import webhook

BODY_LIMIT = 1024 * 1024
"""LINE's bodies are far smaller; whoever sends more is not LINE."""

log = structlog.get_logger()


def create_app(program: Program) -> Flask:
    """The web side of the program."""
    app = Flask("sujarit", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.request_class = photos.InMemory
    app.register_blueprint(webhook(program))
    app.register_blueprint(health(program))
    app.register_blueprint(metrics(program))
    app.register_blueprint(invitation_pictures(program))
    app.register_blueprint(evidence_page(program))
    app.register_blueprint(complaint_pages(program))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(sa.exc.SQLAlchemyError, _store_away)
    app.register_error_handler(OSError, _store_away)
    return app


def _refused(error: HTTPException) -> Response:
    """One plain sentence; nothing of the request is repeated."""
    return Response(f"{error.description}\n", status=error.code, mimetype="text/plain")


def _store_away(error: Exception) -> Response:
    """Nothing was kept, and LINE will deliver again: 503, never 200."""
    log.error("store away", exc_info=error)
    return Response("Not now; deliver again.\n", status=503, mimetype="text/plain")
