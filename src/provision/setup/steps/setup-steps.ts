import { access } from './access.ts';
import { apex } from './apex.ts';
import { app } from './app.ts';
import { emailToCase } from './email/email-to-case.ts';
import { fields } from './fields.ts';
import { handOver } from './hand-over.ts';
import { integrationUser } from './integration-user.ts';
import { mail } from './email/mail.ts';
import { messaging } from './messaging/messaging.ts';
import { preflight } from './preflight.ts';
import type { SetupStep } from './setup-step.ts';
import { webhook } from './webhook.ts';

/** Every step, in the order in which they are carried out. */
export const setupSteps: readonly SetupStep[] = [
  preflight,
  fields,
  integrationUser,
  access,
  app,
  emailToCase,
  mail,
  webhook,
  apex,
  messaging,
  handOver,
];
