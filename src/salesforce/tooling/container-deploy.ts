import type { ComponentMessage } from '../metadata/deploy-status.ts';
import { orgFailure, toOpencxError } from '../org-errors.ts';
import type { Org } from '../org.ts';
import { isTransient } from '../retry.ts';

/** An Apex class or trigger to be saved by the Tooling API. */
export interface ApexSource {
  type: 'ApexClass' | 'ApexTrigger';
  name: string;
  body: string;
  /** e.g. `66.0` */
  apiVersion: string;
  /** The trigger's object. */
  object?: string;
  /** Id of the class or trigger in the org; undefined if it is new. */
  existingId?: string;
}

export interface ContainerOutcome {
  success: boolean;
  messages: ComponentMessage[];
  errorMessage?: string;
}

interface ContainerRequestRow {
  State: 'Queued' | 'Invalidated' | 'Completed' | 'Failed' | 'Error' | 'Aborted';
  ErrorMsg: string | null;
  DeployDetails: { componentFailures?: unknown[]; componentSuccesses?: unknown[] } | null;
}

/**
 * Saves Apex by the Tooling API: new ones one by one, then all changed ones compiled together in a MetadataContainer.
 * Salesforce refuses this in production orgs. New classes and triggers stay even if the container then fails: Tooling has no
 * transaction around both.
 * @param sources classes before the triggers that call them
 * @throws OpencxError if the org refuses a request itself, and INTERRUPTED
 */
export async function saveApex(
  org: Org,
  sources: readonly ApexSource[],
  signal?: AbortSignal,
): Promise<ContainerOutcome> {
  const messages: ComponentMessage[] = [];
  for (const source of sources.filter((one) => one.existingId === undefined)) {
    const failure = await createApex(org, source);
    if (failure !== undefined) return { success: false, messages: [...messages, failure] };
    messages.push(message(source, 'created'));
  }
  const changed = sources.filter((one) => one.existingId !== undefined);
  if (changed.length === 0) return { success: true, messages };
  const outcome = await compileTogether(org, changed, signal);
  return { ...outcome, messages: [...messages, ...outcome.messages] };
}

async function createApex(org: Org, source: ApexSource): Promise<ComponentMessage | undefined> {
  const body = {
    Name: source.name,
    Body: source.body,
    ApiVersion: Number(source.apiVersion),
    ...(source.type === 'ApexTrigger' ? { TableEnumOrId: source.object } : {}),
  };
  const answer = await attempt(() => org.connection.tooling.sobject(source.type).create(body));
  return answer === undefined ? undefined : { ...message(source, 'failed'), problem: answer, problemType: 'Error' };
}

/** A compile error arrives as a refusal of the request; its text is the compiler's. All else is no compile error. */
async function attempt(create: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await create();
    return undefined;
  } catch (error) {
    const failure = orgFailure(error);
    if (toOpencxError(error, 'saving Apex').code !== 'ORG_REFUSED' || isTransient(failure)) throw error;
    return `${failure.code}: ${failure.message}`;
  }
}

async function compileTogether(
  org: Org,
  sources: readonly ApexSource[],
  signal: AbortSignal | undefined,
): Promise<ContainerOutcome> {
  const { tooling } = org.connection;
  const name = `opencx-sf-${org.clock.now().toString(36)}-${Math.floor(org.clock.random() * 1e6)}`;
  const container = await idOf(
    tooling.sobject('MetadataContainer').create({ Name: name.slice(0, 32) }),
    'MetadataContainer',
  );
  for (const source of sources) {
    await idOf(
      tooling.sobject(`${source.type}Member`).create({
        MetadataContainerId: container,
        ContentEntityId: source.existingId,
        Body: source.body,
      }),
      `${source.type}Member`,
    );
  }
  const request = await idOf(
    tooling.sobject('ContainerAsyncRequest').create({ MetadataContainerId: container, IsCheckOnly: false }),
    'ContainerAsyncRequest',
  );
  const row = await waitForContainer(org, request, signal);
  // Only now: after a failure the empty container may stay, rather than its deletion hide why.
  await tooling.sobject('MetadataContainer').delete(container);
  return {
    success: row.State === 'Completed',
    messages: containerMessages(row, sources),
    ...(row.ErrorMsg === null || row.ErrorMsg === undefined ? {} : { errorMessage: row.ErrorMsg }),
  };
}

async function waitForContainer(org: Org, id: string, signal: AbortSignal | undefined): Promise<ContainerRequestRow> {
  for (let delay = 200; ; delay = Math.min(delay * 1.5, 3000)) {
    await org.clock.sleep(delay, signal);
    const path = `/tooling/sobjects/ContainerAsyncRequest/${encodeURIComponent(id)}`;
    const row = await org.rest<ContainerRequestRow>('GET', path, 'asking how the compilation goes');
    if (row.State !== 'Queued') return row;
  }
}

function containerMessages(row: ContainerRequestRow, sources: readonly ApexSource[]): ComponentMessage[] {
  if (row.State === 'Completed') return sources.map((source) => message(source, 'changed'));
  return (row.DeployDetails?.componentFailures ?? []).map((failure) => {
    const one = failure as { fullName?: string; problem?: string; lineNumber?: number; columnNumber?: number };
    const source = sources.find((candidate) => candidate.name === one.fullName);
    return {
      type: source?.type ?? 'ApexClass',
      fullName: one.fullName ?? '',
      fileName: '',
      state: 'failed' as const,
      problem: one.problem ?? 'refused without a reason',
      problemType: 'Error',
      ...(one.lineNumber === undefined ? {} : { line: one.lineNumber }),
      ...(one.columnNumber === undefined ? {} : { column: one.columnNumber }),
    };
  });
}

function message(source: ApexSource, state: ComponentMessage['state']): ComponentMessage {
  return { type: source.type, fullName: source.name, fileName: '', state };
}

async function idOf(saving: Promise<unknown>, what: string): Promise<string> {
  const saved = await saving;
  if (typeof saved === 'object' && saved !== null && 'id' in saved && typeof saved.id === 'string') return saved.id;
  throw new Error(`the org saved a ${what} but gave no id for it`);
}
