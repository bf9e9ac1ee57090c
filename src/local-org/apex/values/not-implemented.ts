import { platformType } from '../platform/platform.ts';
import { ApexThrown, ExceptionValue } from './exception.ts';

/**
 * Ends the transaction at what the local org cannot do; no catch of Apex takes it for an error of its own.
 * @param thing as the sentence names it, e.g. `named credentials with a password`
 */
export function notImplemented(thing: string): ApexThrown {
  const message = `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement ${thing}.`;
  return new ApexThrown(new ExceptionValue(platformType('System.UnexpectedException'), message), false);
}
