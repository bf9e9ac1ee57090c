-- A store as the first version wrote it: a dead delivery, and one that arrived.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "attempt" VALUES(1,1,2000,2050,'POST','http://far-side.example/webhooks','[]',410,'[]',X'6E6F',NULL);
INSERT INTO "attempt" VALUES(2,2,2000,2050,'POST','http://far-side.example/webhooks','[]',410,'[]',X'6E6F',NULL);
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
INSERT INTO "delivery" VALUES(1,1,'forward','http://far-side.example/webhooks','a','dead',1,1000,NULL,NULL);
INSERT INTO "delivery" VALUES(2,2,'forward','http://far-side.example/webhooks','b','delivered',1,1000,NULL,NULL);
CREATE TABLE event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    delivery_id TEXT NOT NULL UNIQUE,
    order_key TEXT NOT NULL,
    replay_of TEXT,
    duplicates INTEGER NOT NULL DEFAULT 0
  ) STRICT;
INSERT INTO "event" VALUES(1,1000,'customerEmail','a','a',NULL,0);
INSERT INTO "event" VALUES(2,1000,'caseClosed','b','b',NULL,0);
CREATE TABLE event_content (
    sequence INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
INSERT INTO "event_content" VALUES(1,'[["Content-Type","application/json"]]',X'7B226E223A317D');
INSERT INTO "event_content" VALUES(2,'[["Content-Type","application/json"]]',X'7B226E223A317D');
CREATE TABLE rejection (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
CREATE TABLE store (tag TEXT NOT NULL) STRICT;
INSERT INTO "store" VALUES('1bt4cx29');
CREATE INDEX event_by_time ON event (received_at);
CREATE INDEX event_by_name ON event (name);
CREATE INDEX event_by_order_key ON event (order_key);
CREATE INDEX delivery_by_event ON delivery (event);
CREATE INDEX delivery_claimable ON delivery (claimable_at) WHERE claimable_at IS NOT NULL;
CREATE INDEX delivery_in_line ON delivery (order_key, target) WHERE state IN ('pending', 'delivering');
CREATE INDEX delivery_undelivered ON delivery (state, event) WHERE state <> 'delivered';
CREATE INDEX delivery_by_owner ON delivery (owner) WHERE owner IS NOT NULL;
CREATE INDEX attempt_by_delivery ON attempt (delivery);
CREATE INDEX rejection_by_time ON rejection (received_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',2);
INSERT INTO "sqlite_sequence" VALUES('delivery',2);
INSERT INTO "sqlite_sequence" VALUES('attempt',2);
COMMIT;
PRAGMA user_version = 1;
