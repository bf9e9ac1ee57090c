import { quoted } from '../../../provision/org/soql-literal.ts';
import { webhookUrlIn } from '../../../provision/webhook/webhook-credential.ts';
import type { Reading } from '../reading.ts';

/** The Named Credential of the webhook. */
export interface WebhookState {
  model: 'legacy' | 'external';
  /** A capability, to be shown masked. */
  url: string;
  /** ISO 8601. */
  lastModifiedDate: string;
  /** Names of the External Credentials it authenticates by; none for the legacy model. */
  externalCredentials: readonly string[];
}

interface Row {
  LastModifiedDate: string;
  Metadata: Record<string, unknown> | null;
}

/** Undefined where the org has none of the configured name. */
export const webhook: Reading<WebhookState | undefined> = {
  what: 'Tooling API: NamedCredential',
  read: async ({ org, drawn }) => {
    const name = drawn.settings.names.namedCredential;
    const rows = await org.toolingQuery<Row>(
      `SELECT Id, LastModifiedDate, Metadata FROM NamedCredential WHERE DeveloperName = ${quoted([name])} AND NamespacePrefix = null`,
      `reading the Named Credential ${name}`,
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const metadata = row.Metadata ?? {};
    return {
      model: typeof metadata['endpoint'] === 'string' ? 'legacy' : 'external',
      url: webhookUrlIn(metadata) ?? '',
      lastModifiedDate: row.LastModifiedDate,
      externalCredentials: externalCredentialsIn(metadata),
    };
  },
};

function externalCredentialsIn({ namedCredentialParameters: parameters }: Record<string, unknown>): string[] {
  return ([parameters ?? []].flat() as { parameterType?: string; externalCredential?: string }[])
    .filter(({ parameterType }) => parameterType === 'Authentication')
    .map(({ externalCredential }) => externalCredential ?? '');
}
