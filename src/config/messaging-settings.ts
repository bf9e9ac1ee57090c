import { z } from 'zod';

/** Name of the keyset where nobody has chosen another; files of keys carry it too. */
export const defaultKeysetName = 'OpenCX_Keyset';

const named = (value: string, description: string) => z.string().min(1).default(value).describe(description);

const apiName = (value: string, description: string) =>
  z
    .string()
    .regex(/^[A-Za-z](?:_?[A-Za-z0-9])*$/, 'is an API name: letters, digits and single underscores, a letter first')
    .default(value)
    .describe(description);

/**
 * The routing attributes by the names that OpenCX sends. A channel parameter, its Channel Variable Name and the input variable
 * of the flow carry the same name, as sources differ on which of the first two the key is compared with.
 */
const parameters = z
  .strictObject({
    sessionId: apiName('OpencxSessionId', 'UUID of the OpenCX session.'),
    consumerType: apiName('Chat_Consumer_Type', 'Authenticated or Non-Authenticated.'),
    origin: apiName('Origin', 'MIABOT for what comes from OpenCX.'),
    priority: apiName('Priority', 'Routing priority.'),
    language: apiName('Chat_language', 'Detected language code.'),
  })
  .prefault({})
  .describe('Names of the routing attributes, as the OpenCX page has them.');

/** How a conversation is held, where networks and orgs differ. */
const conversation = z
  .strictObject({
    transport: z
      .enum(['stream', 'poll'])
      .default('stream')
      .describe('poll asks for entries every two seconds, where something on the way swallows event streams.'),
    firstMessageStartsSession: z
      .boolean()
      .default(true)
      .describe(
        'Whether the first message repeats the routing attributes, without which some orgs were seen to lose them.',
      ),
  })
  .prefault({})
  .describe('How conversations are held.');

/** Live Messaging: which deployment, and how identity tokens are signed. Keys are in a folder of their own, never here. */
export const messagingSettingsSchema = z
  .strictObject({
    deployment: apiName('OpenCX', 'ES Developer Name: API name of the Embedded Service Deployment (Custom Client).'),
    scrtUrl: z
      .url()
      .optional()
      .describe('Url of the Code Snippet of the deployment, where the host derived from My Domain is not the one.'),
    orgId: z
      .string()
      .regex(/^00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/, 'is an organization id, 00D…')
      .optional()
      .describe('Organization id, for commands that talk to Live Messaging alone and log in to no org.'),
    issuer: z
      .string()
      .min(1)
      .optional()
      .describe('What OpenCX puts into "iss" of its identity tokens; the keyset must name the same. Ask OpenCX.'),
    keysFolder: z.string().min(1).optional().describe('Folder of the keys (default: .opencx-sf/messaging-keys).'),
    keyset: apiName(defaultKeysetName, 'API name of the keyset (PublicKeyCertificateSet).'),
    channel: apiName('OpenCX', 'API name of the messaging channel.'),
    flow: apiName('OpenCX_Messaging_Routing', 'API name of the Omni-Channel flow that the channel routes by.'),
    queue: apiName('OpenCX_Messaging', 'DeveloperName of the queue that a flow made here routes to.'),
    queueMembers: z.array(z.string().min(1)).default([]).describe('Usernames who become members of a queue made here.'),
    createDeployment: z
      .boolean()
      .default(false)
      .describe('Make channel, flow, queue and deployment where the org has none of these names.'),
    sessionIdField: named(
      'OpencxSessionId__c',
      'Field of MessagingSession that a flow made here keeps the session in.',
    ),
    identityLifetimeMinutes: z.number().min(1).max(1440).default(10).describe('Life of an identity token, in minutes.'),
    parameters,
    conversation,
  })
  .prefault({})
  .describe('Live Messaging (MIAW).');

export type MessagingSettings = z.output<typeof messagingSettingsSchema>;
