"""One chat as a person sees it: own and others' events, the bot's messages, the rich menu."""

from collections.abc import Iterator
from typing import Any

from sandbox.line.state import ChannelState, Delivery, Sent
from sandbox.people import find, line_group_id, line_user_id

KEPT = 200
"""How many items of a chat are shown, from the newest back."""

Json = dict[str, Any]


def chat(state: ChannelState, person: str, group: str | None) -> Json:
    """What stands in a person's chat with the account, or in a group chat, in order.

    To be called under the world's lock.
    """
    agency = state.channel.agency
    user_id = line_user_id(agency, person)
    chat_id = line_group_id(agency, group) if group else user_id
    there = state.groups.get(chat_id)
    return {
        "items": list(_in_order(state, chat_id))[-KEPT:],
        "blocked": user_id in state.blocked,
        "members": [{"slug": p.slug, "name": p.name} for p in there.members.values()]
        if there
        else [],
        "menu": None if group else _menu(state, user_id),
    }


def _in_order(state: ChannelState, chat_id: str) -> Iterator[Json]:
    """Each event stands before the messages that were sent after its first delivery."""
    sent = [(place, one) for place, one in enumerate(state.sent) if one.to == chat_id]
    for event_id, tries in _tries(state).items():
        event = state.delivered.get(event_id)
        if event is None or _chat_of(event) != chat_id:
            continue
        while sent and sent[0][0] < tries[0].before:
            yield _message(sent.pop(0)[1])
        yield _event(state, event, tries)
    yield from (_message(one) for _, one in sent)


def _tries(state: ChannelState) -> dict[str, list[Delivery]]:
    """Event id → the deliveries that carried it, in the order of the first ones."""
    found: dict[str, list[Delivery]] = {}
    for delivery in state.deliveries:
        for event_id in delivery.events:
            found.setdefault(event_id, []).append(delivery)
    return found


def _chat_of(event: Json) -> str | None:
    source = event["source"] if isinstance(event.get("source"), dict) else {}
    return source.get("groupId") or source.get("userId")


def _event(state: ChannelState, event: Json, tries: list[Delivery]) -> Json:
    sender = state.friends.get(event["source"].get("userId", ""))
    message = event["message"] if isinstance(event.get("message"), dict) else {}
    return {
        "kind": "event",
        "id": event["webhookEventId"],
        "type": event.get("type"),
        "slug": sender.slug if sender else None,
        "name": sender.name if sender else "",
        "message": message,
        "postback": event.get("postback"),
        "unsent": message.get("id") in state.unsent,
        "at": tries[0].at.isoformat(),
        "status": tries[-1].status,
        "tries": len(tries),
    }


def _message(sent: Sent) -> Json:
    return {
        "kind": "message",
        "id": sent.message_id,
        "message": sent.message,
        "via": sent.via,
        "at": sent.at.isoformat(),
    }


def _menu(state: ChannelState, user_id: str) -> Json | None:
    menu_id = state.menus.links.get(user_id) or state.menus.default
    menu = state.menus.menus.get(menu_id or "")
    if menu is None:
        return None
    return {"id": menu_id, **menu.body}


def strangers(state: ChannelState) -> Iterator[Json]:
    """The people who wrote to the account and are no sample people."""
    for person in state.friends.values():
        if find((), person.agency, person.slug) == person:
            yield {"slug": person.slug, "name": person.name, "role": person.role, "units": []}
