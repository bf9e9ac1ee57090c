import { setupUrl } from '../provision/org/setup-url.ts';
import type { CheckContext } from './check-context.ts';
import type { Remedy } from './finding.ts';

/**
 * What a person does in Setup, with the link to the page.
 * @param page e.g. `EmailToCase/home`
 */
export function inSetup({ org }: Pick<CheckContext, 'org'>, page: string, text: string): Remedy {
  return { text, url: setupUrl(org.identity.instanceUrl, page) };
}
