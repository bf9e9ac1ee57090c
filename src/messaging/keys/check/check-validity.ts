import type { X509Certificate } from 'node:crypto';

import { daysLeft, leastDaysLeft } from '../certificate.ts';
import { isoDay } from '../key-names.ts';
import { fail, pass, warn, type KeyFinding } from './key-finding.ts';

/** From here on a rotation is due: it takes people on both sides, OpenCX and Salesforce. */
const daysToRotate = 30;

/** Whether Salesforce takes a certificate by its dates. */
export function checkValidity(name: string, certificate: X509Certificate, now: number): KeyFinding {
  const left = daysLeft(certificate, now);
  const until = isoDay(certificate.validToDate.getTime());
  const rotate = 'Make a new pair beside it: opencx-sf messaging keys rotate.';
  if (certificate.validFromDate.getTime() > now) {
    const from = certificate.validFromDate.toISOString();
    return fail(
      'validity',
      `${name} is not valid before ${from}.`,
      'Check the clock of this machine and of the one that made it.',
    );
  }
  if (certificate.validToDate.getTime() <= now) return fail('validity', `${name} has expired (${until}).`, rotate);
  if (left < leastDaysLeft) {
    return fail(
      'validity',
      `${name} ends in ${left} days (${until}); Salesforce wants ${leastDaysLeft} at least.`,
      rotate,
    );
  }
  if (left < daysToRotate) return warn('validity', `${name} ends in ${left} days (${until}).`, rotate);
  return pass('validity', `${name} is valid until ${until}, ${left} days.`);
}
