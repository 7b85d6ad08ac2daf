-- Journal, people, chats, register and sheet. Frozen: a later revision changes, never edits this file.

CREATE SEQUENCE outbox_version;

CREATE TABLE case_file (
    agency TEXT NOT NULL,
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    received_on DATE NOT NULL,
    sealed_narrative BYTEA NOT NULL,
    PRIMARY KEY (agency, id),
    UNIQUE (agency, number)
);

CREATE TABLE chat (
    agency TEXT NOT NULL,
    ref TEXT NOT NULL,
    sealed_line_id BYTEA,
    key_day DATE,
    PRIMARY KEY (agency, ref)
);

CREATE TABLE doubt (
    agency TEXT NOT NULL,
    id INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    tab TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    theirs TEXT NOT NULL,
    ours TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (agency, id)
);

CREATE UNIQUE INDEX doubt_once ON doubt (agency, tab, row_id, field, md5(theirs), md5(ours));

CREATE TABLE event (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    agency TEXT NOT NULL,
    webhook_event_id TEXT NOT NULL,
    chat TEXT NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sealed_body BYTEA,
    key_day DATE NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    retry_at TIMESTAMP WITH TIME ZONE,
    handled_at TIMESTAMP WITH TIME ZONE,
    set_aside_at TIMESTAMP WITH TIME ZONE,
    error TEXT,
    PRIMARY KEY (id),
    UNIQUE (agency, webhook_event_id)
);

CREATE INDEX event_received ON event (agency, received_at);

CREATE INDEX event_waiting ON event (agency, chat, occurred_at) WHERE handled_at IS NULL AND set_aside_at IS NULL;

CREATE TABLE measure (
    agency TEXT NOT NULL,
    id INTEGER NOT NULL,
    fiscal_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    keywords TEXT DEFAULT '' NOT NULL,
    method TEXT DEFAULT '' NOT NULL,
    indicator INTEGER,
    items TEXT[] NOT NULL,
    unit TEXT NOT NULL,
    period_raw TEXT NOT NULL,
    period_kind TEXT NOT NULL,
    period_start DATE,
    period_end DATE,
    budget TEXT DEFAULT '' NOT NULL,
    status TEXT NOT NULL,
    percent INTEGER,
    output TEXT DEFAULT '' NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    obstacle TEXT DEFAULT '' NOT NULL,
    evidence TEXT[] NOT NULL,
    last_report_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (agency, id),
    UNIQUE (agency, fiscal_year, number)
);

CREATE TABLE message (
    id UUID NOT NULL,
    agency TEXT NOT NULL,
    chat TEXT NOT NULL,
    event BIGINT NOT NULL,
    sealed_body BYTEA,
    key_day DATE NOT NULL,
    token_expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempted_at TIMESTAMP WITH TIME ZONE,
    attempts INTEGER DEFAULT '0' NOT NULL,
    retry_at TIMESTAMP WITH TIME ZONE,
    settled_at TIMESTAMP WITH TIME ZONE,
    outcome TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX message_expired ON message (agency, token_expires_at);

CREATE INDEX message_waiting ON message (agency, chat, event) WHERE settled_at IS NULL;

CREATE TABLE mirror (
    agency TEXT NOT NULL,
    tab TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    seen JSONB NOT NULL,
    gone_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (agency, tab, row_id)
);

CREATE TABLE outbox (
    agency TEXT NOT NULL,
    tab TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    version BIGINT DEFAULT nextval('outbox_version') NOT NULL,
    PRIMARY KEY (agency, tab, row_id)
);

CREATE TABLE person (
    agency TEXT NOT NULL,
    ref TEXT NOT NULL,
    role TEXT NOT NULL,
    units TEXT[] NOT NULL,
    PRIMARY KEY (agency, ref)
);

CREATE TABLE score (
    agency TEXT NOT NULL,
    id INTEGER NOT NULL,
    fiscal_year INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    points NUMERIC(5, 2) NOT NULL,
    PRIMARY KEY (agency, id),
    UNIQUE (agency, fiscal_year, indicator)
);

CREATE TABLE spreadsheet (
    agency TEXT NOT NULL,
    spreadsheet_id TEXT NOT NULL,
    next_row_id INTEGER DEFAULT '1' NOT NULL,
    tabs JSONB DEFAULT '{}' NOT NULL,
    stamp INTEGER DEFAULT '0' NOT NULL,
    run BIGINT DEFAULT '0' NOT NULL,
    attempts JSONB DEFAULT '[]' NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    problem TEXT,
    failures INTEGER DEFAULT '0' NOT NULL,
    retry_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (agency)
);

CREATE TABLE progress (
    agency TEXT NOT NULL,
    id INTEGER NOT NULL,
    measure INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    unit TEXT NOT NULL,
    status TEXT NOT NULL,
    percent INTEGER,
    output TEXT NOT NULL,
    links TEXT[] NOT NULL,
    PRIMARY KEY (agency, id),
    FOREIGN KEY(agency, measure) REFERENCES measure (agency, id)
);

