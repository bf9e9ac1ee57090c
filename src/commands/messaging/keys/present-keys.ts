import { isoDay } from '../../../messaging/keys/key-names.ts';
import type { Colour } from '../../../terminal/colour-level.ts';
import { safeText } from '../../../terminal/safe-text.ts';
import { table } from '../../../terminal/table.ts';
import type { KeysCheckResult, KeysShowResult } from './result-schema.ts';

/** The keys of a folder, a block each. */
export function shownKeysText({ folder, keys, issuer }: KeysShowResult, colour: Colour): string {
  if (keys.length === 0) return `${folder} holds no keys; opencx-sf messaging keys generate makes one.`;
  const blocks = keys.map((key) => keyText(key, colour));
  return [...blocks, `issuer of the keyset: ${safeText(issuer ?? 'open (--issuer was not given)')}`].join('\n\n');
}

function keyText(key: KeysShowResult['keys'][number], colour: Colour): string {
  const { certificate } = key;
  const rows: [string, string | undefined][] = [
    ['folder', key.folder],
    ['key', key.bits === undefined ? undefined : `RSA, ${key.bits} bits, ${key.algorithm ?? 'algorithm unknown'}`],
    ['public key SHA-256', key.fingerprint],
    ['certificate SHA-256', certificate?.fingerprint],
    ['certificate until', certificate === undefined ? undefined : until(certificate, colour)],
    ['private key', privateKeyText(key.encrypted)],
    ...key.unread.map((why): [string, string] => ['cannot be read', colour.red(safeText(why))]),
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [[`  ${colour.dim(name)}`, value]]));
  const state = key.state === 'current' ? colour.green('current') : colour.dim('old');
  return `${colour.bold(safeText(key.kid ?? 'without kid'))}  ${state}\n${table(lines)}`;
}

function until({ notAfter, daysLeft }: { notAfter: string; daysLeft: number }, colour: Colour): string {
  const day = isoDay(Date.parse(notAfter));
  if (daysLeft < 0) return colour.red(`${day}, expired`);
  const left = `${day}, ${daysLeft} days left`;
  return daysLeft < 30 ? colour.yellow(left) : left;
}

function privateKeyText(encrypted: boolean | undefined): string {
  if (encrypted === undefined) return 'not here';
  return encrypted ? 'here, encrypted' : 'here, not encrypted';
}

/** The findings of a check, one line each, what mends them below. */
export function checkedText({ findings, fixed }: KeysCheckResult, colour: Colour): string {
  const marks = { pass: colour.green('✓'), warn: colour.yellow('!'), fail: colour.red('✗') };
  return [
    ...fixed.map((path) => `${colour.green('✓')} written as it should be: ${path}`),
    ...findings.flatMap(({ status, summary, remedy }) => [
      `${marks[status]} ${safeText(summary)}`,
      ...(remedy === undefined ? [] : [`  ${colour.cyan('→')} ${safeText(remedy)}`]),
    ]),
  ].join('\n');
}
