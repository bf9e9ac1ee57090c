import { cli, startCli, temporaryFolder, type CliRun } from '../../e2e/cli.ts';
import { connectedOrg, type ConnectedOrg } from '../../e2e/story/connected-org.ts';
import { orgInProcess } from '../../e2e/story/org-door.ts';
import { API } from '../../e2e/story/org-user.ts';

export const OPENCX = 'opencx@example.com';

/** A trace flag as the org has it. */
export interface FlagRow {
  Id: string;
  TracedEntityId: string;
  LogType: string;
  StartDate: string;
  ExpirationDate: string;
  DebugLevel: { DeveloperName: string };
}

/** A connected org in which somebody looks for what went wrong. */
export interface LogsStage {
  org: ConnectedOrg;
  /** Runs `opencx-sf logs` to its end, for the integration user unless told otherwise. */
  logs: (...args: string[]) => Promise<CliRun>;
  /** Starts `opencx-sf logs --tail`. */
  tail: (...args: string[]) => ReturnType<typeof startCli>;
  /** OpenCX writes a reply to a new case. @returns its id */
  reply: (values?: Record<string, unknown>) => Promise<string>;
  /** All trace flags of the org. */
  flags: () => Promise<FlagRow[]>;
  /** DeveloperNames of all debug levels of the org. */
  debugLevels: () => Promise<string[]>;
  /** Somebody else sets a flag for the integration user. @returns its id */
  setFlag: (minutes: number, level?: Record<string, unknown>) => Promise<string>;
  fault: (body: object) => Promise<void>;
}

export async function logsStage(): Promise<LogsStage> {
  const door = await orgInProcess();
  const org = await connectedOrg(door, { deployArguments: ['--no-tests'] });
  const cwd = await temporaryFolder();
  const env = { SF_ORG_INSTANCE_URL: door.url, SF_ACCESS_TOKEN: door.accessToken, TZ: 'UTC' };
  const tooling = async <Row>(soql: string): Promise<Row[]> => {
    const answer = await org.admin.call<{ records: Row[] }>(
      'GET',
      `${API}/tooling/query?q=${encodeURIComponent(soql)}`,
    );
    return answer.records;
  };
  const make = async (sobject: string, values: object): Promise<string> =>
    (await org.admin.call<{ id: string }>('POST', `${API}/tooling/sobjects/${sobject}`, values)).id;
  const named = (args: readonly string[]) => (args.includes('--user') ? args : ['--user', OPENCX, ...args]);
  return {
    org,
    logs: (...args) => cli(['logs', ...named(args)], { cwd, env }),
    tail: (...args) => startCli(['logs', '--tail', ...named(args)], { cwd, env }),
    reply: async (values = {}) => {
      const caseId = await org.opencx.create('Case', { Subject: 'My printer burns' });
      const mail = {
        ParentId: caseId,
        Status: '3',
        ToAddress: 'jane@customer.test',
        Subject: 'Re',
        TextBody: 'Water.',
      };
      return await org.opencx.create('EmailMessage', { ...mail, ...values });
    },
    flags: () =>
      tooling(
        'SELECT Id, TracedEntityId, LogType, StartDate, ExpirationDate, DebugLevel.DeveloperName FROM TraceFlag ORDER BY CreatedDate',
      ),
    debugLevels: async () =>
      (await tooling<{ DeveloperName: string }>('SELECT DeveloperName FROM DebugLevel')).map(
        (row) => row.DeveloperName,
      ),
    setFlag: async (minutes, level = {}) =>
      await make('TraceFlag', {
        TracedEntityId: org.opencx.id,
        LogType: 'USER_DEBUG',
        DebugLevelId: await make('DebugLevel', {
          DeveloperName: 'Theirs',
          MasterLabel: 'Theirs',
          ApexCode: 'FINE',
          ...level,
        }),
        StartDate: new Date(Date.now() - 60_000).toISOString(),
        ExpirationDate: new Date(Date.now() + minutes * 60_000).toISOString(),
      }),
    fault: async (body) => {
      await org.control('POST', 'faults', body);
    },
  };
}
