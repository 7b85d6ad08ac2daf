"""The tables, as SQLAlchemy Core sees them. Alembic's revisions in migrations/ make them.

Every table with anything of an agency's has an `agency` column and stands under row-level security
(see the revision "house"), so a statement that forgets its WHERE still sees one agency only. The
house's own tables (at the end) have none: they hold names, times and counts, and nobody's words.

`bytea` columns named *sealed* hold AES-GCM ciphertext; `key_day` says under which day's key.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

metadata = sa.MetaData()


def _agency() -> sa.Column[str]:
    return sa.Column("agency", sa.Text, primary_key=True)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


# Who writes: found by HMAC of the LINE user id, which itself is not kept here.
person = sa.Table(
    "person",
    metadata,
    _agency(),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("units", sa.ARRAY(sa.Text), nullable=False),
    # By this number people speak of a member, as no name is kept.
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column(
        "joined_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
    ),
    _moment("blocked_at", optional=True),
    sa.UniqueConstraint("agency", "number"),
)

# Invitations: of the code only its HMAC. `invited_by` is a person's reference, "" the operator.
invitation = sa.Table(
    "invitation",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, sa.Identity(always=True), primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("units", sa.ARRAY(sa.Text), nullable=False),
    sa.Column("uses_left", sa.Integer, nullable=False),
    _moment("expires_at"),
    sa.Column("invited_by", sa.Text, nullable=False),
    sa.Column("replaces", sa.Integer),
    sa.UniqueConstraint("agency", "code"),
)

# Who consented and waits to be confirmed. `invited_by` is as above, NULL where that person is gone.
applicant = sa.Table(
    "applicant",
    metadata,
    _agency(),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("units", sa.ARRAY(sa.Text), nullable=False),
    sa.Column("replaces", sa.Integer),
    sa.Column("invited_by", sa.Text),
    _moment("asked_at"),
    sa.UniqueConstraint("agency", "number"),
)

# Whose role was taken away, by an HMAC for this purpose alone: a code does not bring it back.
revoked = sa.Table(
    "revoked",
    metadata,
    _agency(),
    sa.Column("ref", sa.Text, primary_key=True),
    _moment("at"),
)

# Codes that opened nothing: who tried (an HMAC likewise) and when, to slow guessing for an hour.
wrong_code = sa.Table(
    "wrong_code",
    metadata,
    _agency(),
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("person", sa.Text, nullable=False),
    _moment("at"),
)
sa.Index("wrong_code_at", wrong_code.c.agency, wrong_code.c.at)

# What the buttons of a reply do, for one person in one chat, all three by HMACs for this purpose
# alone; LINE gets opaque ids.
button = sa.Table(
    "button",
    metadata,
    _agency(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("made_on", sa.Date, nullable=False),
    sa.Column("sealed_actions", sa.LargeBinary, nullable=False),
)
sa.Index("button_made", button.c.agency, button.c.made_on)

# Where a person stands in a conversation of several messages; person and chat by HMACs likewise.
step = sa.Table(
    "step",
    metadata,
    _agency(),
    sa.Column("chat", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("sealed_step", sa.LargeBinary, nullable=False),
    sa.Column("key_day", sa.Date, nullable=False),
)

# LINE's ids of the rich menus by the roles that see them, and which one each member is shown; of
# the member an HMAC for this purpose alone.
rich_menu = sa.Table(
    "rich_menu",
    metadata,
    _agency(),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("line_id", sa.Text, nullable=False),
)
menu_link = sa.Table(
    "menu_link",
    metadata,
    _agency(),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("line_id", sa.Text, nullable=False),
    sa.UniqueConstraint("agency", "chat"),
)

# A chat's row is the lock under which its events are handled in order.
chat = sa.Table(
    "chat",
    metadata,
    _agency(),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("sealed_line_id", sa.LargeBinary),
    sa.Column("key_day", sa.Date),
)

# The journal: every webhook event once. The body is dropped when the event is handled.
event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("webhook_event_id", sa.Text, nullable=False),
    sa.Column("chat", sa.Text, nullable=False),
    _moment("occurred_at"),
    _moment("received_at"),
    sa.Column("sealed_body", sa.LargeBinary),
    sa.Column("key_day", sa.Date, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("retry_at", optional=True),
    _moment("handled_at", optional=True),
    _moment("set_aside_at", optional=True),
    sa.Column("error", sa.Text),
    sa.UniqueConstraint("agency", "webhook_event_id"),
)
sa.Index(
    "event_waiting",
    event.c.agency,
    event.c.chat,
    event.c.occurred_at,
    postgresql_where=sa.and_(event.c.handled_at.is_(None), event.c.set_aside_at.is_(None)),
)
sa.Index("event_received", event.c.agency, event.c.received_at)
sa.Index("event_set_aside", event.c.agency, postgresql_where=event.c.set_aside_at.is_not(None))

# Messages to LINE. `id` doubles as the retry key of a push; `outcome` says how it ended.
message = sa.Table(
    "message",
    metadata,
    sa.Column("id", UUID(as_uuid=True), primary_key=True),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("chat", sa.Text, nullable=False),
    sa.Column("event", sa.BigInteger, nullable=False),
    sa.Column("sealed_body", sa.LargeBinary),
    sa.Column("key_day", sa.Date, nullable=False),
    _moment("token_expires_at"),
    _moment("attempted_at", optional=True),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("retry_at", optional=True),
    _moment("settled_at", optional=True),
    sa.Column("outcome", sa.Text),
)
sa.Index(
    "message_waiting",
    message.c.agency,
    message.c.chat,
    message.c.event,
    postgresql_where=message.c.settled_at.is_(None),
)

sa.Index("message_expired", message.c.agency, message.c.token_expires_at)

# The register. `id` is the row's identity in the agency's spreadsheet (int32).
measure = sa.Table(
    "measure",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fiscal_year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("keywords", sa.Text, nullable=False, server_default=""),
    sa.Column("method", sa.Text, nullable=False, server_default=""),
    sa.Column("indicator", sa.Integer),
    sa.Column("items", sa.ARRAY(sa.Text), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("period_raw", sa.Text, nullable=False),
    sa.Column("period_kind", sa.Text, nullable=False),
    sa.Column("period_start", sa.Date),
    sa.Column("period_end", sa.Date),
    sa.Column("budget", sa.Text, nullable=False, server_default=""),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("percent", sa.Integer),
    sa.Column("output", sa.Text, nullable=False, server_default=""),
    sa.Column("outcome", sa.Text, nullable=False, server_default=""),
    sa.Column("obstacle", sa.Text, nullable=False, server_default=""),
    sa.Column("budget_used", sa.Text, nullable=False, server_default=""),
    sa.Column("evidence", sa.ARRAY(sa.Text), nullable=False),
    _moment("last_report_at", optional=True),
    sa.Column("acceptance", sa.Text),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    # The message it was written in, likewise an HMAC: whoever unsends it takes the reason back.
    sa.Column("reason_message", sa.Text),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default="false"),
    sa.UniqueConstraint("agency", "fiscal_year", "number"),
)
published_cells = sa.Table(
    "published_cells",
    metadata,
    _agency(),
    sa.Column("measure", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("cells", sa.JSON, nullable=False),
    sa.ForeignKeyConstraint(
        ["agency", "measure"], ["measure.agency", "measure.id"], ondelete="CASCADE"
    ),
)
progress = sa.Table(
    "progress",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("measure", sa.Integer, nullable=False),
    _moment("at"),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("percent", sa.Integer),
    sa.Column("output", sa.Text, nullable=False),
    sa.Column("links", sa.ARRAY(sa.Text), nullable=False),
    # Whoever reports does not accept: an HMAC for this purpose alone.
    sa.Column("reporter", sa.Text),
    sa.Column("outcome", sa.Text, nullable=False, server_default=""),
    sa.Column("obstacle", sa.Text, nullable=False, server_default=""),
    sa.Column("budget_used", sa.Text, nullable=False, server_default=""),
    sa.Column("act_on", sa.Date),
    sa.Column("round", sa.Date),
    sa.Column("says_done", sa.Boolean, nullable=False, server_default="false"),
    # The messages it was written in, so that whoever unsends one takes it back: HMACs likewise.
    sa.Column("messages", ARRAY(sa.Text), nullable=False, server_default="{}"),
    # What it changed of the measure, so that it can be undone: column → [before, after].
    sa.Column("changed", JSONB, nullable=False, server_default="{}"),
    sa.Column("undone", sa.Boolean, nullable=False, server_default="false"),
    sa.Column("unsent", sa.Boolean, nullable=False, server_default="false"),
    sa.ForeignKeyConstraint(["agency", "measure"], ["measure.agency", "measure.id"]),
)
sa.Index("progress_messages", progress.c.messages, postgresql_using="gin")
# Photos and files that people sent, by an HMAC of LINE's message id for this purpose alone; the
# content lies in the evidence folder. `state`: waiting, ready, refused, gone, or unsent until the
# file is deleted. `why` stands until `person` has been told; `sealed_origin` until it is fetched.
evidence = sa.Table(
    "evidence",
    metadata,
    _agency(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("why", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("type", sa.Text),
    sa.Column("bytes", sa.BigInteger),
    _moment("made_at"),
    sa.Column("sealed_origin", sa.LargeBinary),
    sa.Column("key_day", sa.Date),
    sa.Column("person", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("retry_at", optional=True),
)
sa.Index(
    "evidence_open",
    evidence.c.agency,
    evidence.c.made_at,
    postgresql_where=evidence.c.state.in_(("waiting", "unsent")),
)
sa.Index(
    "evidence_to_tell",
    evidence.c.agency,
    evidence.c.person,
    postgresql_where=evidence.c.why.is_not(None),
)

# Messages that were taken back, also those that had not come yet; `message` is an HMAC for this
# purpose alone.
unsent = sa.Table(
    "unsent",
    metadata,
    _agency(),
    sa.Column("message", sa.Text, primary_key=True),
    _moment("at"),
)
sa.Index("unsent_at", unsent.c.agency, unsent.c.at)

score = sa.Table(
    "score",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fiscal_year", sa.Integer, nullable=False),
    sa.Column("indicator", sa.Integer, nullable=False),
    sa.Column("points", sa.Numeric(5, 2)),
    sa.UniqueConstraint("agency", "fiscal_year", "indicator"),
)
oit_item = sa.Table(
    "oit_item",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("fiscal_year", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("present", sa.Boolean),
    sa.Column("url", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("agency", "fiscal_year", "code"),
)

# A case outside its seals. Its words lie under keys of its own in the keyring, named by HMACs of
# `key`, a random name that stands nowhere else; ids are random, and times are days: nothing here
# tells which event it came from.
case_file = sa.Table(
    "case_file",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("received_on", sa.Date, nullable=False),
    sa.Column("unit", sa.Text, nullable=False, server_default=""),
    sa.Column("result", sa.Text, nullable=False, server_default=""),
    sa.Column("title", sa.Text, nullable=False, server_default=""),
    sa.Column("titled", sa.Boolean, nullable=False, server_default="false"),
    sa.Column("submitted_on", sa.Date),
    sa.Column("acknowledged_on", sa.Date),
    sa.Column("concluded_on", sa.Date),
    sa.Column("informed_on", sa.Date),
    sa.Column("closed_on", sa.Date),
    sa.Column("withdrawal_on", sa.Date),
    sa.Column("reopened_on", sa.Date),
    # What was published of a half-year stays: when it first ended, and from when it counts.
    sa.Column("ended_on", sa.Date),
    sa.Column("released_on", sa.Date),
    # From when its row may stand in the sheet; `in_sheet` once it was put into the outbox.
    sa.Column("sheet_on", sa.Date),
    sa.Column("in_sheet", sa.Boolean, nullable=False, server_default="false"),
    sa.Column("key", sa.Text, nullable=False),
    # Under the case's key of the narrative; NULL once erased.
    sa.Column("sealed_routing", sa.LargeBinary),
    sa.Column("sealed_register", sa.LargeBinary),
    sa.Column("erased_on", sa.Date),
    # Over the limit of one person: an officer looks at it before it counts as any other.
    sa.Column("held_back", sa.Boolean, nullable=False, server_default="false"),
    sa.UniqueConstraint("agency", "number"),
    sa.UniqueConstraint("agency", "key"),
)
# Whoever filed a case, or joined it. Found by an HMAC of the receipt code, `receipt`, or from the
# LINE account by what stands in the keyring (store.cases.seals): no row knows the account. `id` is
# made of the case's name and the receipt, so that no row can be moved to another case or receipt.
# Name, telephone and the way to answer lie under a key of this party's own.
case_party = sa.Table(
    "case_party",
    metadata,
    _agency(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.Integer, nullable=False),
    sa.Column("receipt", sa.Text, nullable=False),
    sa.Column("sealed_identity", sa.LargeBinary),
    # Where it is, as this party told it, under the case's key of the narrative. Beside it HMACs (as
    # in case_entry) of the messages that said where, and whom to call: they can be unsent.
    sa.Column("sealed_place", sa.LargeBinary),
    sa.Column("place_from", sa.Text),
    sa.Column("contact_from", sa.Text),
    sa.Column("notices", sa.Text, nullable=False, server_default="none"),
    # When this party took it back: it hears no more of it.
    sa.Column("withdrawn_on", sa.Date),
    sa.Column("owed", sa.Boolean, nullable=False, server_default="false"),
    sa.ForeignKeyConstraint(["agency", "case_id"], ["case_file.agency", "case_file.id"]),
    sa.UniqueConstraint("agency", "receipt"),
)
sa.Index("case_party_case", case_party.c.agency, case_party.c.case_id)
sa.Index("case_party_owed", case_party.c.agency, postgresql_where=case_party.c.owed)
# The messages of a case in order, the story first, each sealed under the narrative's key.
# `message` is an HMAC of LINE's message id for this purpose alone, so that it can be unsent.
case_entry = sa.Table(
    "case_entry",
    metadata,
    _agency(),
    sa.Column("case_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("party", sa.Text),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("message", sa.Text),
    sa.Column("sealed_text", sa.LargeBinary),
    sa.ForeignKeyConstraint(["agency", "case_id"], ["case_file.agency", "case_file.id"]),
)
sa.Index("case_entry_message", case_entry.c.agency, case_entry.c.message)
# What was sent with a case: each upload's key, sealed under the case's key of evidence.
case_evidence = sa.Table(
    "case_evidence",
    metadata,
    _agency(),
    sa.Column("case_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("upload", sa.Text, primary_key=True),
    sa.Column("party", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("sealed_key", sa.LargeBinary, nullable=False),
    sa.ForeignKeyConstraint(["agency", "case_id"], ["case_file.agency", "case_file.id"]),
)
# Photos, voices and files for cases, by an HMAC of LINE's message id for this purpose alone. The
# content lies in the folder of cases under a key that stands in the draft or in the case;
# `sealed_origin` (LINE's message id, that key, a file name) until it is fetched. Nothing here is
# of the content: its length would lead from a file to the case.
case_upload = sa.Table(
    "case_upload",
    metadata,
    _agency(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("why", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("made_on", sa.Date, nullable=False),
    sa.Column("filed", sa.Boolean, nullable=False, server_default="false"),
    sa.Column("sealed_origin", sa.LargeBinary),
    sa.Column("key_day", sa.Date),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    _moment("retry_at", optional=True),
)
sa.Index(
    "case_upload_open",
    case_upload.c.agency,
    postgresql_where=case_upload.c.state.in_(("waiting", "unsent")),
)
# How many cases were registered in a fiscal year; which number a case has is sealed in it.
case_register = sa.Table(
    "case_register",
    metadata,
    _agency(),
    sa.Column("fiscal_year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)
# Wrong receipt codes and filed cases, by day, of an HMAC for this purpose alone, keyed with the
# day's key, and of the agency ("" as its person): whoever goes too far is slowed.
case_pace = sa.Table(
    "case_pace",
    metadata,
    _agency(),
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("what", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("times", sa.Integer, nullable=False),
)

# The shared sheet: what is known of it, what waits to be written, what was last seen there.
spreadsheet = sa.Table(
    "spreadsheet",
    metadata,
    _agency(),
    sa.Column("spreadsheet_id", sa.Text, nullable=False),
    sa.Column("next_row_id", sa.Integer, nullable=False, server_default="1"),
    sa.Column("tabs", JSONB, nullable=False, server_default="{}"),
    sa.Column("stamp", sa.Integer, nullable=False, server_default="0"),
    sa.Column("run", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("attempts", JSONB, nullable=False, server_default="[]"),
    sa.Column("strays", JSONB, nullable=False, server_default="[]"),
    _moment("read_at", optional=True),
    sa.Column("problem", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    _moment("retry_at", optional=True),
    # The columns that stood in each tab after an installation: what is lacking was taken out.
    sa.Column("furnished", JSONB, nullable=False, server_default="{}"),
    # Whose it is: `code` is the HMAC of what a person has to type into it until then.
    _moment("confirmed_at", optional=True),
    sa.Column("code", sa.Text),
    _moment("code_until", optional=True),
)
outbox = sa.Table(
    "outbox",
    metadata,
    _agency(),
    sa.Column("tab", sa.Text, primary_key=True),
    sa.Column("row_id", sa.Integer, primary_key=True),
    sa.Column("version", sa.BigInteger, sa.Sequence("outbox_version"), nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
)
mirror = sa.Table(
    "mirror",
    metadata,
    _agency(),
    sa.Column("tab", sa.Text, primary_key=True),
    sa.Column("row_id", sa.Integer, primary_key=True),
    sa.Column("seen", JSONB, nullable=False),
    _moment("gone_at", optional=True),
)
people_list = sa.Table(
    "people_list",
    metadata,
    _agency(),
    sa.Column("tab", sa.Text, primary_key=True),
    sa.Column("rows", JSONB, nullable=False),
)
doubt = sa.Table(
    "doubt",
    metadata,
    _agency(),
    sa.Column("id", sa.Integer, primary_key=True),
    _moment("at"),
    sa.Column("tab", sa.Text, nullable=False),
    sa.Column("row_id", sa.Integer, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("theirs", sa.Text, nullable=False),
    sa.Column("ours", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("settled", sa.Text),
)
# Words may be longer than an index holds, so they are compared by digest.
sa.Index(
    "doubt_once",
    doubt.c.agency,
    doubt.c.tab,
    doubt.c.row_id,
    doubt.c.field,
    sa.func.md5(doubt.c.theirs),
    sa.func.md5(doubt.c.ours),
    doubt.c.why,
    unique=True,
    postgresql_where=sa.or_(
        doubt.c.settled.is_(None), doubt.c.settled.in_(("unclear", "dismissed"))
    ),
)

# Coordinators who wrote in a chat of their own, so that they can be told of their sheet. Found by
# HMAC for this purpose alone; where to reach them is sealed, and gone with its day's key.
coordinator = sa.Table(
    "coordinator",
    metadata,
    _agency(),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("sealed_line_id", sa.LargeBinary, nullable=False),
    sa.Column("key_day", sa.Date, nullable=False),
    sa.Column("told", sa.Text),
    _moment("told_at", optional=True),
)

# Who is to be reminded of measures: by HMAC for this purpose alone; where to reach them is sealed
# under a key of each person's own (store.reminders).
recipient = sa.Table(
    "recipient",
    metadata,
    _agency(),
    sa.Column("ref", sa.Text, primary_key=True),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("sealed_line_id", sa.LargeBinary),
    sa.Column("stopped", sa.Boolean, nullable=False, server_default="false"),
    sa.Column("snoozed_until", sa.Date),
    sa.Column("owed", sa.Boolean, nullable=False, server_default="false"),
)
# The last stage of which each was reminded, and the days on which; `pushed` cost something.
reminded = sa.Table(
    "reminded",
    metadata,
    _agency(),
    sa.Column("recipient", sa.Text, primary_key=True),
    sa.Column("measure", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("due", sa.Date, primary_key=True),
    sa.Column("stage", sa.Integer, nullable=False),
)
digest = sa.Table(
    "digest",
    metadata,
    _agency(),
    sa.Column("recipient", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("pushed", sa.Boolean, nullable=False),
)

# What LINE says of the agency's account: whether its administrators read the chats.
line_account = sa.Table(
    "line_account",
    metadata,
    _agency(),
    sa.Column("others_read", sa.Boolean, nullable=False),
    sa.Column("asked_on", sa.Date, nullable=False),
)

# The house's own: no agency column, as all processes and all agencies share them.
google_calls = sa.Table(
    "google_calls",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("calls", sa.ARRAY(sa.DateTime(timezone=True)), nullable=False),
)
sheet_line = sa.Table(
    "sheet_line",
    metadata,
    sa.Column("slug", sa.Text, primary_key=True),
    sa.Column("urgency", sa.SmallInteger, nullable=False),
    _moment("since", optional=True),
    _moment("comes_by", optional=True),
    _moment("served_at", optional=True),
    _moment("due_at", optional=True),
)
tally = sa.Table(
    "tally",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
)
