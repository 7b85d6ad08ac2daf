"""LINE's rich menu API: menus with their images, aliases for tabs, the default, links to users."""

import secrets
import struct
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, request

from sandbox.line import actions
from sandbox.line.answering import Asked, answer
from sandbox.line.richmenus import Menu
from sandbox.line.rules import Path, Problem, flag, items, pattern, shape, text, whole
from sandbox.line.state import Refused

LARGEST_IMAGE = 1024 * 1024
NARROWEST_RATIO = 1.45
_FORMATS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def _wide_enough(size: dict[str, Any], path: Path) -> Iterator[Problem]:
    if size["width"] / size["height"] < NARROWEST_RATIO:
        yield Problem(path, f"The aspect ratio must be at least {NARROWEST_RATIO}")


_MENU = shape(
    {
        "size": shape({"width": whole(800, 2500), "height": whole(250)}, None, _wide_enough),
        "selected": flag,
        "name": text(300),
        "chatBarText": text(14),
        "areas": items(
            shape(
                {
                    "bounds": shape(
                        {"x": whole(), "y": whole(), "width": whole(1), "height": whole(1)}
                    ),
                    "action": actions.RICH_MENU,
                }
            ),
            0,
            20,
        ),
    }
)
_ALIAS_ID = pattern(r"[a-z0-9_-]{1,32}")
_USERS = items(text(100), 1, 500)


def _create(asked: Asked) -> Response:
    body = asked.json(_MENU)
    menu_id = f"richmenu-{secrets.token_hex(16)}"
    asked.state.menus.menus[menu_id] = Menu(body)
    return answer({"richMenuId": menu_id})


def _validate(asked: Asked) -> Response:
    asked.json(_MENU)
    return answer({})


def _menu(asked: Asked, menu_id: str | None = None) -> Menu:
    menu = asked.state.menus.menus.get(menu_id or asked.args["menu_id"])
    if menu is None:
        raise Refused(404, "richmenu not found")
    return menu


def _shown(asked: Asked, menu_id: str) -> str:
    """Check that a menu can be shown to people; returns its ID."""
    if _menu(asked, menu_id).image is None:
        raise Refused(400, "must upload richmenu image before applying it to user")
    return menu_id


def _get(asked: Asked) -> Response:
    return answer({"richMenuId": asked.args["menu_id"], **_menu(asked).body})


def _list(asked: Asked) -> Response:
    menus = asked.state.menus.menus
    return answer({"richmenus": [{"richMenuId": name, **m.body} for name, m in menus.items()]})


def _delete(asked: Asked) -> Response:
    _menu(asked)
    asked.state.menus.forget(asked.args["menu_id"])
    return answer({})


def _upload(asked: Asked) -> Response:
    menu = _menu(asked)
    kind, image = request.mimetype, request.get_data()
    if kind not in _FORMATS or not image.startswith(_FORMATS[kind]):
        raise Refused(415, "The image must be a JPEG or a PNG and its Content-Type must say so")
    if len(image) > LARGEST_IMAGE:
        raise Refused(413, "The image exceeds the max size of 1 MB")
    if menu.image is not None:
        raise Refused(400, "An image has already been uploaded to the richmenu")
    size = (menu.body["size"]["width"], menu.body["size"]["height"])
    if kind == "image/png" and _png_size(image) != size:
        raise Refused(400, "The image size is not equal to richmenu size")
    menu.image, menu.image_kind = image, kind
    return answer({})


def _png_size(image: bytes) -> tuple[int, ...]:
    return struct.unpack(">II", image[16:24]) if len(image) >= 24 else ()  # noqa: PLR2004 - the end of a PNG's IHDR size


def _download(asked: Asked) -> Response:
    menu = _menu(asked)
    if menu.image is None:
        raise Refused(404, "Not found")
    return Response(menu.image, content_type=menu.image_kind)


def _set_default(asked: Asked) -> Response:
    asked.state.menus.default = _shown(asked, asked.args["menu_id"])
    return answer({})


def _get_default(asked: Asked) -> Response:
    if asked.state.menus.default is None:
        raise Refused(404, "no default richmenu")
    return answer({"richMenuId": asked.state.menus.default})


def _clear_default(asked: Asked) -> Response:
    asked.state.menus.default = None
    return answer({})


def _link(asked: Asked) -> Response:
    menu_id = _shown(asked, asked.args["menu_id"])
    asked.state.menus.links[_user(asked, asked.args["user_id"])] = menu_id
    return answer({})


def _user(asked: Asked, user_id: str) -> str:
    if user_id not in asked.state.friends:
        raise Refused(400, "The user ID is invalid")
    return user_id


