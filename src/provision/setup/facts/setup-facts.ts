import type { OrgIdentity } from '../../../salesforce/org.ts';
import type { DomainFindings } from '../../mail/look-up-domain.ts';
import type { OrgComponents } from '../../org/org-components.ts';
import type { RoutingAddress } from '../plan/change.ts';
import type { MessagingFacts } from './messaging/messaging-facts.ts';

/** What could be read, or why it could not: a plan goes on without it and says so. */
export type Known<T> = { known: true; value: T } | { known: false; why: string };

/** The user whose session this is. */
export interface RunningUser {
  id: string;
  username: string;
  email: string;
  /** e.g. `ModifyMetadata`; by profile and permission sets together. */
  permissions: ReadonlySet<string>;
  /** What a user made by this one takes over: time zone, locale, language, encoding. */
  locale: Readonly<Record<string, string>>;
}

export interface OrgUser {
  id: string;
  username: string;
  isActive: boolean;
  profile: string;
  /** Of the profile, e.g. `Salesforce`. */
  license: string;
  email: string;
}

export interface Assignment {
  /** In lower case, as usernames are compared. */
  username: string;
  permissionSet: string;
}

export interface Queue {
  developerName: string;
  takesCases: boolean;
  /** Ids of users and groups. */
  memberIds: readonly string[];
}

/** `CaseSettings` as far as Email-to-Case is concerned. */
export interface EmailToCaseFacts {
  enabled: boolean;
  onDemand: boolean;
  /** The whole `emailToCase` block. */
  block: Readonly<Record<string, unknown>>;
  defaultCaseOwner: string | undefined;
  defaultCaseOwnerType: string | undefined;
  /** An Automated Case User is there, a named one or the system user. */
  hasCaseUser: boolean;
  routingAddresses: readonly OrgRoutingAddress[];
  /** Lightning Threading (tokens), not the older reference ids. */
  lightningThreading: boolean;
}

export type OrgRoutingAddress = Partial<RoutingAddress> & {
  emailAddress: string;
  /** The generated long address. */
  emailServicesAddress?: string;
  isVerified?: boolean;
};

export interface OrgWideAddress {
  id: string;
  address: string;
  isVerified: boolean | undefined;
}

export interface DkimKey {
  domain: string;
  domainMatch: string;
  isActive: boolean;
  selector: string;
  alternateSelector: string;
  txtRecordName: string;
  alternateTxtRecordName: string;
}

export interface Limit {
  Max: number;
  Remaining: number;
}

/** Everything a plan needs to know of an org, read once before anything is decided. */
export interface SetupFacts {
  identity: OrgIdentity;
  maxApiVersion: string;
  /** SOAP can be spoken: the token is a session id. */
  soap: boolean;
  user: RunningUser;
  limits: Known<Readonly<Record<string, Limit>>>;
  components: OrgComponents;
  profiles: readonly { name: string; license: string }[];
  integrationUser: OrgUser | undefined;
  /** Active users whom the configuration names as reps: by profile, role or Username. */
  reps: readonly OrgUser[];
  /** Active users whom it names as members of the owner queue. */
  queueMembers: readonly OrgUser[];
  /** Roles, profiles and users that the configuration names and the org does not have. */
  unknownNames: readonly string[];
  assignments: readonly Assignment[];
  queues: readonly Queue[];
  emailToCase: Known<EmailToCaseFacts>;
  orgWideAddresses: Known<readonly OrgWideAddress[]>;
  dkimKeys: Known<readonly DkimKey[]>;
  authorizedDomains: Known<readonly { domain: string; isVerified: boolean }[]>;
  /** `EmailAuthorizationSettings.enableSubstituteFromAddress`; read only if the configuration says something of it. */
  substituteFrom: Known<boolean> | undefined;
  /** Whether Apex may send mail at all, by the capacity probe. */
  deliverability: Known<'all' | 'not-all'>;
  /** What DNS says of the domain that mail is sent from; undefined where the configuration does not want to know. */
  dns: DomainFindings | undefined;
  /** An interrupted run has left its temporary access behind. */
  lentAccess: boolean;
  connectedApp: Known<string | undefined>;
  /** Undefined where Live Messaging is not wanted. */
  messaging: MessagingFacts | undefined;
}
