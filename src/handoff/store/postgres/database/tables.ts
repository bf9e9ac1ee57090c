/**
 * The tables, as the first step makes them. Text that came from outside is `bytea`: see `utf8` in rows.ts, one folder up. Such values may be long,
 * and an index takes 2.7 kB: what is looked up by them is looked up by their digest.
 */
export const tables = `
  -- One row. Whoever gives numbers holds it until it commits: see store-lock.ts.
  CREATE TABLE opencx_sf.store (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    tag text NOT NULL,
    -- The numbers given so far, and how many deliveries were forgotten: so they are counted without looking at them.
    events bigint NOT NULL DEFAULT 0,
    deliveries bigint NOT NULL DEFAULT 0,
    forgotten_deliveries bigint NOT NULL DEFAULT 0
  );

  CREATE TABLE opencx_sf.event (
    sequence bigint PRIMARY KEY,
    received_at bigint NOT NULL,
    name bytea NOT NULL,
    delivery_id bytea NOT NULL,
    order_key bytea NOT NULL,
    replay_of bytea,
    duplicates integer NOT NULL DEFAULT 0,
    -- What it takes, roughly, with its content and without its attempts.
    bytes bigint NOT NULL
  );
  CREATE UNIQUE INDEX event_by_delivery_id ON opencx_sf.event (sha256(delivery_id));
  CREATE INDEX event_by_time ON opencx_sf.event (received_at, sequence);
  CREATE INDEX event_by_name ON opencx_sf.event (sha256(name), sequence);
  CREATE INDEX event_by_order_key ON opencx_sf.event (sha256(order_key), sequence);

  -- Apart from the rows that are searched and added up: a body may have megabytes.
  CREATE TABLE opencx_sf.event_content (
    sequence bigint PRIMARY KEY REFERENCES opencx_sf.event ON DELETE CASCADE,
    headers bytea NOT NULL,
    body bytea NOT NULL
  );

  CREATE TABLE opencx_sf.delivery (
    number bigint PRIMARY KEY,
    event bigint NOT NULL REFERENCES opencx_sf.event ON DELETE CASCADE,
    kind bytea NOT NULL,
    target bytea NOT NULL,
    order_key bytea NOT NULL,
    -- Digest of order key and target: those that have the same are carried one after another.
    line bytea NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivering', 'delivered', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at bigint NOT NULL,
    owner bytea,
    -- Only the first delivery in line that is not done has one: when it may be claimed, by its next attempt or the end of its lease.
    -- So a claim finds its deliveries by one index, however many wait behind them.
    claimable_at bigint,
    -- Of a dead one: the sequence of the event that arrived in its place.
    replaced_by bigint
  );
  CREATE INDEX delivery_by_event ON opencx_sf.delivery (event);
  CREATE INDEX delivery_claimable ON opencx_sf.delivery (claimable_at, number) WHERE claimable_at IS NOT NULL;
  CREATE INDEX delivery_in_line ON opencx_sf.delivery (line, number) WHERE state IN ('pending', 'delivering');
  CREATE INDEX delivery_undelivered ON opencx_sf.delivery (state, event) WHERE state <> 'delivered' AND replaced_by IS NULL;
  CREATE INDEX delivery_replaced ON opencx_sf.delivery (event) WHERE replaced_by IS NOT NULL;
  CREATE INDEX delivery_by_owner ON opencx_sf.delivery (sha256(owner)) WHERE owner IS NOT NULL;

  CREATE TABLE opencx_sf.attempt (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery bigint NOT NULL REFERENCES opencx_sf.delivery ON DELETE CASCADE,
    started_at bigint NOT NULL,
    ended_at bigint NOT NULL,
    method bytea NOT NULL,
    url bytea NOT NULL,
    headers bytea NOT NULL,
    response_status integer,
    response_headers bytea,
    response_body bytea,
    failure bytea,
    bytes bigint NOT NULL
  );
  CREATE INDEX attempt_by_delivery ON opencx_sf.attempt (delivery);

  CREATE TABLE opencx_sf.rejection (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at bigint NOT NULL,
    status integer NOT NULL,
    reason bytea NOT NULL,
    headers bytea NOT NULL,
    body bytea NOT NULL,
    bytes bigint NOT NULL
  );
  CREATE INDEX rejection_by_time ON opencx_sf.rejection (received_at, number);

  -- The document is the session, as JSON; the other columns are what it is found by.
  CREATE TABLE opencx_sf.session (
    id bytea PRIMARY KEY,
    channel text NOT NULL,
    state text NOT NULL,
    case_id bytea,
    conversation_id bytea,
    -- The sequence of the event that began it; not a reference, since it may be forgotten before the session.
    handoff_event bigint,
    updated_at bigint NOT NULL,
    searched bytea NOT NULL,
    document bytea NOT NULL,
    -- The process that follows its conversation, and the end of its lease; without an owner, since when it is unheld.
    owner bytea,
    held_until bigint NOT NULL
  );
  CREATE INDEX session_by_change ON opencx_sf.session (updated_at, id);
  CREATE INDEX session_by_state ON opencx_sf.session (state, updated_at, id);
  CREATE INDEX session_by_case ON opencx_sf.session (case_id, updated_at, id) WHERE case_id IS NOT NULL;
  CREATE INDEX session_by_conversation ON opencx_sf.session (conversation_id) WHERE conversation_id IS NOT NULL;
  CREATE INDEX session_by_handoff ON opencx_sf.session (handoff_event) WHERE handoff_event IS NOT NULL;
  CREATE INDEX session_by_owner ON opencx_sf.session (sha256(owner)) WHERE owner IS NOT NULL;
  CREATE INDEX session_to_follow ON opencx_sf.session (held_until, id)
    WHERE conversation_id IS NOT NULL AND state NOT IN ('resolved', 'failed');
`;
