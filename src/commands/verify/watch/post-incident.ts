import type { OrgIdentity } from '../../../salesforce/org.ts';
import type { VerifyChange } from '../result-schema.ts';

/** How long a hook may take, in milliseconds. */
const patienceMs = 10_000;

/**
 * Posts changes to an incident hook: a `text`, which chat systems show, and the changes for programs.
 * @returns why the hook did not take it; undefined if it did
 */
export async function postIncident(
  hook: string,
  { id, name }: Pick<OrgIdentity, 'id' | 'name'>,
  changes: readonly VerifyChange[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const lines = changes.map(({ id: check, status, summary }) => `${status} ${check}: ${summary}`);
  try {
    const answer = await fetch(hook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        text: `opencx-sf verify of ${name}\n${lines.join('\n')}`,
        organization: { id, name },
        changes,
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `HTTP ${answer.status}`;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error
      ? error.cause instanceof Error
        ? error.cause.message
        : error.message
      : String(error);
  }
}
