"""Seals: what opens, what does not, and what is gone."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from store.keyring import KeyGone, Keyring, KeyringAway, Tampered, day_key, draft_key

TODAY = date(2025, 1, 15)
PLACE = ("dongmuang", "event-1", "event")


def test_what_is_sealed_opens_in_its_place_only(keyring: Keyring) -> None:
    sealed = keyring.seal(day_key(TODAY), PLACE, "ทดสอบ".encode())
    assert keyring.unseal(day_key(TODAY), PLACE, sealed).decode() == "ทดสอบ"
    for elsewhere in (
        ("pathumrat", "event-1", "event"),
        ("dongmuang", "event-2", "event"),
        ("dongmuang", "event-1", "line_id"),
        ("dongmuan", "gevent-1", "event"),
    ):
        with pytest.raises(Tampered):
            keyring.unseal(day_key(TODAY), elsewhere, sealed)


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 60])
def test_bytes_that_are_not_ours_are_refused(keyring: Keyring, damage: bytes) -> None:
    keyring.seal(day_key(TODAY), PLACE, b"x")
    with pytest.raises(Tampered):
        keyring.unseal(day_key(TODAY), PLACE, damage)


def test_a_destroyed_key_erases(keyring: Keyring) -> None:
    sealed = keyring.seal("cases/dongmuang/2222-2222/narrative", PLACE, b"words")
    keyring.destroy("cases/dongmuang/2222-2222/narrative")
    keyring.destroy("cases/dongmuang/2222-2222/narrative")
    with pytest.raises(KeyGone):
        keyring.unseal("cases/dongmuang/2222-2222/narrative", PLACE, sealed)


def test_day_keys_live_a_week(keyring: Keyring) -> None:
    week, six_days = date(2025, 1, 8), date(2025, 1, 9)
    old = keyring.seal(day_key(week), PLACE, b"old")
    young = keyring.seal(day_key(six_days), PLACE, b"young")
    assert keyring.destroy_days_before(TODAY) == 1
    assert keyring.unseal_of_day(six_days, TODAY, PLACE, young) == b"young"
    with pytest.raises(KeyGone):
        keyring.unseal_of_day(week, TODAY, PLACE, old)


def test_day_keys_for_drafts_live_through_the_next_day(keyring: Keyring) -> None:
    today, tomorrow, then = date(2025, 1, 15), date(2025, 1, 16), date(2025, 1, 17)
    sealed = keyring.seal(draft_key(today), PLACE, b"draft")
    keyring.seal(day_key(today), PLACE, b"all else")
    assert keyring.destroy_days_before(tomorrow) == 0
    assert keyring.unseal_draft(today, tomorrow, PLACE, sealed) == b"draft"
    assert keyring.destroy_days_before(then) == 1
    with pytest.raises(KeyGone):
        keyring.unseal_draft(today, then, PLACE, sealed)
    with pytest.raises(KeyringAway):  # then it should live
        keyring.unseal_draft(today, tomorrow, PLACE, sealed)


def test_a_damaged_key_for_drafts_gives_nothing_up(keyring: Keyring, tmp_path: Path) -> None:
    keyring.probe(TODAY)
    (tmp_path / "keyring" / "drafts" / TODAY.isoformat()).write_bytes(b"damaged")
    with pytest.raises(KeyringAway):
        keyring.probe(TODAY)


def test_a_key_that_should_live_and_is_not_there_erases_nothing(
    keyring: Keyring, tmp_path: Path
) -> None:
    sealed = keyring.seal(day_key(TODAY), PLACE, b"x")
    with pytest.raises(KeyringAway):
        Keyring(str(tmp_path / "another"), b"k" * 32).unseal_of_day(TODAY, TODAY, PLACE, sealed)


def test_a_strangers_file_among_the_day_keys_is_left_alone(
    keyring: Keyring, tmp_path: Path
) -> None:
    keyring.seal(day_key(TODAY), PLACE, b"x")
    for name in ("2020-13-45", "notes.txt"):
        (tmp_path / "keyring" / "days" / name).write_text("")
    assert keyring.destroy_days_before(TODAY) == 0


def test_the_probe_says_whether_the_keyring_works(keyring: Keyring, tmp_path: Path) -> None:
    keyring.probe(TODAY)
    (tmp_path / "keyring" / "days" / TODAY.isoformat()).write_bytes(b"damaged")
    with pytest.raises(KeyringAway):
        keyring.probe(TODAY)
    (tmp_path / "a-file").write_text("")
    with pytest.raises(KeyringAway):
        Keyring(str(tmp_path / "a-file"), b"k" * 32).probe(TODAY)


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    sealed = Keyring(str(tmp_path), b"a" * 32).seal(day_key(TODAY), PLACE, b"x")
    with pytest.raises(KeyringAway):
        Keyring(str(tmp_path), b"b" * 32).unseal(day_key(TODAY), PLACE, sealed)


@pytest.mark.parametrize("damage", [b"", b"damaged", b"\0" * 60])
def test_one_damaged_file_is_no_keyring_that_is_away(
    keyring: Keyring, tmp_path: Path, damage: bytes
) -> None:
    sealed = keyring.seal("cases/a", PLACE, b"x")
    (tmp_path / "keyring" / "cases" / "a").write_bytes(damage)
    with pytest.raises(KeyringAway):  # nothing says that the master key is the right one
        keyring.unseal("cases/a", PLACE, sealed)
    keyring.seal(day_key(TODAY), PLACE, b"x")
    with pytest.raises(Tampered):
        keyring.unseal("cases/a", PLACE, sealed)
    with pytest.raises(KeyringAway):
        Keyring(str(tmp_path / "keyring"), b"another" * 5).unseal("cases/a", PLACE, sealed)


def test_what_is_entered_stands_there_until_it_is_struck_out(
    keyring: Keyring, tmp_path: Path
) -> None:
    assert list(keyring.entered("people/a")) == []
    for value in ("one", "two", "two"):
        keyring.enter("people/a", value)
    keyring.enter("people/b", "one")
    assert sorted(map(str, keyring.entered("people/a"))) == ["one", "two"]
    for _ in range(2):
        keyring.strike("people/a", "one")
    assert list(keyring.entered("people/a")) == ["two"]
    assert list(keyring.entered("people/b")) == ["one"], "of another folder"
    files = [path for path in (tmp_path / "keyring" / "people").rglob("*") if path.is_file()]
    assert len({path.name for path in files}) == 2
    assert not any(b"two" in path.read_bytes() or "two" in str(path.name) for path in files)


def test_references_differ_by_agency_and_purpose(keyring: Keyring) -> None:
    seen = {
        keyring.reference(agency, purpose, "U" + "0" * 32)
        for agency in ("dongmuang", "pathumrat")
        for purpose in ("person", "chat")
    }
    assert len(seen) == 4
    assert all(len(value) == 32 for value in seen)


def test_who_did_something_on_a_day_is_found_on_that_day_alone(tmp_path: Path) -> None:
    """Nobody can try values out later: neither with the master key, nor on another day."""
    ours, others = (Keyring(str(tmp_path / name), b"k" * 32) for name in ("ours", "others"))
    known = ours.reference_of_day(TODAY, "a", "pace", "U1")
    again = Keyring(str(tmp_path / "ours"), b"k" * 32)
    assert again.reference_of_day(TODAY, "a", "pace", "U1") == known
    ours.destroy_days_before(date(2025, 1, 22))
    assert known not in {
        ours.reference_of_day(TODAY, "a", "pace", "U1"),  # by a new key
        others.reference_of_day(TODAY, "a", "pace", "U1"),
        again.reference_of_day(TODAY, "b", "pace", "U1"),
        again.reference_of_day(TODAY, "a", "other", "U1"),
        again.reference_of_day(date(2025, 1, 16), "a", "pace", "U1"),
        again.reference("a", "pace", "U1"),
    }


def test_key_files_are_private(keyring: Keyring, tmp_path: Path) -> None:
    keyring.seal(day_key(TODAY), PLACE, b"x")
    (key,) = (tmp_path / "keyring" / "days").iterdir()
    assert key.stat().st_mode & 0o077 == 0
    assert key.stat().st_size == 60, "wrapped: nonce, key and tag, never the key itself"


def test_processes_that_need_a_new_days_key_together_get_one(tmp_path: Path) -> None:
    seal = (
        "import sys; from store.keyring import Keyring; ring = Keyring(sys.argv[1], b'k' * 32);"
        "sys.stdout.buffer.write(ring.seal('days/2025-01-15', ('a',), b'x'))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", seal, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    sealed = [process.communicate(timeout=30)[0] for process in started]
    reader = Keyring(str(tmp_path), b"k" * 32)
    assert [reader.unseal("days/2025-01-15", ("a",), one) for one in sealed] == [b"x"] * 4
