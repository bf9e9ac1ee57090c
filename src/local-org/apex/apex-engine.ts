import type { OrgState } from '../state/org-state.ts';
import type { JobRunner } from './async/job-runner.ts';

/** The part of the org that runs Apex; the interpreter is loaded when there is something to run. */
export interface ApexEngine {
  /** To be awaited before whatever may fire triggers or run code: the org's Apex is compiled when this resolves. */
  ready(): Promise<void>;
  /** Resolves once no job is due. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

function hasApex(org: OrgState): boolean {
  return org.components.list('ApexTrigger').length > 0 || org.components.list('ApexClass').length > 0;
}

/**
 * Opens the engine of an org, and takes up the jobs that a former process left.
 * @param onError told of bugs of the local org that no request is there to tell
 */
export function openApexEngine(org: OrgState, onError: (error: unknown) => void): ApexEngine {
  let loading: Promise<JobRunner> | undefined;
  let isClosed = false;
  const load = async (): Promise<JobRunner> => {
    const { JobRunner } = await import('./async/job-runner.ts');
    return new JobRunner(org, onError);
  };
  const ready = async (): Promise<void> => {
    if (loading === undefined && !hasApex(org)) return;
    loading ??= load();
    await loading;
    const { apexOf } = await import('./runtime.ts');
    await apexOf(org).ready();
  };
  const takeUp = async (runner: Promise<JobRunner>): Promise<void> => {
    await ready();
    if (!isClosed) (await runner).wake();
  };
  if (org.documents.list('apex-job').length > 0) {
    loading = load();
    takeUp(loading).catch(onError);
  }
  return {
    ready,
    idle: async () => {
      await (await loading)?.idle();
    },
    close: async () => {
      isClosed = true;
      await (await loading)?.close();
    },
  };
}
