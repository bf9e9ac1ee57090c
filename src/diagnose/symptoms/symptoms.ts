import type { Check } from '../check.ts';
import type { Remedy } from '../finding.ts';

/** What people see when something is wrong, by the headings of OpenCX's troubleshooting page. */
export interface Symptom {
  id: string;
  /** The heading of the page. */
  title: string;
  /** Other words for it, as people write them to support. */
  words: string;
  /** The checks that explain it, in the order in which a person with experience would look. */
  path: readonly Check['id'][];
  /** What looks where no check of an org can: at files of this machine, or at what only a conversation shows. */
  next?: readonly Remedy[];
}

/** The live check of Live Messaging. */
const followOne: Remedy = { text: 'Follow one conversation through all of it', command: 'opencx-sf verify messaging' };
/** The six fields of OpenCX’s MIAW tab. */
const showSettings: Remedy = {
  text: 'See what belongs into the six fields of the MIAW tab',
  command: 'opencx-sf messaging settings',
};
const checkKeys: Remedy = {
  text: 'See whether PEM files and JWK are one key that both sides take',
  command: 'opencx-sf messaging keys check',
};

export const symptoms: readonly Symptom[] = [
  {
    id: 'credentials-wont-save',
    title: 'OAuth credentials won’t save',
    words: 'client id secret consumer key save saved saving invalid wrong activating oauth credential login url',
    path: ['org.identity', 'app.present', 'app.callback-url', 'app.active', 'app.secrets'],
  },
  {
    id: 'connect-fails',
    title: 'Connect to Salesforce fails',
    words: 'connect connection connecting redirect callback mismatch popup allow login refused denied oauth error pkce',
    path: [
      'app.present',
      'app.callback-url',
      'app.active',
      'app.pkce',
      'app.policies',
      'app.scopes',
      'org.api-access-control',
      'org.integration-user',
      'org.integration-license',
      'org.connected-as',
    ],
  },
  {
    id: 'no-case',
    title: 'Handoff runs but no Case appears in Salesforce',
    words: 'case cases missing none nothing created appears appear handoff escalation escalate created no not',
    path: [
      'org.api-access',
      'org.integration-user',
      'org.integration-license',
      'org.connected-as',
      'fields.case-from',
      'fields.visible-to-integration-user',
      'fields.case-session',
      'webhook.credential',
      'webhook.endpoint',
      'webhook.https',
      'webhook.host',
      'webhook.signature',
      'apex.class',
      'apex.case-trigger',
      'webhook.jobs',
      'webhook.calls',
      'webhook.async-limits',
      'fields.in-use',
    ],
  },
  {
    id: 'ai-replies-not-received',
    title: 'AI replies show as sent in OpenCX but the contact never receives the email',
    words:
      'ai reply replies answer sent contact customer never receive received receives email mail arrive deliver delivered outbound',
    path: [
      'apex.class',
      'apex.outbound-sender',
      'apex.integration-username',
      'org.integration-user',
      'org.connected-as',
      'email-out.deliverability',
      'email-out.daily-limit',
      'email-out.send-permission',
      'email-out.own-address',
      'email-out.org-wide-address',
      'email-out.org-wide-verified',
      'email-out.org-wide-profiles',
      'email-out.sending-domain',
      'email-out.dkim',
      'email-out.unsent',
      'email-out.bounces',
      'email-out.logged-errors',
    ],
  },
  {
    id: 'duplicate-case',
    title: 'Customer replies open a duplicate Case instead of threading into the original',
    words:
      'customer reply replies duplicate duplicated double second new case cases thread threading token original instead',
    path: [
      'apex.class',
      'apex.outbound-sender',
      'apex.threading-token',
      'email-in.enabled',
      'email-in.threading',
      'email-in.save-headers',
      'email-in.replies',
      'email-out.tokens',
      'apex.current',
    ],
  },
  {
    id: 'replies-never-reach-salesforce',
    title: 'Customer replies never reach Salesforce at all',
    words:
      'customer reply replies never reach lost vanish disappear salesforce all incoming inbound forward forwarding',
    path: [
      'apex.class',
      'apex.outbound-sender',
      'apex.reply-to',
      'email-in.enabled',
      'email-in.routing-address',
      'email-in.address-verified',
      'email-in.accept-from',
      'email-in.forwarding',
      'email-in.inbound',
      'email-in.spf',
      'apex.customer-email-trigger',
    ],
  },
  {
    id: 'email-limit',
    title: 'Hit SINGLE_EMAIL_LIMIT_EXCEEDED in the Debug Log',
    words: 'single_email_limit_exceeded limit exceeded daily quota cap debug log 15 50 5000 too many emails',
    path: ['email-out.daily-limit', 'apex.rivals', 'email-out.logged-errors'],
  },
  {
    id: 'gmail-unverified',
    title: 'Gmail forwarding stuck at Unverified',
    words: 'gmail google forwarding forward unverified verification verify code stuck confirmation confirm',
    path: ['email-in.enabled', 'email-in.routing-address', 'email-in.address-verified', 'email-in.forwarding'],
  },
  {
    id: 'rep-replies-not-received',
    title: 'Rep replies don’t reach the contact',
    words: 'rep reps agent human reply replies contact customer reach webhook named credential sync inbox opencx',
    path: [
      'webhook.credential',
      'webhook.endpoint',
      'webhook.https',
      'webhook.host',
      'webhook.principal-access',
      'webhook.signature',
      'apex.class',
      'apex.human-agent-email-trigger',
      'apex.case-trigger',
      'apex.integration-username',
      'webhook.jobs',
      'webhook.calls',
      'webhook.async-limits',
    ],
  },
  {
    id: 'miaw-settings-wont-save',
    title: 'MIAW settings won’t save',
    words: 'miaw messaging settings save saving instance url https pem header footer public private key field tab',
    path: ['org.my-domain', 'messaging.deployment', 'messaging.deployment-type', 'messaging.keyset', 'messaging.key'],
    next: [showSettings, checkKeys],
  },
  {
    id: 'access-token-error',
    title: 'Handoff fails with access token error',
    words:
      'handoff fail failed access token error jwt auth key id kid issuer mismatch wrong signature unauthorized 401 miaw',
    path: [
      'messaging.deployment',
      'messaging.deployment-type',
      'messaging.published',
      'messaging.channel',
      'messaging.auth-mode',
      'messaging.keyset',
      'messaging.key',
      'messaging.verified-users',
    ],
    next: [{ text: 'Ask for a token as OpenCX does', command: 'opencx-sf messaging token' }, checkKeys, showSettings],
  },
  {
    id: 'no-messages',
    title: 'Conversation created but no messages appear',
    words:
      'conversation chat messaging message miaw live thread created empty missing appear arrive console waiting stuck queue omni-channel',
    path: [
      'messaging.deployment',
      'messaging.deployment-type',
      'messaging.published',
      'messaging.channel',
      'messaging.auth-mode',
      'messaging.flow',
      'messaging.queue',
      'messaging.verified-users',
      'messaging.recent',
    ],
    next: [followOne],
  },
  {
    id: 'routing-attributes-missing',
    title: 'Routing attributes missing in Salesforce',
    words:
      'routing attribute parameter variable missing empty flow opencxsessionid chat_consumer_type origin priority chat_language language omni-channel',
    path: ['messaging.channel', 'messaging.parameters', 'messaging.flow', 'messaging.published'],
    next: [followOne],
  },
];
