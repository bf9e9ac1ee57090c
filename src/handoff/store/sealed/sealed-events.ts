import type { NewEvent } from '../handoff-store.ts';
import { openBody, sealBody } from './sealed-body.ts';
import { openHeaders, sealHeaders } from './sealed-parts.ts';
import type { Sealer } from './sealer.ts';

export function sealEvent<T extends NewEvent>(sealer: Sealer, event: T): T {
  return {
    ...event,
    headers: sealHeaders(sealer, event.headers),
    body: sealBody(sealer, event.name, event.body),
  };
}

export function openEvent<T extends NewEvent>(sealer: Sealer, event: T): T {
  return {
    ...event,
    headers: openHeaders(sealer, event.headers),
    body: openBody(sealer, event.name, event.body),
  };
}
