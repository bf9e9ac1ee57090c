import type { Command } from 'commander';

import { option } from '../common-options.ts';

/** Which org, and how to get in. Secrets come by stdin, file or variable, never as a flag's value. */
export interface TargetFlags {
  targetOrg?: string;
  apiVersion?: string;
  instanceUrl?: string;
  accessTokenStdin?: boolean;
  clientId?: string;
  privateKeyFile?: string;
  username?: string;
  loginUrl?: string;
  clientSecretStdin?: boolean;
  clientSecretFile?: string;
  web?: boolean;
  oauthPort?: string;
}

export function addTargetOptions(command: Command): Command {
  return command
    .optionsGroup('Target org:')
    .addOption(option('-o, --target-org <name>', '"local", or an alias or username of the Salesforce CLI'))
    .addOption(option('--api-version <version>', 'API version to speak, e.g. 66.0'))
    .addOption(
      option('--instance-url <url>', 'My Domain URL, for every login but the Salesforce CLI (SF_ORG_INSTANCE_URL)'),
    )
    .addOption(option('--access-token-stdin', 'read an access token from stdin (or set SF_ACCESS_TOKEN)'))
    .addOption(option('--client-id <key>', 'consumer key, for JWT, client credentials and web login'))
    .addOption(option('--private-key-file <file>', 'private key (PEM) for JWT bearer login'))
    .addOption(option('--username <name>', 'user to log in as by JWT'))
    .addOption(option('--login-url <url>', 'login host (default: https://login.salesforce.com)'))
    .addOption(option('--client-secret-stdin', 'read the consumer secret from stdin'))
    .addOption(option('--client-secret-file <file>', 'file with the consumer secret (or set SF_CLIENT_SECRET)'))
    .addOption(option('--web', 'log in by browser'))
    .addOption(option('--oauth-port <port>', 'local port of the browser login (default: 1717)'));
}
