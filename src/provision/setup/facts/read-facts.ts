import type { Config } from '../../../config/config-schema.ts';
import { withBatchedQueries } from '../../../salesforce/batched-queries.ts';
import type { Org } from '../../../salesforce/org.ts';
import { lentAccess } from '../../app/lent-access.ts';
import { existingConnectedApp } from '../../app/connected-app.ts';
import { readOrgComponents } from '../../org/org-components.ts';
import { accessSetName } from '../../../blueprint/access/render-access.ts';
import type { Blueprint } from '../../../blueprint/blueprint.ts';
import { messagingAccessName } from '../../../blueprint/messaging/render-messaging.ts';
import { known } from './known.ts';
import type { MessagingPlace } from './messaging/messaging-facts.ts';
import { readMessaging } from './messaging/read-messaging.ts';
import { readDns } from './read-dns.ts';
import { readMail } from './read-mail.ts';
import { readAssignments, readPeople, readQueues } from './read-people.ts';
import type { Limit, RunningUser, SetupFacts } from './setup-facts.ts';

/**
 * Reads an org once, all at a time; the queries travel in batches, so that it takes some ten requests.
 * @param user who this session is, read before: what is rendered names that user as contact
 * @param whole every component that is wanted
 * @param place where Live Messaging is; undefined where it is not wanted
 * @throws OpencxError as the requests do
 */
export async function readSetupFacts(
  org: Org,
  config: Config,
  user: RunningUser,
  whole: Blueprint,
  place: MessagingPlace | undefined,
): Promise<SetupFacts> {
  const batched = withBatchedQueries(org);
  const { names } = config.blueprint;
  const [limits, components, people, assignments, queues, mail, lent, connectedApp] = await Promise.all([
    known(org.rest<Record<string, Limit>>('GET', '/limits', 'reading limits')),
    readOrgComponents(batched, whole),
    readPeople(batched, config),
    readAssignments(batched, [names.permissionSet, accessSetName({ names }), messagingAccessName({ names })]),
    readQueues(batched),
    readMail(batched, config),
    lentAccess(batched),
    known(existingConnectedApp(batched, config.setup.app.label)),
  ]);
  return {
    identity: org.identity,
    maxApiVersion: org.maxApiVersion,
    soap: org.hasOpaqueToken(),
    user,
    limits,
    components,
    ...people,
    assignments,
    queues,
    ...mail,
    dns: await readDns(config, mail.dkimKeys),
    lentAccess: lent,
    connectedApp,
    messaging:
      place === undefined ? undefined : await readMessaging(batched, config.messaging, place, components, whole),
  };
}
