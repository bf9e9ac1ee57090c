import { quoted } from '../../provision/org/soql-literal.ts';
import type { Reading } from './reading.ts';

/** An active flow that a Case or EmailMessage starts. */
export interface RecordFlow {
  name: string;
  label: string;
  /** `Case` or `EmailMessage`. */
  object: string;
  /** Its metadata; undefined where it could not be read. */
  metadata: Readonly<Record<string, unknown>> | undefined;
}

interface ViewRow {
  ApiName: string;
  Label: string;
  ActiveVersionId: string | null;
  TriggerObjectOrEventId: string | null;
  TriggerObjectOrEventLabel: string | null;
}

/** Flows that are looked into; the Tooling API gives the metadata of one only in a query. */
const mostFlows = 10;

export const recordFlows: Reading<readonly RecordFlow[]> = {
  what: 'FlowDefinitionView, and the Tooling API: Flow, for those that start with a Case or an EmailMessage',
  read: async ({ org }) => {
    const rows = await org.query<ViewRow>(
      "SELECT ApiName, Label, ActiveVersionId, TriggerObjectOrEventId, TriggerObjectOrEventLabel FROM FlowDefinitionView WHERE ActiveVersionId != null AND ProcessType = 'AutoLaunchedFlow'",
      'reading flows',
    );
    const started = rows.flatMap((row) => {
      const object = startOf(row);
      return object === undefined ? [] : [{ row, object }];
    });
    return await Promise.all(
      started.slice(0, mostFlows).map(async ({ row, object }) => {
        const id = row.ActiveVersionId;
        const versions =
          id === null
            ? []
            : await org.toolingQuery<{ Metadata: Record<string, unknown> | null }>(
                `SELECT Id, Metadata FROM Flow WHERE Id = ${quoted([id])}`,
                `reading the flow ${row.ApiName}`,
              );
        return { name: row.ApiName, label: row.Label, object, metadata: versions[0]?.Metadata ?? undefined };
      }),
    );
  },
};

/** The label is in the language of the org, the id is the API name of a standard object. */
function startOf({ TriggerObjectOrEventId: id, TriggerObjectOrEventLabel: label }: ViewRow): string | undefined {
  const objects = ['Case', 'EmailMessage'];
  return objects.find((object) => object === id) ?? objects.find((object) => object === label?.replaceAll(' ', ''));
}
