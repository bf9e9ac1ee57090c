import { randomBytes } from 'node:crypto';

import type { OrgState } from '../../state/org-state.ts';
import { makeId } from '../../store/record-id.ts';
import { randomSecret } from '../secrets.ts';

/** The OAuth consumer of an External Client App: what Setup shows as Consumer Key and Secret. */
export interface Consumer {
  /** `888…`. */
  readonly id: string;
  readonly key: string;
  /** In clear text, because the credentials resource gives it out: whoever holds the data directory holds the org. */
  readonly secret: string;
}

/** By the app's name in lower case. */
const KIND = 'external-client-app-consumer';

export function consumerOf(org: OrgState, appName: string): Consumer | undefined {
  return org.documents.get(KIND, appName.toLowerCase()) as Consumer | undefined;
}

/** The consumer of an app, generated when first asked for: a key and a secret cannot be chosen. */
export function provideConsumer(org: OrgState, appName: string): Consumer {
  const known = consumerOf(org, appName);
  if (known !== undefined) return known;
  const consumer: Consumer = {
    id: makeId('888', org.nextNumber('888')),
    key: `3MVG9${randomSecret(60)}`,
    secret: randomBytes(32).toString('hex').toUpperCase(),
  };
  org.documents.put(KIND, appName.toLowerCase(), consumer);
  return consumer;
}

export function dropConsumer(org: OrgState, appName: string): void {
  org.documents.delete(KIND, appName.toLowerCase());
}
