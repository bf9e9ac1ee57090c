import type { Config } from '../../config/config-schema.ts';
import type { Org } from '../../salesforce/org.ts';
import type { ReceivedReply, SentMail } from './mail/mail-ports.ts';
import type { HandoffPeople } from './people.ts';

/** What only some orgs offer. The command fills in what it has; what is missing is said, never pretended. */
export interface HandoffPorts {
  /** The same org as the integration user, where a session of that user can be had. */
  asIntegrationUser?: () => Promise<Org>;
  /** The mails that went out with this text in their subject, where they can be seen as they went out. */
  sentMails?: (mark: string) => Promise<readonly SentMail[]>;
  /** Gives the org a mail from outside (RFC 5322), where that can be done without a mailbox. */
  receiveReply?: (raw: string) => Promise<ReceivedReply>;
}

export interface HandoffOptions {
  /** The session that was opened; what people do on a Case is done as its user. */
  org: Org;
  config: Config;
  people: HandoffPeople;
  ports: HandoffPorts;
  /** Where the mail goes; never a customer. */
  to: string;
  /** How long to wait for a person to answer the mail, in milliseconds; 0 does not wait. */
  waitMs: number;
  /** How long jobs of the org may take, in milliseconds. */
  patienceMs: number;
  /** Leaves what was made. */
  keep: boolean;
  signal?: AbortSignal;
}

/** A record this run made, or that came of it. */
export interface MadeRecord {
  sobject: 'Case' | 'CaseComment' | 'EmailMessage';
  id: string;
}

/** A record of the run and what became of it. */
export interface RecordFate extends MadeRecord {
  /** `unknown`: the org could not be asked any more. */
  fate: 'deleted' | 'kept' | 'left' | 'unknown';
  /** Why it is still there, or not known. */
  reason?: string;
}

/** A record with who saved it and when, by the clock of the org. */
export interface SavedRecord {
  id: string;
  userId: string;
  /** ISO 8601, whole seconds on Salesforce. */
  at: string;
}

/** One test handoff under way. */
export interface HandoffRun extends HandoffOptions {
  /** In the subject of all that is made: `[opencx-sf test 1f3a…]`. */
  mark: string;
  /** A session of the integration user; undefined where none can be had. Opened once. */
  asOpenCx: () => Promise<Org | undefined>;
  made: MadeRecord[];
  /** What the stages have found so far, for those that come after. */
  found: {
    case?: SavedRecord & { number: string };
    message?: SavedRecord;
    /** Undefined where they cannot be seen. */
    mails?: readonly SentMail[];
    /** The customer's answer, wherever it landed. */
    reply?: SavedRecord;
  };
}
