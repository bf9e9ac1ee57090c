import { OpencxError } from '../../../errors/opencx-error.ts';
import type { Known } from './setup-facts.ts';

/**
 * What a plan can do without: a refusal becomes part of the facts, with Salesforce's own words. Trouble on the way to the org
 * is no fact about it and is thrown.
 */
export async function known<T>(reading: Promise<T>): Promise<Known<T>> {
  try {
    return { known: true, value: await reading };
  } catch (error) {
    if (error instanceof OpencxError && (error.code === 'ORG_REFUSED' || error.code === 'PERMISSION_DENIED'))
      return { known: false, why: error.message };
    throw error;
  }
}
