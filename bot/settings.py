"""What a deployment sets through its environment; checked once, when the program starts."""

from pathlib import Path
from typing import Literal

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import conninfo_to_dict
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url

from store.budget import ACCOUNT_CALLS, PROJECT_CALLS
from store.database import libpq_url

TOKEN_LENGTH = 16
SANDBOX_URL = "http://127.0.0.1:8080"


class BadSettings(ValueError):
    """The environment lacks something or has it wrong: says which name, never its value."""


class Settings(BaseSettings):
    """The environment: DATABASE_URL, and names that begin with SUJARIT_.

    `google_account_calls` and `google_project_calls` are reads a minute, and as many writes, that
    the program allows itself at Google. Without a `metrics_token` there is no /metrics.
    `public_url` is where people reach the web side, such as https://sujarit.example.
    `evidence` is the folder or bucket of what they send; a photo or a file may have so many `_mb`.
    `case_files` is another one, of what they send with a complaint: all of it is sealed.
    """

    model_config = SettingsConfigDict(
        env_prefix="SUJARIT_", hide_input_in_errors=True, populate_by_name=True, extra="ignore"
    )

    environment: Literal["production", "sandbox"] = "production"
    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    database_schema: str = Field("public", pattern=r"^[a-z][a-z0-9_]*$")
    master_key: SecretStr
    keyring: str
    evidence: str = ""
    case_files: str = ""
    evidence_photo_mb: int = Field(10, ge=1, le=50)
    evidence_file_mb: int = Field(20, ge=1, le=100)
    agencies: Path
    line_host: str = "https://api.line.me"
    google_host: str | None = None
    google_credentials: Path | None = None
    google_account_calls: int = Field(ACCOUNT_CALLS, ge=5, le=10_000)
    google_project_calls: int = Field(PROJECT_CALLS, ge=5, le=50_000)
    metrics_token: SecretStr | None = None
    clock_file: Path | None = None
    public_url: str | None = Field(None, pattern=r"^https?://[^\s/?#]+$")

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, url: SecretStr) -> SecretStr:
        try:
            known = make_url(url.get_secret_value()).get_backend_name() == "postgresql"
            conninfo_to_dict(libpq_url(url.get_secret_value()))
        except (sa.exc.ArgumentError, psycopg.Error, ValueError):
            known = False
        if not known:
            raise ValueError("it is not like postgresql://user:password@host/database")
        return url

    @field_validator("metrics_token")
    @classmethod
    def _hard_to_guess(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value()) < TOKEN_LENGTH:
            raise ValueError(f"it has fewer than {TOKEN_LENGTH} characters: openssl rand -hex 32")
        return token

    @field_validator("master_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value().encode()) < 32:  # noqa: PLR2004 - AES-256's own size
            raise ValueError("it has fewer than 32 bytes; make one: openssl rand -hex 32")
        return key


def load() -> Settings:
    """The settings from the environment. Raises BadSettings with one sentence."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from None
    if settings.environment == "production":
        _refuse_samples(settings)
        _refuse_lacks(settings)
    else:
        settings = _with_sandbox_defaults(settings)
    _refuse_sharing(settings)
    return settings


def _refuse_samples(settings: Settings) -> None:
    """Production takes no sample secret and no clock but the real one."""
    if settings.master_key.get_secret_value().startswith("sample"):
        raise BadSettings("SUJARIT_MASTER_KEY is a sample: make one with `openssl rand -hex 32`.")
    if settings.clock_file is not None:
        raise BadSettings("SUJARIT_CLOCK_FILE moves time and is for the sandbox only: unset it.")


def _refuse_lacks(settings: Settings) -> None:
    """What only the sandbox can do without."""
    if not settings.evidence:
        raise BadSettings(
            "SUJARIT_EVIDENCE is not set: a folder or bucket for the photos and files that people"
            " send. See docs/deploy.md."
        )
    if not settings.case_files:
        raise BadSettings(
            "SUJARIT_CASE_FILES is not set: a folder or bucket for what people send with a"
            " complaint. See docs/deploy.md."
        )
    if not (settings.public_url or "").startswith("https://"):
        raise BadSettings(
            "SUJARIT_PUBLIC_URL is not like https://name: links to photos and files begin with it."
        )


def _refuse_sharing(settings: Settings) -> None:
    """Keys beside what they seal, or complaints among the evidence of reports, are no seal."""
    places = [settings.keyring, settings.evidence, settings.case_files]
    if len({place.rstrip("/") for place in places}) < len(places):
        raise BadSettings(
            "SUJARIT_KEYRING, SUJARIT_EVIDENCE and SUJARIT_CASE_FILES have to be three folders or"
            " buckets: two of them are the same."
        )


def _with_sandbox_defaults(settings: Settings) -> Settings:
    """What people send lies beside the keyring."""
    beside = settings.keyring.rstrip("/").rpartition("/")[0] or "."
    known = {
        "evidence": settings.evidence or f"{beside}/evidence",
        "case_files": settings.case_files or f"{beside}/case-files",
        "public_url": settings.public_url or SANDBOX_URL,
    }
    return settings.model_copy(update=known)


def _sentence(error: ValidationError) -> str:
    parts = []
    for problem in error.errors():
        name = str(problem["loc"][0])
        variable = name if name.isupper() else f"SUJARIT_{name.upper()}"
        missing = problem["type"] == "missing"
        parts.append(f"{variable} is not set" if missing else f"{variable}: {problem['msg']}")
    return "; ".join(parts) + ". See docs/deploy.md, or try `make demo`, which needs none of it."
