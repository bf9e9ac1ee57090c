import { expect } from 'vitest';

import { API, userOf, type OrgUser } from '../story/org-user.ts';
import { webhookServer, type WebhookServer } from '../story/webhook-server.ts';
import { setupInputs, setupStage, type SetupStage } from '../setup/setup-org.ts';
import type { StartLocalOrgOptions } from '../../../src/local-org/start-local-org.ts';

/** An org that `init` has set up as OpenCX wants it, with a webhook that listens. */
export interface HandoffStage extends SetupStage {
  webhooks: WebhookServer;
  admin: OrgUser;
  /** Switches a trigger of this name off. */
  switchOff: (trigger: string) => Promise<void>;
  /** Changes the Apex class in the org, behind the back of everybody. */
  changeApexClass: (from: string, to: string) => Promise<void>;
  /** Records of the org by `object id`, but for logs and jobs, which go on existing. */
  records: () => Promise<Map<string, unknown>>;
}

export interface HandoffOptions extends StartLocalOrgOptions {
  /** Blueprint settings beyond the defaults. */
  blueprint?: Record<string, unknown>;
}

export const integrationUser = 'integration@example.com';

export async function handoffStage({ blueprint = {}, ...options }: HandoffOptions = {}): Promise<HandoffStage> {
  const stage = await setupStage(options);
  const webhooks = await webhookServer();
  await stage.configure({
    blueprint: { replyTo: 'support@example.com', integrationUsername: integrationUser, ...blueprint },
  });
  const done = await stage.run('init', '--yes', ...setupInputs, '--webhook-url', webhooks.url, '--no-tests');
  expect(done.exitCode, done.stderr).toBe(0);
  const { routingAddresses } = (await stage.org.control('GET', '/mail/routing-addresses')) as {
    routingAddresses: { id: string }[];
  };
  for (const { id } of routingAddresses) {
    await stage.org.control('PATCH', `/mail/routing-addresses/${id}`, { isVerified: true });
  }
  const admin = await userOf(stage.org.running.url, stage.org.running.issueAccessToken());
  const idOf = async (sobject: string, name: string): Promise<string> => {
    const soql = encodeURIComponent(`SELECT Id FROM ${sobject} WHERE Name = '${name}'`);
    const { records } = await admin.call<{ records: { Id: string }[] }>('GET', `${API}/tooling/query?q=${soql}`);
    return records[0]?.Id ?? 'none';
  };
  return {
    ...stage,
    webhooks,
    admin,
    switchOff: async (trigger) => {
      const path = `${API}/tooling/sobjects/ApexTrigger/${await idOf('ApexTrigger', trigger)}`;
      await admin.call('PATCH', path, { Status: 'Inactive' });
    },
    changeApexClass: async (from, to) => {
      const path = `${API}/tooling/sobjects/ApexClass/${await idOf('ApexClass', 'OpenSalesforceCaseManagement')}`;
      const { Body } = await admin.call<{ Body: string }>('GET', path);
      expect(Body).toContain(from);
      await admin.call('PATCH', path, { Body: Body.replace(from, to) });
    },
    records: async () => {
      const { records } = (await stage.org.control('GET', '/dump')) as {
        records: Record<string, { Id: string; UserType?: string }[]>;
      };
      const lasting = new Set(['ApexLog', 'AsyncApexJob', 'CronTrigger', 'CronJobDetail']);
      const objects = Object.entries(records).filter(([sobject]) => !lasting.has(sobject));
      const rows = objects.flatMap(([sobject, some]) => some.map((row) => [`${sobject} ${row.Id}`, row] as const));
      // The platform's own user, whom the local org makes when a mail first comes in.
      return new Map(rows.filter(([, row]) => row.UserType !== 'AutomatedProcess'));
    },
  };
}
