import { OpencxError } from '../../../../errors/opencx-error.ts';
import { publishingVersion } from '../../../messaging/api-versions.ts';
import { quoted } from '../../../org/soql-literal.ts';
import { setupUrl } from '../../../org/setup-url.ts';
import type { Change } from '../../plan/change.ts';
import type { ChangeContext } from '../change-context.ts';

/**
 * Publishes a deployment, which makes changes of its channel take effect, some minutes later.
 * @throws OpencxError ORG_REFUSED with Salesforce's words, and where the page in Setup is
 */
export async function publishDeployment(
  context: ChangeContext,
  { deployment }: Extract<Change, { kind: 'publish-deployment' }>,
): Promise<void> {
  const { org, journal, keepJournal } = context;
  const doing = `publishing the deployment ${deployment}`;
  const rows = await org.toolingQuery<{ Id: string }>(
    `SELECT Id FROM EmbeddedServiceConfig WHERE DeveloperName = ${quoted([deployment])}`,
    doing,
  );
  const id = rows[0]?.Id;
  if (id === undefined) {
    throw new OpencxError('NOT_INSTALLED', { message: `The org has no Embedded Service Deployment ${deployment}.` });
  }
  const path = `/connect/embeddedservice/embeddedserviceconfig/publish/${id}`;
  let answer: { isSuccess?: boolean };
  try {
    answer = await org.rest<{ isSuccess?: boolean }>('POST', path, doing, {}, publishingVersion);
  } catch (error) {
    if (!(error instanceof OpencxError) || error.code !== 'ORG_REFUSED') throw error;
    throw notPublished(error.message, error);
  }
  if (answer.isSuccess !== true) throw notPublished('the org answered that it did not succeed.', undefined);
  if (journal.messaging?.publishPending !== true) return;
  journal.messaging.publishPending = false;
  await keepJournal();

  function notPublished(why: string, cause: unknown): OpencxError {
    return new OpencxError('ORG_REFUSED', {
      message: `The deployment ${deployment} was not published: ${why}`,
      nextSteps: [
        `Publish it in Setup (${setupUrl(org.identity.instanceUrl, 'EmbeddedServiceDeployments/home')}); all else is done.`,
      ],
      cause,
    });
  }
}
