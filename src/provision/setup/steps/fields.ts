import { deployPart } from './deploy-part.ts';
import type { SetupStep } from './setup-step.ts';

/** The fields and the permission set that makes them visible. */
export const fields: SetupStep = {
  id: 'fields',
  title: 'Fields and permission set',
  requires: () => ['preflight'],
  permissions: ['ModifyMetadata', 'CustomizeApplication'],
  plan: (facts, wish) => ({ changes: deployPart('fields', facts, wish) }),
};
