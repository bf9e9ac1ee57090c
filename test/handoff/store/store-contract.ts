import { describe } from 'vitest';

import type { HandoffStore } from '../../../src/handoff/store/handoff-store.ts';
import { conversationContract } from './contract/conversations.ts';
import { intakeContract } from './contract/intake.ts';
import { leaseContract } from './contract/leases.ts';
import { orderContract } from './contract/order.ts';
import { queryContract } from './contract/queries.ts';
import { replacedContract } from './contract/replaced.ts';
import { retentionContract } from './contract/retention.ts';
import { sessionChangeContract } from './contract/session-changes.ts';
import { sessionContract } from './contract/sessions.ts';
import { turnContract } from './contract/turns.ts';

/** One place that holds a store. */
export interface StorePlace {
  /** Opens it, each time as another process would; closed when the test ends. */
  open(): Promise<HandoffStore>;
}

/** @returns a place where nothing is stored yet, cleared away when the test ends */
export type NewPlace = () => Promise<StorePlace>;

/**
 * What every adapter of the store has to do.
 * @param adapter its name, for people
 */
export function storeContract(adapter: string, newPlace: NewPlace): void {
  describe(`the store on ${adapter}`, () => {
    describe('what comes in', () => intakeContract(newPlace));
    describe('order', () => orderContract(newPlace));
    describe('leases', () => leaseContract(newPlace));
    describe('queries', () => queryContract(newPlace));
    describe('dead ones and their replays', () => replacedContract(newPlace));
    describe('retention', () => retentionContract(newPlace));
    describe('sessions', () => sessionContract(newPlace));
    describe('changes of sessions', () => sessionChangeContract(newPlace));
    describe('conversations that are followed', () => conversationContract(newPlace));
    describe('turns', () => turnContract(newPlace));
  });
}
