import type { ChalkInstance } from 'chalk';

/** Puts colour on text, as much as its stream may be given. */
export type Colour = ChalkInstance;

/** chalk's levels: 0 none, 1 sixteen colours, 2 256 colours, 3 sixteen million. */
export type ColourLevel = 0 | 1 | 2 | 3;

/**
 * How much colour a stream may be given. Computed here because chalk 6 itself ignores NO_COLOR.
 * Order: NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then whether the stream is a terminal that can.
 * @see https://no-color.org
 */
export function colourLevel(
  stream: { isTTY?: boolean; getColorDepth?(env?: object): number },
  env: NodeJS.ProcessEnv,
): ColourLevel {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 0;
  const forced = env['FORCE_COLOR'] ?? env['CLICOLOR_FORCE'];
  if (forced !== undefined) return forcedLevel(forced);
  if (stream.isTTY !== true || env['TERM'] === 'dumb') return 0;
  const depth = stream.getColorDepth?.(env) ?? 1;
  if (depth >= 24) return 3;
  if (depth >= 8) return 2;
  return depth >= 4 ? 1 : 0;
}

function forcedLevel(value: string): ColourLevel {
  if (value === '0' || value === 'false') return 0;
  if (value === '2') return 2;
  return value === '3' ? 3 : 1;
}
