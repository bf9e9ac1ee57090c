import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { configSchema } from '../../../src/config/config-schema.ts';
import { checks } from '../../../src/diagnose/registry.ts';
import { startLocalOrg } from '../../../src/local-org/start-local-org.ts';
import { userOf } from '../../e2e/story/org-user.ts';
import { buildHealthyOrg, copyOf, createUser, type HealthyOrg } from './healthy-org.ts';
import { controlOf } from './plant.ts';
import { statuses, verify } from './verdicts.ts';

let healthy: HealthyOrg;
beforeAll(async () => {
  healthy = await buildHealthyOrg();
}, 90_000);
afterAll(async () => {
  await healthy.close();
});

/** Ids by what they ended with. */
function grouped(all: Record<string, string>): Record<string, string[]> {
  const groups = Object.groupBy(Object.keys(all), (id) => all[id] ?? '');
  return groups as Record<string, string[]>;
}

/** What does not apply to this configuration, whatever the org is like. */
const notForThisConfiguration = [
  'webhook.principal-access',
  'webhook.signature',
  'apex.bounce-trigger',
  'apex.case-closed-trigger',
  ...checks.filter(({ group }) => group === 'messaging').map(({ id }) => id),
];

describe('all checks', () => {
  test('of an org that is set up and at work pass, but for what does not apply, in at most 12 requests', async () => {
    const org = await copyOf(healthy);
    const { results, requests } = await verify(org, healthy.config);
    await org.close();
    const found = [...results.values()].filter(({ finding: { status } }) => status !== 'pass');
    expect(found.map(({ check, finding }) => `${check.id}: ${finding.status}`).sort()).toEqual(
      [...notForThisConfiguration, 'email-out.logged-errors', 'email-out.own-address']
        .map((id) => `${id}: skip`)
        .sort(),
    );
    expect(requests).toBeLessThanOrEqual(12);
  }, 30_000);

  test('of an org that cannot be reached any more warn, and no one crashes or waits for long', async () => {
    const org = await copyOf(healthy);
    const start = Date.now();
    const { results } = await verify(org, healthy.config, {
      opened: async () => {
        await controlOf(org.url)('POST', 'faults', { kind: 'drop', match: { path: '/services/' } });
      },
    });
    await org.close();
    const { pass, skip, warn, ...others } = grouped(statuses(results));
    expect(others).toEqual({});
    // These ask the org nothing more.
    expect(pass).toEqual(['org.identity', 'org.api-version', 'org.my-domain', 'org.clock']);
    expect(skip).toEqual(notForThisConfiguration);
    expect(warn).toHaveLength(results.size - 4 - notForThisConfiguration.length);
    for (const id of warn ?? []) {
      expect(results.get(id)?.finding.summary, id).toMatch(/could not be asked|does not say whether/);
    }
    expect(Date.now() - start).toBeLessThan(20_000);
  }, 40_000);

  test('of an org that refuses this user say so, with what is missing', async () => {
    const org = await copyOf(healthy);
    const admin = await userOf(org.url, org.issueAccessToken());
    const AssigneeId = await createUser(admin, 'outsider@example.com', 'Minimum Access - Salesforce');
    const api = { Name: 'Api_Only', Label: 'API only', PermissionsApiEnabled: true };
    const PermissionSetId = await admin.create('PermissionSet', api);
    await admin.create('PermissionSetAssignment', { AssigneeId, PermissionSetId });
    const { accessToken } = await controlOf(org.url)<{ accessToken: string }>('POST', 'sessions', {
      username: 'outsider@example.com',
    });
    const { results } = await verify(org, healthy.config, { accessToken });
    await org.close();
    const all = statuses(results);
    expect(grouped(all)['crash']).toBeUndefined();
    expect(all['org.permissions']).toBe('fail');
    expect(results.get('org.permissions')?.finding.summary).toMatch(/lacks View Setup and Configuration/);
    expect(grouped(all)).toMatchInlineSnapshot(`
      {
        "fail": [
          "org.permissions",
        ],
        "pass": [
          "org.identity",
          "org.api-version",
          "org.my-domain",
          "org.clock",
          "org.integration-user",
          "email-in.spf",
          "email-out.bounces",
        ],
        "skip": [
          "org.api-access",
          "org.api-access-control",
          "org.integration-license",
          "app.present",
          "app.callback-url",
          "app.active",
          "app.scopes",
          "app.pkce",
          "app.secrets",
          "app.policies",
          "org.connected-as",
          "fields.case-from",
          "fields.email-sent",
          "fields.visible-to-integration-user",
          "fields.case-session",
          "fields.visible-to-reps",
          "webhook.credential",
          "webhook.endpoint",
          "webhook.https",
          "webhook.host",
          "webhook.principal-access",
          "webhook.signature",
          "apex.class",
          "apex.case-trigger",
          "apex.customer-email-trigger",
          "apex.human-agent-email-trigger",
          "apex.owner-change-trigger",
          "apex.outbound-sender",
          "apex.bounce-trigger",
          "apex.case-closed-trigger",
          "apex.threading-token",
          "apex.reply-to",
          "apex.integration-username",
          "apex.org-wide-address",
          "apex.rivals",
          "apex.flows",
          "apex.meddlers",
          "apex.current",
          "apex.api-version",
          "apex.coverage",
          "email-in.enabled",
          "email-in.threading",
          "email-in.routing-address",
          "email-in.address-verified",
          "email-in.accept-from",
          "email-in.save-headers",
          "email-in.no-task",
          "email-in.case-values",
          "email-in.owner",
          "email-in.assignment-rule",
          "email-in.forwarding",
          "email-in.inbound",
          "email-in.replies",
          "email-out.deliverability",
          "email-out.daily-limit",
          "email-out.send-permission",
          "email-out.own-address",
          "email-out.org-wide-address",
          "email-out.org-wide-verified",
          "email-out.org-wide-profiles",
          "email-out.default-no-reply",
          "email-out.sending-domain",
          "email-out.dkim",
          "email-out.unsent",
          "email-out.tokens",
          "email-out.duplicates",
          "email-out.logged-errors",
          "webhook.jobs",
          "webhook.calls",
          "webhook.async-limits",
          "fields.in-use",
          "messaging.deployment",
          "messaging.deployment-type",
          "messaging.published",
          "messaging.channel",
          "messaging.auth-mode",
          "messaging.keyset",
          "messaging.key",
          "messaging.parameters",
          "messaging.flow",
          "messaging.queue",
          "messaging.verified-users",
          "messaging.recent",
        ],
      }
    `);
  }, 30_000);

  test('of an empty org name what is missing, each thing once', async () => {
    const org = await startLocalOrg();
    const config = configSchema.parse({
      blueprint: { replyTo: 'support@example.com', integrationUsername: 'integration@example.com' },
      setup: { mail: { checkDns: false } },
    });
    const { results } = await verify(org, config);
    await org.close();
    expect(grouped(statuses(results))).toMatchInlineSnapshot(`
      {
        "fail": [
          "org.integration-user",
          "app.present",
          "fields.case-from",
          "fields.email-sent",
          "webhook.credential",
          "apex.class",
          "email-in.enabled",
        ],
        "pass": [
          "org.identity",
          "org.api-version",
          "org.permissions",
          "org.api-access",
          "org.my-domain",
          "org.clock",
          "org.api-access-control",
          "apex.rivals",
          "apex.flows",
          "apex.meddlers",
          "email-out.deliverability",
          "email-out.daily-limit",
          "email-out.bounces",
          "email-out.duplicates",
          "webhook.async-limits",
        ],
        "skip": [
          "org.integration-license",
          "app.callback-url",
          "app.active",
          "app.scopes",
          "app.pkce",
          "app.secrets",
          "app.policies",
          "org.connected-as",
          "fields.visible-to-integration-user",
          "fields.case-session",
          "fields.visible-to-reps",
          "webhook.endpoint",
          "webhook.https",
          "webhook.host",
          "webhook.principal-access",
          "webhook.signature",
          "apex.case-trigger",
          "apex.customer-email-trigger",
          "apex.human-agent-email-trigger",
          "apex.owner-change-trigger",
          "apex.outbound-sender",
          "apex.bounce-trigger",
          "apex.case-closed-trigger",
          "apex.threading-token",
          "apex.reply-to",
          "apex.integration-username",
          "apex.org-wide-address",
          "apex.current",
          "apex.api-version",
          "apex.coverage",
          "email-in.threading",
          "email-in.routing-address",
          "email-in.address-verified",
          "email-in.accept-from",
          "email-in.save-headers",
          "email-in.no-task",
          "email-in.case-values",
          "email-in.owner",
          "email-in.spf",
          "email-in.forwarding",
          "email-in.inbound",
          "email-in.replies",
          "email-out.send-permission",
          "email-out.own-address",
          "email-out.org-wide-address",
          "email-out.org-wide-verified",
          "email-out.org-wide-profiles",
          "email-out.sending-domain",
          "email-out.unsent",
          "email-out.tokens",
          "email-out.logged-errors",
          "webhook.jobs",
          "webhook.calls",
          "fields.in-use",
          "messaging.deployment",
          "messaging.deployment-type",
          "messaging.published",
          "messaging.channel",
          "messaging.auth-mode",
          "messaging.keyset",
          "messaging.key",
          "messaging.parameters",
          "messaging.flow",
          "messaging.queue",
          "messaging.verified-users",
          "messaging.recent",
        ],
        "warn": [
          "email-in.assignment-rule",
          "email-out.default-no-reply",
          "email-out.dkim",
        ],
      }
    `);
  }, 30_000);
});
