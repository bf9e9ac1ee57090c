import { expect, test } from 'vitest';

import { explainErrors, knownErrors } from '../../../src/diagnose/logs/known-errors.ts';

const codesIn = (text: string): string[] => explainErrors(text).map(({ code }) => code);

test.for([
  // As our class logs a refused mail: id of the EmailMessage, status code, message.
  [
    'OpenCxOutboundEmailSender sendEmail failed: 02s000000000001AAA NO_MASS_MAIL_PERMISSION Single email is not enabled for your organization or profile. Single email must be enabled for you to use this feature.',
    ['NO_MASS_MAIL_PERMISSION'],
  ],
  ['sendEmail failed: 02s… SINGLE_EMAIL_LIMIT_EXCEEDED Failed to send email', ['SINGLE_EMAIL_LIMIT_EXCEEDED']],
  ['UNVERIFIED_SENDER_ADDRESS Organization-Wide Email Address is not verified', ['UNVERIFIED_SENDER_ADDRESS']],
  [
    'System.EmailException: SendEmail failed. First exception on row 0; first error: INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, insufficient access rights on cross-reference id: []',
    ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'],
  ],
  ['STORAGE_LIMIT_EXCEEDED Email size exceeds maximum limit.', ['STORAGE_LIMIT_EXCEEDED']],
  ['LIMIT_EXCEEDED A mail may have 15 recipients', ['LIMIT_EXCEEDED']],
  [
    'System.DmlException: Update failed. First exception on row 0; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record: []',
    ['UNABLE_TO_LOCK_ROW'],
  ],
  ['INSUFFICIENT_ACCESS_OR_READONLY, insufficient access rights on object id', ['INSUFFICIENT_ACCESS_OR_READONLY']],
  [
    'cannot mark mail as sent: (Database.Error[getMessage=Not this one;getStatusCode=FIELD_CUSTOM_VALIDATION_EXCEPTION;])',
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION'],
  ],
  ['API_DISABLED_FOR_ORG: The REST API is not enabled for this Organization.', ['API_DISABLED_FOR_ORG']],
  ['System.CalloutException: Read timed out', ['Read timed out']],
  ['System.CalloutException: Unauthorized endpoint, please check Setup->Security', ['Unauthorized endpoint']],
  [
    'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out',
    ['uncommitted work pending'],
  ],
  [
    'webhook: attempt 1 at delivery 0a1b could not be called: We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "OpenCX_Integration" might not exist.',
    ["couldn't access the credential(s)"],
  ],
  ["The callout couldn't access the endpoint. You might not have", ["couldn't access the endpoint"]],
  ['webhook: attempt 2 at delivery 0a1b answered 404 Not Found', ['webhook refused']],
  ['webhook: attempt 2 at delivery 0a1b answered 503 Service Unavailable 404', ['webhook failed']],
  [
    'no user has the Username x@example.com; correct INTEGRATION_USERNAME in the triggers',
    ['integration user unknown'],
  ],
  ['System.NoAccessException: The organization is not permitted to send email', ['System.NoAccessException']],
  ['System.LimitException: Too many SOQL queries: 101', ['System.LimitException']],
] as const)('%s', ([text, codes]) => {
  expect(codesIn(text)).toEqual(codes);
});

test('several errors come in the order of the text, each once', () => {
  const text = 'UNABLE_TO_LOCK_ROW then INVALID_FIELD, then UNABLE_TO_LOCK_ROW: DUPLICATE_SENDER_DISPLAY_NAME';
  expect(codesIn(text)).toEqual(['UNABLE_TO_LOCK_ROW', 'INVALID_FIELD', 'DUPLICATE_SENDER_DISPLAY_NAME']);
});

test.for(['', 'all is well', 'invalid_field', 'MY_INVALID_FIELD_NAME', 'a limit exceeded'])(
  '"%s" names none',
  (text) => {
    expect(codesIn(text)).toEqual([]);
  },
);

test('every row has its own code, one sentence of meaning, a way to mend it, and a page of Setup that is a path', () => {
  const codes = knownErrors.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(knownErrors.filter(({ meaning }) => !/^[A-Z][^.]*(?:\.\d[^.]*)*\.$/.test(meaning))).toEqual([]);
  expect(knownErrors.filter(({ mend }) => !mend.endsWith('.'))).toEqual([]);
  expect(
    knownErrors.flatMap(({ setupPage }) => setupPage ?? []).filter((page) => !/^[\w/]+\/(?:home|view)$/.test(page)),
  ).toEqual([]);
});

test('no pattern remembers where it last matched', () => {
  expect(knownErrors.filter(({ pattern }) => pattern.global || pattern.sticky)).toEqual([]);
});
