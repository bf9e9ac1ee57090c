import { readAppCredentials } from '../../app/app-credentials.ts';
import { restoreLentAccess } from '../../app/lent-access.ts';
import type { Change } from '../plan/change.ts';
import type { ChangeContext, ChangeEvent } from './change-context.ts';

/** Reads consumer key and secret; the access lent for it is taken back whatever happens. */
export async function* readCredentials(
  context: ChangeContext,
  { app }: Extract<Change, { kind: 'read-credentials' }>,
): AsyncGenerator<ChangeEvent, void> {
  const { journal } = context;
  yield { kind: 'doing', text: `Reading consumer key and secret of ${app}` };
  const result = yield* readAppCredentials(
    context.org,
    app,
    context.signal === undefined ? {} : { signal: context.signal },
  );
  if (result.kind === 'read') context.onCredentials({ key: result.key, secret: result.secret });
  else context.onCredentialsUnavailable({ why: result.why, setupUrl: result.setupUrl });
  if (!journal.credentialsPending) return;
  journal.credentialsPending = false;
  await context.keepJournal();
}

/** Takes back what an interrupted reading has left behind. */
export async function takeBackLentAccess({ org }: ChangeContext): Promise<void> {
  await restoreLentAccess(org);
}
