"""With whom the sheet is shared: warned of, listed, or said plainly that nobody knows."""

from pathlib import Path
from typing import Any

import pytest

from sheets.google import Google
from sheets.sharing import Sharing, check_sharing, judged
from tests.sandbox.google.stage import Stage
from tests.sheets.conftest import BOOK, Served

US = "sujarit@sandbox.iam.gserviceaccount.com"
USER = {"type": "user", "role": "writer", "emailAddress": "malee@tambon.go.th"}
GROUP = {"type": "group", "role": "reader", "emailAddress": "all@elsewhere.example"}
OWN = {"type": "user", "role": "writer", "emailAddress": US}

CASES: tuple[tuple[str, list[dict[str, Any]], tuple[str, ...], tuple[str, ...]], ...] = (
    ("nobody else", [OWN], ("malee@tambon.go.th",), ()),
    ("its people", [OWN, USER], ("Malee@Tambon.go.th",), ()),
    ("its domain", [OWN, USER], ("@tambon.go.th",), ()),
    ("a stranger", [OWN, USER, GROUP], ("malee@tambon.go.th",), ("all@elsewhere.example",)),
    ("nobody is named", [OWN, USER, GROUP], (), ()),
    ("by link", [{"type": "anyone", "role": "writer"}], (), ("anybody who has the link can edit",)),
    ("by link, to read", [{"type": "anyone", "role": "reader"}], ("@x.y",), ("can read",)),
    ("a whole domain", [{"type": "domain", "role": "commenter", "domain": "Tambon.go.th"}], (),
     ("everybody at Tambon.go.th can comment on",)),
    ("the domain is meant", [{"type": "domain", "role": "reader", "domain": "Tambon.go.th"}],
     ("@tambon.go.th",), ()),
    ("an account that is gone", [USER | {"deleted": True}], ("other@x.y",), ()),
    ("a role of tomorrow", [GROUP | {"role": "wizard"}], ("other@x.y",), ("can open it",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("permissions", "people", "said"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_who_goes_beyond_the_agencys_people(
    permissions: list[dict[str, Any]], people: tuple[str, ...], said: tuple[str, ...]
) -> None:
    found = judged(permissions, people, US)
    assert len(found.warnings) == len(said)
    assert all(words in warning for words, warning in zip(said, found.warnings, strict=True))


def test_it_asks_google(served: Served, google: Google) -> None:
    """The stand-in gives a token its scopes only: Drive wants another than the sheets do."""
    found = check_sharing(google, BOOK, ("malee@sandbox.example",))
    assert found.unchecked is None
    assert found.addresses == ("owner@owner.sandbox.example", US)
    assert found.warnings == (
        "owner@owner.sandbox.example can edit it, and is not in the agency's sheet.people",
        "everybody at sandbox.example can edit it",
    )
    person = Stage(served.world, served.url, Path()).person("owner@owner.sandbox.example")
    person.open_by_key(BOOK).share("", "anyone", "reader")
    assert "anybody who has the link can read it" in check_sharing(google, BOOK, ()).warnings
    assert google.outline(BOOK), "its own token is as before"


def test_pages_are_put_together(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [{"permissions": [USER], "nextPageToken": "2"}, {"permissions": [GROUP]}]
    asked: list[Any] = []

    def call(_: Any, *__: Any, params: dict[str, str]) -> Any:
        asked.append(params.get("pageToken"))
        return pages[len(asked) - 1]

    monkeypatch.setattr(Google, "_call", call)
    assert len(check_sharing(google, BOOK, ()).addresses) == 2
    assert asked == [None, "2"]


@pytest.mark.parametrize("how", ["drive is off", "reader", "fault", "unreachable"])
def test_where_google_does_not_tell_that_is_said(
    how: str, served: Served, google: Google, tmp_path: Path
) -> None:
    if how == "drive is off":
        served.world.switches.drive_enabled = False
    elif how == "reader":
        own = [p for p in served.world.files[BOOK].permissions if p.get("emailAddress") == US]
        own[0]["role"] = "reader"
    elif how == "fault":
        served.world.faults.add("drive.permissions.list", "drop_before")
    else:
        key = tmp_path / "account.json"
        google = Google(key, host="http://127.0.0.1:9")
    found = check_sharing(google, BOOK, ())
    assert isinstance(found, Sharing)
    assert found.unchecked is not None
    assert found.unchecked.endswith("look at Share in the spreadsheet")
    assert found.warnings == found.addresses == ()