def _get_link(asked: Asked) -> Response:
    menu_id = asked.state.menus.links.get(asked.args["user_id"])
    if menu_id is None:
        raise Refused(404, "the user has no richmenu")
    return answer({"richMenuId": menu_id})


def _unlink(asked: Asked) -> Response:
    asked.state.menus.links.pop(_user(asked, asked.args["user_id"]), None)
    return answer({})


def _link_many(asked: Asked) -> Response:
    body = asked.json(shape({"richMenuId": text(100), "userIds": _USERS}))
    menu_id = _shown(asked, body["richMenuId"])
    asked.state.menus.links |= dict.fromkeys(body["userIds"], menu_id)
    return answer({}, 202)


def _unlink_many(asked: Asked) -> Response:
    for user_id in asked.json(shape({"userIds": _USERS}))["userIds"]:
        asked.state.menus.links.pop(user_id, None)
    return answer({}, 202)


def _create_alias(asked: Asked) -> Response:
    body = asked.json(shape({"richMenuAliasId": _ALIAS_ID, "richMenuId": text(100)}))
    if body["richMenuAliasId"] in asked.state.menus.aliases:
        raise Refused(400, "conflict richmenu alias id")
    asked.state.menus.aliases[body["richMenuAliasId"]] = _aliased(asked, body["richMenuId"])
    return answer({})


def _aliased(asked: Asked, menu_id: str) -> str:
    if menu_id not in asked.state.menus.menus:
        raise Refused(400, "richmenu not found")
    return menu_id


def _alias(asked: Asked) -> str:
    menu_id = asked.state.menus.aliases.get(asked.args["alias_id"])
    if menu_id is None:
        raise Refused(404, "richmenu alias not found")
    return menu_id


def _get_alias(asked: Asked) -> Response:
    return answer(_alias_body(asked.args["alias_id"], _alias(asked)))


def _alias_body(alias_id: str, menu_id: str) -> dict[str, str]:
    return {"richMenuAliasId": alias_id, "richMenuId": menu_id}


def _update_alias(asked: Asked) -> Response:
    _alias(asked)
    menu_id = asked.json(shape({"richMenuId": text(100)}))["richMenuId"]
    asked.state.menus.aliases[asked.args["alias_id"]] = _aliased(asked, menu_id)
    return answer({})


def _delete_alias(asked: Asked) -> Response:
    _alias(asked)
    del asked.state.menus.aliases[asked.args["alias_id"]]
    return answer({})


def _list_aliases(asked: Asked) -> Response:
    return answer({"aliases": [_alias_body(*pair) for pair in asked.state.menus.aliases.items()]})


ROUTES: tuple[tuple[str, str, str, Callable[[Asked], Response]], ...] = (
    ("POST", "/v2/bot/richmenu", "richmenu", _create),
    ("POST", "/v2/bot/richmenu/validate", "richmenu", _validate),
    ("GET", "/v2/bot/richmenu/list", "richmenu", _list),
    ("GET", "/v2/bot/richmenu/<menu_id>", "richmenu", _get),
    ("DELETE", "/v2/bot/richmenu/<menu_id>", "richmenu", _delete),
    ("POST", "/v2/bot/richmenu/<menu_id>/content", "richmenu_image", _upload),
    ("GET", "/v2/bot/richmenu/<menu_id>/content", "richmenu_image", _download),
    ("POST", "/v2/bot/user/all/richmenu/<menu_id>", "richmenu_default", _set_default),
    ("GET", "/v2/bot/user/all/richmenu", "richmenu_default", _get_default),
    ("DELETE", "/v2/bot/user/all/richmenu", "richmenu_default", _clear_default),
    ("POST", "/v2/bot/user/<user_id>/richmenu/<menu_id>", "richmenu_link", _link),
    ("GET", "/v2/bot/user/<user_id>/richmenu", "richmenu_link", _get_link),
    ("DELETE", "/v2/bot/user/<user_id>/richmenu", "richmenu_link", _unlink),
    ("POST", "/v2/bot/richmenu/bulk/link", "richmenu_link", _link_many),
    ("POST", "/v2/bot/richmenu/bulk/unlink", "richmenu_link", _unlink_many),
    ("POST", "/v2/bot/richmenu/alias", "richmenu_alias", _create_alias),
    ("GET", "/v2/bot/richmenu/alias/list", "richmenu_alias", _list_aliases),
    ("GET", "/v2/bot/richmenu/alias/<alias_id>", "richmenu_alias", _get_alias),
    ("POST", "/v2/bot/richmenu/alias/<alias_id>", "richmenu_alias", _update_alias),
    ("DELETE", "/v2/bot/richmenu/alias/<alias_id>", "richmenu_alias", _delete_alias),
)
