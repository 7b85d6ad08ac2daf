CREATE TABLE google_calls (
    name TEXT PRIMARY KEY,
    calls TIMESTAMP WITH TIME ZONE[] NOT NULL
);

CREATE TABLE sheet_line (
    slug TEXT PRIMARY KEY,
    urgency SMALLINT NOT NULL,
    since TIMESTAMP WITH TIME ZONE,
    comes_by TIMESTAMP WITH TIME ZONE,
    served_at TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE
);

CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    count BIGINT NOT NULL
);

CREATE TABLE coordinator (
    agency TEXT NOT NULL,
    ref TEXT NOT NULL,
    sealed_line_id BYTEA NOT NULL,
    key_day DATE NOT NULL,
    told TEXT,
    told_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (agency, ref)
);

-- A change that is marked again still waits since its first mark: the upsert leaves this alone.
ALTER TABLE outbox ADD COLUMN since TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL;

CREATE INDEX event_set_aside ON event (agency) WHERE set_aside_at IS NOT NULL;

-- The next three visit one agency after the other within one statement. They have no rights but the
-- caller's, so each look stands under row-level security and sees one agency; what comes back are
-- counts and times. For thousands of agencies this replaces thousands of transactions.

CREATE FUNCTION agencies_at_work(
    slugs TEXT[],
    at TIMESTAMP WITH TIME ZONE,
    accepted_before TIMESTAMP WITH TIME ZONE,
    active_since TIMESTAMP WITH TIME ZONE,
    fresh_seconds DOUBLE PRECISION,
    longest_pause DOUBLE PRECISION
) RETURNS TABLE (slug TEXT, chats BOOLEAN, sheet BOOLEAN)
LANGUAGE plpgsql AS $$
DECLARE
    awake BOOLEAN;
    served TIMESTAMP WITH TIME ZONE;
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        chats := EXISTS (
            SELECT FROM event e
             WHERE e.agency = slug AND e.handled_at IS NULL AND e.set_aside_at IS NULL
               AND e.received_at < accepted_before AND (e.retry_at IS NULL OR e.retry_at <= at)
        ) OR EXISTS (
            SELECT FROM message m
             WHERE m.agency = slug AND m.settled_at IS NULL
               AND (m.attempted_at IS NULL OR m.token_expires_at > at)
               AND (m.retry_at IS NULL OR m.retry_at <= at)
        );
        sheet := EXISTS (
            SELECT FROM spreadsheet s
             WHERE s.tabs <> '{}' AND s.confirmed_at IS NOT NULL AND s.problem IS NULL
               AND (s.retry_at IS NULL OR s.retry_at <= at
                    -- the clock was set back
                    OR s.retry_at > at + make_interval(secs => longest_pause))
        );
        IF sheet THEN
            SELECT l.comes_by > clock_timestamp(), l.served_at INTO awake, served
              FROM sheet_line l WHERE l.slug = agencies_at_work.slug;
            sheet := awake IS NOT TRUE AND (
                EXISTS (SELECT FROM outbox)
                OR ((served IS NULL OR abs(extract(epoch FROM clock_timestamp() - served))
                                       > fresh_seconds)
                    AND EXISTS (SELECT FROM event e WHERE e.agency = slug
                                   AND e.received_at > active_since))
            );
        END IF;
        IF chats OR sheet THEN
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$;

CREATE FUNCTION agencies_to_tidy(slugs TEXT[], before TIMESTAMP WITH TIME ZONE)
RETURNS TABLE (slug TEXT)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        IF EXISTS (SELECT FROM event e WHERE e.agency = slug AND e.received_at < before)
           OR EXISTS (SELECT FROM message m
                       WHERE m.agency = slug AND m.token_expires_at < before) THEN
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$;

CREATE FUNCTION agency_figures(slugs TEXT[])
RETURNS TABLE (
    slug TEXT,
    installed BOOLEAN,
    problem TEXT,
    failures INTEGER,
    read_at TIMESTAMP WITH TIME ZONE,
    attempts BIGINT,
    waiting_rows BIGINT,
    waiting_seconds DOUBLE PRECISION,
    doubts BIGINT,
    events BIGINT,
    oldest_event TIMESTAMP WITH TIME ZONE,
    set_aside BIGINT,
    messages BIGINT
)
LANGUAGE plpgsql AS $$
BEGIN
    FOREACH slug IN ARRAY slugs LOOP
        PERFORM set_config('sujarit.agency', slug, true);
        installed := false;
        problem := NULL;
        failures := 0;
        read_at := NULL;
        attempts := 0;
        SELECT s.tabs <> '{}' AND s.confirmed_at IS NOT NULL, s.problem, s.failures, s.read_at,
               (SELECT count(*) FROM jsonb_array_elements(s.attempts) AS one
                 WHERE NOT (one ->> 'applied')::BOOLEAN)
          INTO installed, problem, failures, read_at, attempts
          FROM spreadsheet s;
        SELECT count(*), extract(epoch FROM clock_timestamp() - min(o.since))
          INTO waiting_rows, waiting_seconds FROM outbox o;
        SELECT count(*) INTO doubts
          FROM doubt d WHERE d.settled IS NULL OR d.settled = 'unclear';
        SELECT count(*), min(e.received_at) INTO events, oldest_event
          FROM event e
         WHERE e.agency = slug AND e.handled_at IS NULL AND e.set_aside_at IS NULL;
        SELECT count(*) INTO set_aside
          FROM event e WHERE e.agency = slug AND e.set_aside_at IS NOT NULL;
        SELECT count(*) INTO messages
          FROM message m WHERE m.agency = slug AND m.settled_at IS NULL;
        RETURN NEXT;
    END LOOP;
    PERFORM set_config('sujarit.agency', '', true);
END
$$;
