import type { DatabaseSync } from 'node:sqlite';

/**
 * The steps that lead from an empty file to today's tables; `user_version` says how many a file has gone. A step that was published
 * is never changed: what is to be different comes as a step of its own.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE store (tag TEXT NOT NULL) STRICT;

  CREATE TABLE event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    delivery_id TEXT NOT NULL UNIQUE,
    order_key TEXT NOT NULL,
    replay_of TEXT,
    duplicates INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX event_by_time ON event (received_at);
  CREATE INDEX event_by_name ON event (name);
  CREATE INDEX event_by_order_key ON event (order_key);

  -- Apart from the rows that are searched and counted up: a body may have megabytes.
  CREATE TABLE event_content (
    sequence INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;

  CREATE TABLE delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    order_key TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivering', 'delivered', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    owner TEXT,
    -- Only the first delivery in line that is not done has one: when it may be claimed, by its next attempt or the end of its lease.
    -- So a claim finds its deliveries by one index, however many wait behind them.
    claimable_at INTEGER
  ) STRICT;
  CREATE INDEX delivery_by_event ON delivery (event);
  CREATE INDEX delivery_claimable ON delivery (claimable_at) WHERE claimable_at IS NOT NULL;
  CREATE INDEX delivery_in_line ON delivery (order_key, target) WHERE state IN ('pending', 'delivering');
  CREATE INDEX delivery_undelivered ON delivery (state, event) WHERE state <> 'delivered';
  CREATE INDEX delivery_by_owner ON delivery (owner) WHERE owner IS NOT NULL;

  CREATE TABLE attempt (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    headers TEXT NOT NULL,
    response_status INTEGER,
    response_headers TEXT,
    response_body BLOB,
    failure TEXT
  ) STRICT;
  CREATE INDEX attempt_by_delivery ON attempt (delivery);

  CREATE TABLE rejection (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX rejection_by_time ON rejection (received_at);
  `,
  `
  -- Of a dead one: the sequence of the event that arrived in its place.
  ALTER TABLE delivery ADD COLUMN replaced_by INTEGER;
  CREATE INDEX delivery_replaced ON delivery (event) WHERE replaced_by IS NOT NULL;
  DROP INDEX delivery_undelivered;
  CREATE INDEX delivery_undelivered ON delivery (state, event) WHERE state <> 'delivered' AND replaced_by IS NULL;
  -- A claim may leave out targets that are down: it reads past them without looking at their rows.
  DROP INDEX delivery_claimable;
  CREATE INDEX delivery_claimable ON delivery (claimable_at, number, target) WHERE claimable_at IS NOT NULL;
  `,
  `
  -- The document is the session, as JSON; the other columns are what it is found by.
  CREATE TABLE session (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    case_id TEXT,
    conversation_id TEXT,
    -- The sequence of the event that began it; not a reference, since it may be forgotten before the session.
    handoff_event INTEGER,
    updated_at INTEGER NOT NULL,
    searched TEXT NOT NULL,
    document TEXT NOT NULL,
    -- The process that follows its conversation, and the end of its lease; without an owner, since when it is unheld.
    owner TEXT,
    held_until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX session_by_change ON session (updated_at, id);
  CREATE INDEX session_by_state ON session (state, updated_at, id);
  CREATE INDEX session_by_case ON session (case_id, updated_at, id) WHERE case_id IS NOT NULL;
  CREATE INDEX session_by_conversation ON session (conversation_id) WHERE conversation_id IS NOT NULL;
  CREATE INDEX session_by_handoff ON session (handoff_event) WHERE handoff_event IS NOT NULL;
  CREATE INDEX session_ended ON session (updated_at) WHERE state IN ('resolved', 'failed');
  CREATE INDEX session_by_owner ON session (owner) WHERE owner IS NOT NULL;
  CREATE INDEX session_to_follow ON session (held_until, id, owner)
    WHERE conversation_id IS NOT NULL AND state NOT IN ('resolved', 'failed');
  `,
  `
  -- The key is a digest, as it may be long, and somebody's address.
  CREATE TABLE turn (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    held_until INTEGER NOT NULL
  ) STRICT;
  `,
];

/** The version that this program reads and writes. */
export const storeVersion = steps.length;

/** The version of a file; 0 for an empty one. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

/**
 * Takes the steps that a file has not gone yet, all or none. Two processes that open a file at the same time do it once.
 * @param tag names the store, if it is a new one
 */
export function migrate(database: DatabaseSync, tag: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    for (const step of steps.slice(version)) database.exec(step);
    if (version === 0) database.prepare('INSERT INTO store (tag) VALUES (?)').run(tag);
    if (version < storeVersion) database.exec(`PRAGMA user_version = ${storeVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
