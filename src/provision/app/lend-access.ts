import { OpencxError } from '../../errors/opencx-error.ts';
import type { Org } from '../../salesforce/org.ts';
import { readSecretSetting, writeSecretSetting } from './client-secret-setting.ts';
import { lendingJournal, restoreLentAccess, temporarySetName } from './lent-access.ts';
import { isPassing } from './refusal.ts';

/** What is told while key and secret are read; never one of them. */
export interface AppCredentialsEvent {
  kind: 'doing';
  text: string;
}

/** What the running user and the org lack for reading a consumer's secret by REST. */
export interface LackingAccess {
  permissions: boolean;
  setting: boolean;
}

/** Permissions that the resource asks for (Connect REST API guide, External Client App OAuth credentials). */
const asked = ['PermissionsExternalClientAppDeveloper', 'PermissionsViewClientSecret'] as const;
/** Developer depends on Admin, and Admin on Viewer: a permission set must hold what its permissions depend on. */
const lent = [...asked, 'PermissionsExternalClientAppAdmin', 'PermissionsExternalClientAppViewer'] as const;

/**
 * Looks what is lacking (two requests, at the same time).
 * @throws OpencxError as the requests do; ORG_REFUSED if the org knows no such setting
 */
export async function lackingAccess(org: Org): Promise<LackingAccess> {
  const [rows, setting] = await Promise.all([
    org.query<Record<string, unknown>>(
      `SELECT ${asked.join(', ')} FROM UserPermissionAccess`,
      'asking whether the user may read consumer secrets',
    ),
    readSecretSetting(org),
  ]);
  if (setting === undefined) {
    throw new OpencxError('ORG_REFUSED', {
      message:
        'The org has no setting that lets its REST API tell consumer secrets (enableClientSecretInRestApiAccess).',
    });
  }
  return { permissions: !asked.every((name) => rows[0]?.[name] === true), setting: !setting };
}

/**
 * Lends what is lacking. The permission set comes first, also where only the setting is lacking: it is the journal by which
 * everything is found and restored. Whoever calls this calls {@link takeBack} afterwards, whatever happens.
 * @throws OpencxError INTERRUPTED, and as the requests do
 */
export async function* lendAccess(
  org: Org,
  lacking: LackingAccess,
  signal: AbortSignal | undefined,
): AsyncGenerator<AppCredentialsEvent, void> {
  yield { kind: 'doing', text: `Lending access to consumer secrets by permission set ${temporarySetName}` };
  stopIfAborted(signal);
  const { id } = await org.rest<{ id: string }>('POST', '/sobjects/PermissionSet', `creating ${temporarySetName}`, {
    Name: temporarySetName,
    Label: 'OpenCX Temporary Access',
    Description: lendingJournal(lacking.setting ? 'off' : 'on'),
    ...(lacking.permissions ? Object.fromEntries(lent.map((name) => [name, true])) : {}),
  });
  if (lacking.permissions) {
    stopIfAborted(signal);
    await org.rest('POST', '/sobjects/PermissionSetAssignment', `assigning ${temporarySetName}`, {
      AssigneeId: await org.userId(),
      PermissionSetId: id,
    });
  }
  if (!lacking.setting) return;
  yield { kind: 'doing', text: 'Letting the REST API tell consumer secrets, for this reading' };
  stopIfAborted(signal);
  await writeSecretSetting(org, true);
}

const attempts = 4;

/**
 * Takes back what {@link lendAccess} has lent, trying again after passing failures: half a second, then twice as long each time.
 * @throws OpencxError saying that something may still be lent
 */
export async function takeBack(org: Org): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await restoreLentAccess(org);
      return;
    } catch (error) {
      if (attempt >= attempts || !isPassing(error)) throw stillLent(error);
      await org.clock.sleep(500 * 2 ** (attempt - 1));
    }
  }
}

function stillLent(error: unknown): unknown {
  if (!(error instanceof OpencxError)) return error;
  return new OpencxError(error.code, {
    message: `The access lent for reading a consumer secret (permission set ${temporarySetName}) may still be there: ${error.message}`,
    ...(error.details === undefined ? {} : { details: error.details }),
    nextSteps: ['opencx-sf apply takes it back, from any machine: the org keeps note of it.', ...error.nextSteps],
    cause: error,
  });
}

/** @throws OpencxError INTERRUPTED */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new OpencxError('INTERRUPTED', { message: 'Stopped while consumer key and secret were read.' });
}
