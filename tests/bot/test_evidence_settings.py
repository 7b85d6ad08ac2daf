"""Production names where evidence lies and where people find it; the sandbox need not."""

from pathlib import Path

import pytest

from bot.settings import SANDBOX_URL, BadSettings, load


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    known = {
        "DATABASE_URL": "postgresql://nowhere/none",
        "SUJARIT_MASTER_KEY": "a-test-key-that-is-long-enough-to-be-one",
        "SUJARIT_KEYRING": str(tmp_path / "keyring"),
        "SUJARIT_AGENCIES": str(tmp_path),
        "SUJARIT_EVIDENCE": "gs://agency-evidence",
        "SUJARIT_CASE_FILES": "gs://agency-case-files",
        "SUJARIT_PUBLIC_URL": "https://sujarit.example",
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_production_with_both(environment: pytest.MonkeyPatch) -> None:
    settings = load()
    assert settings.evidence == "gs://agency-evidence"
    assert (settings.evidence_photo_mb, settings.evidence_file_mb) == (10, 20)
    environment.setenv("SUJARIT_EVIDENCE_PHOTO_MB", "0")
    with pytest.raises(BadSettings, match="SUJARIT_EVIDENCE_PHOTO_MB"):
        load()


@pytest.mark.parametrize("name", ["SUJARIT_EVIDENCE", "SUJARIT_CASE_FILES", "SUJARIT_PUBLIC_URL"])
def test_production_without_one_does_not_start(environment: pytest.MonkeyPatch, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(BadSettings, match=name):
        load()


@pytest.mark.parametrize(
    "url", ["http://sujarit.example", "sujarit.example", "https://a.example/?q", "javascript:x"]
)
def test_links_begin_with_https_in_production(environment: pytest.MonkeyPatch, url: str) -> None:
    environment.setenv("SUJARIT_PUBLIC_URL", url)
    with pytest.raises(BadSettings, match="SUJARIT_PUBLIC_URL"):
        load()


def test_the_sandbox_keeps_it_beside_the_keyring(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("SUJARIT_ENVIRONMENT", "sandbox")
    environment.delenv("SUJARIT_EVIDENCE")
    environment.delenv("SUJARIT_CASE_FILES")
    environment.delenv("SUJARIT_PUBLIC_URL")
    settings = load()
    assert (settings.evidence, settings.public_url) == (str(tmp_path / "evidence"), SANDBOX_URL)
    assert settings.case_files == str(tmp_path / "case-files")


@pytest.mark.parametrize("other", ["SUJARIT_EVIDENCE", "SUJARIT_KEYRING"])
def test_what_comes_with_complaints_lies_apart(
    environment: pytest.MonkeyPatch, tmp_path: Path, other: str
) -> None:
    environment.setenv(other, str(tmp_path / "one"))
    environment.setenv("SUJARIT_CASE_FILES", f"{tmp_path / 'one'}/")
    with pytest.raises(BadSettings, match="three folders"):
        load()
