import type { z } from 'zod';

/**
 * A zod error as sentences, each with the path and where the value stands.
 * @param origins dotted path to origin, as in {@link LoadedConfig}
 */
export function problemsOf(error: z.ZodError, origins: ReadonlyMap<string, string>): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const full = [...path, key].join('.');
        return `${full}${from(full, origins)} is no known property`;
      });
    }
    const full = path.join('.');
    return [`${full === '' ? 'the file' : full}${from(full, origins)}: ${issue.message}`];
  });
}

function from(path: string, origins: ReadonlyMap<string, string>): string {
  const origin = origins.get(path);
  return origin === undefined ? '' : ` (from ${origin})`;
}
