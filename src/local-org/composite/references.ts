import { RestError } from '../http/rest-error.ts';

/**
 * Puts earlier answers into a sub-request: `@{NewCase.id}`, `@{Found.records[0].Id}`.
 * @param answers bodies of the answers so far, by reference id
 * @throws RestError 400 PROCESSING_HALTED for a reference that leads nowhere
 */
export function insertReferences<T>(value: T, answers: ReadonlyMap<string, unknown>): T {
  return inserted(value, answers) as T;
}

function inserted(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/@\{([^}]+)\}/g, (_, path: string) => referenced(path, answers));
  }
  if (Array.isArray(value)) return value.map((item) => inserted(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inserted(item, answers)]));
}

function referenced(path: string, answers: ReadonlyMap<string, unknown>): string {
  const [referenceId = '', ...names] = path.split(/[.[\]]+/).filter((name) => name !== '');
  let current = answers.get(referenceId);
  for (const name of names) {
    const isOwn = typeof current === 'object' && current !== null && Object.hasOwn(current, name);
    current = isOwn ? (current as Record<string, unknown>)[name] : undefined;
  }
  if (typeof current === 'string' || typeof current === 'number' || typeof current === 'boolean')
    return String(current);
  throw new RestError(
    400,
    'PROCESSING_HALTED',
    `Invalid reference specified. No value for ${path} found in ${referenceId}`,
  );
}
