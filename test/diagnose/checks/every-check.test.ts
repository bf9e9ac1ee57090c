import { expect, test } from 'vitest';

import { checks } from '../../../src/diagnose/registry.ts';
import { apexFaults } from './apex-faults.ts';
import { mailFaults } from './mail-faults.ts';
import { messagingFaults } from './messaging/messaging-faults.ts';
import { orgFaults } from './org-faults.ts';

/** Planted in other-settings.test.ts, as they need another configuration or another host. */
const plantedElsewhere = [
  'org.my-domain',
  'apex.bounce-trigger',
  'apex.case-closed-trigger',
  'webhook.principal-access',
  'webhook.signature',
];

test('every check has a fault that it finds', () => {
  const found = new Set(
    [...orgFaults, ...apexFaults, ...mailFaults, ...messagingFaults].map(({ check }) => check).concat(plantedElsewhere),
  );
  expect(checks.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});
