import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { OpencxError } from '../../../errors/opencx-error.ts';

/**
 * Further claims, each as `name=value` (a value that is JSON is taken as that) or as a file with a JSON object; later ones win.
 * @throws OpencxError USAGE
 */
export async function readClaims(given: readonly string[], cwd: string): Promise<Record<string, unknown>> {
  const claims: Record<string, unknown> = {};
  for (const one of given) {
    const [, name, value] = /^([^\s=/\\]+)=([^]*)$/.exec(one) ?? [];
    const more =
      name === undefined || value === undefined ? await claimsIn(resolve(cwd, one)) : { [name]: typed(value) };
    Object.assign(claims, more);
  }
  return claims;
}

/** `true`, `7` and `["a"]` are what they look like; other text is text. */
function typed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

async function claimsIn(path: string): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new OpencxError('USAGE', {
      message: `--claims takes name=value or a file with a JSON object; ${path} cannot be read as one: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new OpencxError('USAGE', { message: `--claims: ${path} holds no JSON object.` });
}
