import type { Colour } from '../../../terminal/colour-level.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { table } from '../../../terminal/table.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { MessagingTokenResult } from './result-schema.ts';

/** What an exchange told, for people. */
export function tokenText(result: MessagingTokenResult, revealed: boolean, colour: Colour, columns: number): string {
  const { identity, verified, deployment, deploymentType, authMode, scrtUrl, organizationId } = result;
  const subject = safeText(result.subject ?? '(none)');
  const good = identity === null || verified;
  const who = verified ? 'verified contact' : 'anonymous contact';
  const rows: [string, string][] = [
    ...(identity === null
      ? []
      : [
          ['signed', `${identity.algorithm}, kid ${identity.kid}, iss ${identity.issuer}, sub ${identity.subject}`] as [
            string,
            string,
          ],
        ]),
    [
      'deployment',
      `${deployment}, type ${safeText(deploymentType ?? 'unknown')}, channel ${safeText(authMode ?? 'unknown')}`,
    ],
    ['host', `${scrtUrl}, org ${organizationId}`],
    ['lifetime', lifetimeText(result)],
    ['clock', skewText(result.clockSkewSeconds)],
    ['afterwards', afterwardsText(result, revealed)],
  ];
  return [
    `${good ? colour.green('✓') : colour.red('✗')} ${who}: ${colour.bold(subject)}`,
    wrap(table(rows.map(([name, value]) => [`  ${colour.dim(name)}`, safeText(value)])), columns, '      '),
  ].join('\n');
}

function lifetimeText({ lifetimeSeconds, expiresAt }: MessagingTokenResult): string {
  if (expiresAt === null) return 'not told by the token';
  const span = lifetimeSeconds === null ? '' : `${Math.round(lifetimeSeconds / 60)} minutes, `;
  return `${span}until ${expiresAt}`;
}

function skewText(seconds: number | null): string {
  if (seconds === null) return 'not told by the token';
  if (seconds === 0) return 'the org and this machine agree';
  return `the org is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} this machine`;
}

function afterwardsText({ revoked, verified }: MessagingTokenResult, revealed: boolean): string {
  if (revealed) return 'the token is on stdout and is valid until then';
  if (revoked) return 'the token was given back';
  return verified
    ? 'the token could not be given back'
    : 'the token ends by itself; no way to give it back is documented';
}
