"""Rich menus through the unmodified SDK."""

import struct
from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiException,
    CreateRichMenuAliasRequest,
    MessagingApi,
    MessagingApiBlob,
    RichMenuBulkLinkRequest,
    RichMenuRequest,
    UpdateRichMenuAliasRequest,
)

from sandbox.people import line_user_id
from tests.sandbox.line.conftest import AGENCY

CLERK = line_user_id(AGENCY, "clerk")


def menu(**more: Any) -> RichMenuRequest:
    area = {
        "bounds": {"x": 0, "y": 0, "width": 1250, "height": 843},
        "action": {"type": "message", "label": "งานค้าง", "text": "งานค้าง"},
    }
    body = {
        "size": {"width": 2500, "height": 843},
        "selected": True,
        "name": "เมนู",
        "chatBarText": "เมนู",
        "areas": [area],
    }
    return RichMenuRequest.from_dict({**body, **more})


def png(width: int = 2500, height: int = 843, length: int = 100) -> bytes:
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"
    return (header + struct.pack(">II", width, height)).ljust(length, b"\0")


def upload(blob: MessagingApiBlob, menu_id: str, image: bytes, kind: str = "image/png") -> None:
    blob.set_rich_menu_image(menu_id, body=image, _headers={"Content-Type": kind})


def status_of(error: pytest.ExceptionInfo[ApiException]) -> int:
    return int(error.value.status)


def test_a_menu_needs_its_image_before_anyone_sees_it(
    api: MessagingApi, blob: MessagingApiBlob
) -> None:
    menu_id = api.create_rich_menu(menu()).rich_menu_id
    with pytest.raises(ApiException) as error:
        api.link_rich_menu_id_to_user(CLERK, menu_id)
    assert status_of(error) == 400

    upload(blob, menu_id, png())
    assert bytes(blob.get_rich_menu_image(menu_id)) == png()
    api.link_rich_menu_id_to_user(CLERK, menu_id)
    assert api.get_rich_menu_id_of_user(CLERK).rich_menu_id == menu_id
    with pytest.raises(ApiException):
        upload(blob, menu_id, png())

    api.unlink_rich_menu_id_from_user(CLERK)
    with pytest.raises(ApiException) as error:
        api.get_rich_menu_id_of_user(CLERK)
    assert status_of(error) == 404


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (b"GIF89a", "image/gif"),
        (b"no picture", "image/png"),
        (png(2500, 842), "image/png"),
        (png(length=1024 * 1024 + 1), "image/png"),
    ],
    ids=["another kind", "not what it says", "another size", "too heavy"],
)
def test_a_wrong_image_is_refused(
    api: MessagingApi, blob: MessagingApiBlob, image: bytes, kind: str
) -> None:
    menu_id = api.create_rich_menu(menu()).rich_menu_id
    with pytest.raises(ApiException):
        upload(blob, menu_id, image, kind)


AREA = menu().areas[0].to_dict()


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"size": {"width": 800, "height": 250}}, {"size": {"width": 799, "height": 250}}),
        ({"size": {"width": 2500, "height": 1686}}, {"size": {"width": 2501, "height": 1686}}),
        ({"size": {"width": 800, "height": 551}}, {"size": {"width": 800, "height": 552}}),
        ({"size": {"width": 2500, "height": 250}}, {"size": {"width": 2500, "height": 249}}),
        ({"areas": [AREA] * 20}, {"areas": [AREA] * 21}),
        ({"chatBarText": "ก" * 14}, {"chatBarText": "ก" * 15}),
    ],
    ids=["width", "width at most", "ratio", "height", "areas", "chatBarText"],
)
def test_a_menus_limits(api: MessagingApi, good: dict[str, Any], bad: dict[str, Any]) -> None:
    api.validate_rich_menu_object(menu(**good))
    try:
        request = menu(**bad)
    except ValueError:
        return  # the SDK's own model refuses it before LINE can
    with pytest.raises(ApiException) as error:
        api.create_rich_menu(request)
    assert status_of(error) == 400


def test_default_aliases_and_bulk_links(api: MessagingApi, blob: MessagingApiBlob) -> None:
    first = api.create_rich_menu(menu()).rich_menu_id
    second = api.create_rich_menu(menu(name="สอง")).rich_menu_id
    for menu_id in (first, second):
        upload(blob, menu_id, png())
    api.set_default_rich_menu(first)
    assert api.get_default_rich_menu_id().rich_menu_id == first

    api.create_rich_menu_alias(
        CreateRichMenuAliasRequest(richMenuAliasId="tab-1", richMenuId=first)
    )
    with pytest.raises(ApiException):
        api.create_rich_menu_alias(
            CreateRichMenuAliasRequest(richMenuAliasId="tab-1", richMenuId=second)
        )
    api.update_rich_menu_alias("tab-1", UpdateRichMenuAliasRequest(richMenuId=second))
    assert api.get_rich_menu_alias("tab-1").rich_menu_id == second
    assert len(api.get_rich_menu_alias_list().aliases) == 1
    api.delete_rich_menu_alias("tab-1")

    api.link_rich_menu_id_to_users(RichMenuBulkLinkRequest(richMenuId=second, userIds=[CLERK]))
    assert api.get_rich_menu_id_of_user(CLERK).rich_menu_id == second
    assert [m.name for m in api.get_rich_menu_list().richmenus] == ["เมนู", "สอง"]
    api.delete_rich_menu(second)
    with pytest.raises(ApiException):
        api.get_rich_menu_id_of_user(CLERK)
    with pytest.raises(ApiException):
        api.get_rich_menu(second)
    api.cancel_default_rich_menu()
    with pytest.raises(ApiException):
        api.get_default_rich_menu_id()
