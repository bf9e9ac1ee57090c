import type { Clock } from '../../clock.ts';

/** What all that a run makes carries in its subject, so that people and the clean-up know it. */
export function newMark(clock: Clock): string {
  return `[opencx-sf test ${randomHex(clock)}${randomHex(clock)}]`;
}

/** A Message-ID that no other mail has. */
export function randomMessageId(clock: Clock): string {
  return `<opencx-sf-test.${clock.now()}.${randomHex(clock)}${randomHex(clock)}@example.com>`;
}

/** Eight hexadecimal digits. */
function randomHex(clock: Clock): string {
  return Math.floor(clock.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
