import { describe, expect, test } from 'vitest';

import { renderBlueprint } from '../../../src/blueprint/blueprint.ts';
import { mdapiLayout } from '../../../src/blueprint/layouts.ts';
import { changeMailSettings } from '../../../src/local-org/mail/mail-settings.ts';
import { singleOptions, testSettings, variants } from '../../blueprint/variants.ts';
import { deployGenerated } from './deploy-generated.ts';
import type { Circumstances } from './deploy-generated.ts';
import { variantFindings } from './variant-findings.ts';

/** Milliseconds; the first one loads the grammar and parses everything. */
const patience = 120_000;

// What a customer's org does with the generated test class. Pairs of options: npm run test:variants.
test.each([...variants('singles')])(
  'the tests of variant %s pass and cover its class and triggers',
  async (_name, settings) => {
    expect(await variantFindings(settings)).toEqual([]);
  },
  patience,
);

const integrationUsername = testSettings().integrationUsername ?? '';

/** What the test class must not stumble over in somebody's org. */
const orgs: Record<string, Circumstances> = {
  'that is in production': { kind: 'production' },
  'that is a sandbox': { kind: 'sandbox' },
  'that may send no mail': {
    prepare: (org) => {
      changeMailSettings(org, { deliverability: 'none' });
    },
  },
  'where the integration user runs the tests': {
    prepare: (org) => {
      const { adminUserId } = org.settings;
      org.records.update('User', adminUserId, { Username: integrationUsername }, adminUserId);
    },
  },
  'that has the integration user already': {
    prepare: (org) => {
      const { adminUserId } = org.settings;
      const { Id: _id, ...admin } = org.records.get('User', adminUserId) ?? { Id: '' };
      org.records.insert('User', { ...admin, Username: integrationUsername, Alias: 'opencx' }, adminUserId);
    },
  },
};

describe.each(Object.entries(orgs))('in an org %s the tests pass', (_name, circumstances) => {
  test.each([
    ['where Salesforce sends the mail', testSettings()],
    ['where a service does', testSettings(singleOptions.sendgrid)],
  ])(
    '%s',
    async (_sender, settings) => {
      const files = mdapiLayout(await renderBlueprint(settings));
      const { problems, failures, passed } = await deployGenerated(files, circumstances);
      expect({ problems, failures }).toEqual({ problems: [], failures: [] });
      expect(passed).toContain('newCaseIsReported');
    },
    patience,
  );
});
