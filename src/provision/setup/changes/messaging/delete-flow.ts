import { quoted } from '../../../org/soql-literal.ts';
import type { Change } from '../../plan/change.ts';
import type { ChangeContext } from '../change-context.ts';

/**
 * Switches a flow off and deletes its versions, which is all of it: a deployment deletes no flow that is active.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_flowdefinition.htm
 */
export async function deleteFlow(
  { org }: Pick<ChangeContext, 'org'>,
  { flow }: Extract<Change, { kind: 'delete-flow' }>,
): Promise<void> {
  const doing = `deleting the flow ${flow}`;
  const definitions = await org.query<{ DurableId: string; ActiveVersionId: string | null }>(
    `SELECT DurableId, ActiveVersionId FROM FlowDefinitionView WHERE ApiName = ${quoted([flow])}`,
    doing,
  );
  const definition = definitions[0];
  if (definition === undefined) return;
  if (definition.ActiveVersionId !== null) {
    const path = `/tooling/sobjects/FlowDefinition/${definition.DurableId}`;
    await org.rest('PATCH', path, `switching off the flow ${flow}`, { Metadata: { activeVersionNumber: 0 } });
  }
  const versions = await org.toolingQuery<{ Id: string }>(
    `SELECT Id FROM Flow WHERE DefinitionId = ${quoted([definition.DurableId])} ORDER BY VersionNumber DESC`,
    doing,
  );
  for (const { Id } of versions) await org.rest('DELETE', `/tooling/sobjects/Flow/${Id}`, doing);
}
