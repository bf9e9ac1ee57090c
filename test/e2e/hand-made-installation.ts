import { expect } from 'vitest';

import type { ServedOrg } from './served-org.ts';

/** What an administrator once pasted into Setup, put into the org as Setup would: by the Tooling API. */
export async function paste(org: ServedOrg, type: 'ApexClass' | 'ApexTrigger', body: string): Promise<void> {
  const [, name, object] = /(?:class|trigger)\s+(\w+)(?:\s+on\s+(\w+))?/.exec(body) ?? [];
  const response = await fetch(`${org.running.url}/services/data/v66.0/tooling/sobjects/${type}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.env['SF_ACCESS_TOKEN'] ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      Name: name,
      Body: body,
      ApiVersion: 60,
      ...(object === undefined ? {} : { TableEnumOrId: object }),
    }),
  });
  expect(response.status, await response.clone().text()).toBe(201);
}

export const oldClass = `public class OpenSalesforceCaseManagement {
    @future(callout=true)
    public static void handleNewCase(Set<Id> caseIds) {
        HttpRequest request = new HttpRequest();
        request.setEndpoint('callout:OpenCX_Integration');
        request.setMethod('POST');
        new Http().send(request);
    }
}`;
export const oldTrigger = `trigger CaseTrigger on Case (after insert) {
    /* pasted from the older page */
    OpenSalesforceCaseManagement.handleNewCase(Trigger.newMap.keySet());
}`;
