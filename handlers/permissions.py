"""Who may do what, and where: one table of roles and actions, for commands, presses and links.

An action is the name of a topic. What is not in the table nobody may do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handlers.asked import Asked
from handlers.desk import Outcome
from handlers.flex import text_message
from handlers.groups import privately
from handlers.replies import answer_with
from handlers.texts import say
from ita.agency import Role

EVERYONE: Final = frozenset(Role)
WORKERS: Final = EVERYONE - {Role.CITIZEN}
COORDINATORS: Final = frozenset({Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class Permission:
    """Whose the action is; `private`: only where nobody else reads along."""

    roles: frozenset[Role]
    private: bool = True


PERMISSIONS: Final[Mapping[str, Permission]] = {
    "help": Permission(EVERYONE, private=False),
    "scores": Permission(EVERYONE, private=False),
    "statistics": Permission(EVERYONE, private=False),
    "grievance": Permission(EVERYONE),
    "complaint": Permission(EVERYONE),
    "protected": Permission(EVERYONE),
    "follow": Permission(EVERYONE),
    "case": Permission(EVERYONE),
    "adding": Permission(EVERYONE),
    "erase": Permission(EVERYONE),
    "measure": Permission(EVERYONE, private=False),
    "report": Permission(WORKERS, private=False),
    "outstanding": Permission(WORKERS, private=False),
    "summary": Permission(WORKERS, private=False),
    "lift": Permission(WORKERS, private=False),
    "reminders": Permission(WORKERS),
    "snooze": Permission(WORKERS),
    "stop_reminders": Permission(WORKERS),
    "resume_reminders": Permission(WORKERS),
    # coming in and going
    "register": Permission(EVERYONE),
    "join": Permission(EVERYONE),
    "decline": Permission(EVERYONE),
    "cancel": Permission(EVERYONE),
    "leave": Permission(EVERYONE),
    "leave_now": Permission(WORKERS),
    "stay": Permission(EVERYONE),
    # who belongs to the agency
    "invite": Permission(COORDINATORS),
    "withdraw": Permission(COORDINATORS),
    "members": Permission(COORDINATORS),
    "confirm": Permission(COORDINATORS),
    "refuse": Permission(COORDINATORS),
    "revoke": Permission(COORDINATORS),
    # reporting step by step
    "reporting": Permission(WORKERS),
    "other_report": Permission(WORKERS),
    # what was reported as done
    "accepting": Permission(COORDINATORS),
    "accept": Permission(COORDINATORS),
    "send_back": Permission(COORDINATORS),
}


def guarded(action: str, topic: Callable[[Asked], Outcome]) -> Callable[[Asked], Outcome]:
    """The topic for whoever may; one sentence for all others."""
    permission = PERMISSIONS[action]

    def answer(asked: Asked) -> Outcome:
        refused = _refusal(asked, permission)
        return topic(asked) if refused is None else refused

    return answer


def may(role: Role, action: str) -> bool:
    """Whether an action is one of the role's, where nobody else reads along."""
    return role in PERMISSIONS[action].roles


def _refusal(asked: Asked, permission: Permission) -> Outcome | None:
    """What is said to whoever may not, None to whoever may. Nothing of the matter is shown."""
    if asked.person.role not in permission.roles:
        whose = "coordinator" if permission.roles == COORDINATORS else "staff"
        words = say(asked.language, f"citizen.refused.{whose}", agency=asked.agency_name)
        return answer_with(asked, words) if asked.one_to_one else Outcome((text_message(words),))
    if permission.private and not asked.one_to_one:
        return Outcome((privately(asked, say(asked.language, "citizen.refused.privately")),))
    return None
