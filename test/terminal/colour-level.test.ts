import { expect, test } from 'vitest';

import { colourLevel } from '../../src/terminal/colour-level.ts';

const screen = { isTTY: true, getColorDepth: (): number => 24 };
const pipe = { isTTY: false };

test.each([
  ['a terminal that can', screen, {}, 3],
  ['a terminal, NO_COLOR set', screen, { NO_COLOR: '1' }, 0],
  ['a terminal, NO_COLOR empty', screen, { NO_COLOR: '' }, 3],
  ['a dumb terminal', screen, { TERM: 'dumb' }, 0],
  ['a pipe', pipe, {}, 0],
  ['a pipe, colour forced', pipe, { FORCE_COLOR: '1' }, 1],
  ['a pipe, all colours forced', pipe, { FORCE_COLOR: '3' }, 3],
  ['a pipe, CLICOLOR_FORCE', pipe, { CLICOLOR_FORCE: '1' }, 1],
  ['NO_COLOR against FORCE_COLOR', pipe, { NO_COLOR: '1', FORCE_COLOR: '3' }, 0],
  ['a terminal of sixteen colours', { isTTY: true, getColorDepth: (): number => 4 }, {}, 1],
] as const)('%s', (_what, stream, env, level) => {
  expect(colourLevel(stream, env)).toBe(level);
});
