"""Agency files: what is wrong is said with file, line and field, and no secret is shown."""

from pathlib import Path

import pytest

from bot.agencies import BadAgency, load
from sandbox.town import AGENCIES

GOOD = """\
slug = "tambon"
name = "องค์การบริหารส่วนตำบลตัวอย่าง"
short_name = "อบต.ตัวอย่าง"
type = "sao"
district = "ตัวอย่าง"
province = "ตัวอย่าง"
fiscal_year = 2568

[[units]]
name = "สำนักปลัด"

[line]
channel_id = "2000000000"
channel_secret = "env:TAMBON_SECRET"
bot_user_id = "U00000000000000000000000000000000"

[sheet]
spreadsheet_id = "spreadsheet-1"
"""


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAMBON_SECRET", "the-secret-itself")


def write(folder: Path, text: str, name: str = "tambon.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_file(tmp_path: Path) -> None:
    agency = load(write(tmp_path, GOOD))["tambon"]
    assert agency.line.channel_secret.get_secret_value() == "the-secret-itself"
    assert agency.facts().units[0].name == "สำนักปลัด"
    assert "the-secret-itself" not in repr(agency)


WRONG = (
    ("fiscal_year = 2568", "fiscal_year = 1999", "tambon.toml:7: fiscal_year"),
    ("fiscal_year = 2568", 'fiscal_year = "soon"', "tambon.toml:7: fiscal_year"),
    ('type = "sao"', 'type = "village"', "tambon.toml:4: type"),
    ('channel_id = "2000000000"', 'channel_id = "abc"', "tambon.toml:13: line.channel_id"),
    ('province = "ตัวอย่าง"\n', "", "province"),
    ('slug = "tambon"', 'slug = "Tambon!"', "tambon.toml:1: slug"),
    ("env:TAMBON_SECRET", "env:NOT_SET", "tambon.toml:14: line.channel_secret"),
    ("env:TAMBON_SECRET", "the-secret-itself", "tambon.toml:14: line.channel_secret"),
    ("env:TAMBON_SECRET", "sample:0123", "tambon.toml:14: line.channel_secret"),
    ("[sheet]", "[sheets]", "sheet"),
    ("[line]", "[line", "line 12"),
)


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_what_is_wrong_is_said_where(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(BadAgency) as refused:
        load(write(tmp_path, GOOD.replace(old, new)))
    assert says in str(refused.value)
    assert "the-secret-itself" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "slug"),
        ({"tambon": "other"}, "line.channel_id"),
        ({"tambon": "other", "2000000000": "2000000001"}, "line.channel_secret"),
    ],
)
def test_two_agencies_share_nothing(tmp_path: Path, change: dict[str, str], field: str) -> None:
    other = GOOD
    for old, new in change.items():
        other = other.replace(old, new)
    write(tmp_path, GOOD)
    with pytest.raises(BadAgency, match=field):
        load(write(tmp_path, other, "other.toml"))


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadAgency, match="deploy"):
        load(tmp_path)


def test_the_five_sample_agencies() -> None:
    assert sorted(load(AGENCIES, samples=True)) == [
        "chatturat", "dongmuang", "khamphi", "pathumrat", "phrathaen",
    ]  # fmt: skip


SHORT = (
    ("an empty file", b""),
    ("a line break alone", b"\n"),
    ("too short", b"fifteen-letters\n"),
    ("not UTF-8", b"\xff\xfe" * 20),
)


@pytest.mark.parametrize(("name", "content"), SHORT)
def test_a_secret_that_anybody_could_guess_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(content)
    text = GOOD.replace("env:TAMBON_SECRET", f"file:{secret}")
    with pytest.raises(BadAgency) as refused:
        load(write(tmp_path, text))
    assert "tambon.toml:14: line.channel_secret" in str(refused.value), name
    assert "fifteen" not in str(refused.value)


def test_short_secrets_are_refused_wherever_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAMBON_SECRET", " " * 32)
    with pytest.raises(BadAgency, match=r"14: line\.channel_secret"):
        load(write(tmp_path, GOOD))
    with pytest.raises(BadAgency, match=r"14: line\.channel_secret"):
        load(write(tmp_path, GOOD.replace("env:TAMBON_SECRET", "sample:")), samples=True)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "tambon.toml").write_bytes(GOOD.encode("cp874"))
    with pytest.raises(BadAgency, match=r"tambon\.toml: not a text in UTF-8"):
        load(tmp_path)
