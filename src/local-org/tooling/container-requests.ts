import { RestError } from '../http/rest-error.ts';
import { saveComponents } from '../metadata/save-components.ts';
import type { CheckedPackage } from '../metadata/deploy/check-package.ts';
import type { OrgState } from '../state/org-state.ts';
import type { FieldValue, StoredRecord } from '../state/record-store.ts';
import { apexComponent } from './apex-records.ts';
import { knownRecord, productionRefusal, requireFields, textField, rowText } from './tooling-resource.ts';
import type { ToolingResource } from './tooling-resource.ts';

const memberObjects = ['ApexClassMember', 'ApexTriggerMember'] as const;

/** ContainerAsyncRequest: compiles a container's members, or one member, as one set; asynchronous. */
export const containerRequests: ToolingResource = {
  create({ org, userId, fields }) {
    requireFields(fields, ['IsCheckOnly']);
    const container = textField(fields, 'MetadataContainerId');
    const member = textField(fields, 'MetadataContainerMemberId');
    if ((container === undefined) === (member === undefined)) {
      const message = 'Specify a MetadataContainerId or a MetadataContainerMemberId, but not both';
      throw new RestError(400, 'FIELD_INTEGRITY_EXCEPTION', message, ['MetadataContainerId']);
    }
    const target =
      container === undefined ? memberRow(org, member ?? '') : org.records.get('MetadataContainer', container);
    if (target === undefined) {
      throw new RestError(400, 'INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${container ?? member}`);
    }
    const row = org.records.insert(
      'ContainerAsyncRequest',
      {
        MetadataContainerId: container === undefined ? null : target.Id,
        MetadataContainerMemberId: container === undefined ? target.Id : null,
        IsCheckOnly: fields['IsCheckOnly'] === true || fields['IsCheckOnly'] === 'true',
        State: 'Queued',
      },
      userId,
    );
    queueRequest(org, row.Id, userId);
    return row.Id;
  },
  update({ org, userId, fields }, id) {
    const request = knownRecord(org, 'ContainerAsyncRequest', id);
    if (fields['State'] !== 'Aborted') {
      throw new RestError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'State can only be set to Aborted', ['State']);
    }
    if (request['State'] !== 'Queued') throw new RestError(400, 'INVALID_OPERATION', 'The request is no longer queued');
    org.records.update('ContainerAsyncRequest', request.Id, { State: 'Aborted' }, userId);
  },
};

/** Takes up requests that a former process left in the queue. */
export function resumeContainerRequests(org: OrgState): void {
  for (const row of org.records.find('ContainerAsyncRequest', { State: 'Queued' })) {
    queueRequest(org, row.Id, rowText(row, 'CreatedById'));
  }
}

/** A request stays Queued for as long as a deployment would. */
function queueRequest(org: OrgState, id: string, userId: string): void {
  const timer = setTimeout(() => {
    // It reports all failures into its row. One that cannot be written means that the org was closed under it: the
    // request stays Queued and is taken up at the next start.
    compileRequest(org, id, userId).catch(() => undefined);
  }, org.settings.deployPace.queueMs);
  timer.unref();
}

async function compileRequest(org: OrgState, id: string, userId: string): Promise<void> {
  const finish = (values: Record<string, FieldValue>): void => {
    // A container deleted meanwhile has taken its requests along.
    if (org.records.get('ContainerAsyncRequest', id) !== undefined) {
      org.records.update('ContainerAsyncRequest', id, values, userId);
    }
  };
  try {
    const request = org.records.get('ContainerAsyncRequest', id);
    if (request?.['State'] !== 'Queued') return;
    if (org.settings.kind === 'production') {
      finish({ State: 'Error', ErrorMsg: productionRefusal });
      return;
    }
    const members = membersOf(org, request);
    const components = members.map(({ sobject, row }) =>
      apexComponent(
        org,
        sobject.replace(/Member$/, ''),
        { Body: row['Body'], Metadata: row['Metadata'] },
        rowText(row, 'FullName'),
      ),
    );
    const checkOnly = request['IsCheckOnly'] === true;
    const checked = await saveComponents(org, components, { userId, checkOnly });
    const failed = checked.failures.length > 0;
    org.transaction(() => {
      finish({ State: failed ? 'Failed' : 'Completed', DeployDetails: deployDetails(checked) });
      // Deployed members move to the request: the container is empty again (Tooling API guide, MetadataContainer).
      if (!failed && !checkOnly) {
        for (const { sobject, row } of members)
          org.records.update(sobject, row.Id, { MetadataContainerId: id }, userId);
      }
    });
  } catch (error) {
    // Nobody waits for this promise: what went wrong is told where the client looks.
    finish({ State: 'Error', ErrorMsg: error instanceof Error ? error.message : String(error) });
  }
}

interface Member {
  readonly sobject: string;
  readonly row: StoredRecord;
}

function membersOf(org: OrgState, request: StoredRecord): Member[] {
  const one = request['MetadataContainerMemberId'];
  if (typeof one === 'string') {
    return memberObjects.flatMap((sobject) => {
      const row = org.records.get(sobject, one);
      return row === undefined ? [] : [{ sobject, row }];
    });
  }
  const container = request['MetadataContainerId'] ?? null;
  return memberObjects.flatMap((sobject) =>
    org.records.find(sobject, { MetadataContainerId: container }).map((row) => ({ sobject, row })),
  );
}

function memberRow(org: OrgState, id: string): StoredRecord | undefined {
  return memberObjects.map((sobject) => org.records.get(sobject, id)).find((row) => row !== undefined);
}

function deployDetails(checked: CheckedPackage): FieldValue {
  return {
    allComponentMessages: [...checked.successes, ...checked.failures],
    componentFailures: [...checked.failures],
    componentSuccesses: [...checked.successes],
    runTestResult: null,
  };
}
