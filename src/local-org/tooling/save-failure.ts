import { notImplemented, RestError } from '../http/rest-error.ts';
import type { CheckedPackage } from '../metadata/deploy/check-package.ts';

const notImplementedMark = /^LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement (.*)\.$/;

/**
 * Throws what a refused component is answered with: FIELD_INTEGRITY_EXCEPTION, as the Tooling API does for metadata.
 * Compile errors carry their place in the text, since the error body has no field for it.
 */
export function throwFailure(checked: CheckedPackage): void {
  const failure = checked.failures[0];
  if (failure === undefined) return;
  const message = failure.problem ?? '';
  const missing = notImplementedMark.exec(message)?.[1];
  if (missing !== undefined) throw notImplemented(missing);
  const isApex = failure.componentType === 'ApexClass' || failure.componentType === 'ApexTrigger';
  const place =
    isApex && failure.lineNumber !== undefined
      ? ` at line ${failure.lineNumber} column ${failure.columnNumber ?? 1}`
      : '';
  throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', `${message}${place}`);
}
