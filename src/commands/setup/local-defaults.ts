import type { LoadedConfig } from '../../config/load-config.ts';
import type { Config } from '../../config/config-schema.ts';

/** What the local org is set up with when nothing else is said: it is there to be tried, and can be reset. */
const example = {
  replyTo: 'support@example.com',
  integrationUsername: 'integration@example.com',
  webhookUrl: 'http://127.0.0.1:8787/webhook',
} as const;

/** Fills in what only a person could answer of a real org. What was given is left as it is. */
export function withLocalDefaults({ config, origins }: LoadedConfig): Config {
  const { blueprint, setup, messaging } = config;
  const given = (path: string) => origins.has(path);
  return {
    ...config,
    blueprint: {
      ...blueprint,
      replyTo: blueprint.replyTo ?? example.replyTo,
      integrationUsername: blueprint.integrationUsername ?? example.integrationUsername,
      webhookUrl: blueprint.webhookUrl ?? example.webhookUrl,
    },
    setup: {
      ...setup,
      emailToCase: {
        ...setup.emailToCase,
        acceptPermanent: given('setup.emailToCase.acceptPermanent') ? setup.emailToCase.acceptPermanent : true,
      },
      // The example domain has no records of its own to look up.
      mail: { ...setup.mail, checkDns: given('setup.mail.checkDns') ? setup.mail.checkDns : false },
    },
    messaging: {
      ...messaging,
      createDeployment: given('messaging.createDeployment') ? messaging.createDeployment : true,
    },
  };
}
