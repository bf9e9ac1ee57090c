import { notImplemented, RestError } from '../../http/rest-error.ts';
import { findUser } from '../../records/find-user.ts';
import { isEmailAddress } from '../../records/save/coerce-value.ts';
import { fieldText } from '../../state/field-text.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { StoredRecord } from '../../state/record-store.ts';
import { orgDigest } from '../threading/org-digest.ts';

/** The fields of `CaseSettings.emailToCase.routingAddresses` that can be set. */
export interface RoutingAddressInit {
  readonly routingName: string;
  readonly emailAddress: string;
  readonly saveEmailHeaders: boolean;
  readonly createTask: boolean;
  /** A username, or the DeveloperName of a queue; empty leaves the case with the administrator. */
  readonly caseOwner: string;
  readonly caseOwnerType: 'User' | 'Queue';
  readonly casePriority: string;
  readonly caseOrigin: string;
  /** Addresses and domains, separated by commas, semicolons or blanks; empty takes mail from anyone. */
  readonly authorizedSenders: string;
  readonly addressType: 'EmailToCase';
  /** On the platform, only whoever follows the link in the verification mail sets it. */
  readonly isVerified: boolean;
}

export interface RoutingAddress extends RoutingAddressInit {
  /** Of the EmailRoutingAddress. */
  readonly id: string;
  /** The generated address that the mailbox forwards to, `…@….case.salesforce.com`. */
  readonly emailServicesAddress: string;
}

/** What the records of a routing address have no field for, by the id of the EmailRoutingAddress. */
const KIND = 'routing-address';

const DEFAULTS: Omit<RoutingAddressInit, 'routingName' | 'emailAddress'> = {
  saveEmailHeaders: false,
  createTask: false,
  caseOwner: '',
  caseOwnerType: 'User',
  casePriority: '',
  caseOrigin: '',
  authorizedSenders: '',
  addressType: 'EmailToCase',
  isVerified: false,
};

/** All routing addresses, oldest first, those made as plain EmailRoutingAddress records among them. */
export function listRoutingAddresses(org: OrgState): RoutingAddress[] {
  return org.records.all('EmailRoutingAddress').map((row) => routingAddressOf(org, row));
}

export function findRoutingAddress(org: OrgState, id: string): RoutingAddress | undefined {
  const row = org.records.get('EmailRoutingAddress', id);
  return row === undefined ? undefined : routingAddressOf(org, row);
}

/** @throws RestError 400 for an address that is none or taken, an owner that does not exist, a picklist value missing */
export function createRoutingAddress(org: OrgState, init: Partial<RoutingAddressInit>): RoutingAddress {
  return org.transaction(() => {
    const emailAddress = init.emailAddress ?? '';
    const address = { ...DEFAULTS, routingName: emailAddress, ...init, emailAddress };
    check(org, address, undefined);
    const userId = org.settings.adminUserId;
    const service = org.records.insert(
      'EmailServicesAddress',
      {
        LocalPart: emailAddress.slice(0, emailAddress.indexOf('@')),
        EmailDomainName: servicesDomain(org, emailAddress),
        IsActive: true,
        DeveloperName: `EmailToCase${org.nextNumber('routing-address')}`,
        RunAsUserId: userId,
      },
      userId,
    );
    const row = org.records.insert('EmailRoutingAddress', { EmailServicesAddress: service.Id }, userId);
    return save(org, row.Id, address);
  });
}

/** @throws RestError 404, and what `createRoutingAddress` throws */
export function changeRoutingAddress(org: OrgState, id: string, changes: Partial<RoutingAddressInit>): RoutingAddress {
  return org.transaction(() => {
    const former = required(org, id);
    const address = { ...former, ...changes };
    check(org, address, former.id);
    return save(org, former.id, address);
  });
}

/** Removes it with its generated address. @throws RestError 404 */
export function deleteRoutingAddress(org: OrgState, id: string): void {
  org.transaction(() => {
    const { id: routingId } = required(org, id);
    const service = fieldText(org.records.get('EmailRoutingAddress', routingId)?.['EmailServicesAddress']);
    org.records.delete('EmailRoutingAddress', routingId);
    if (service !== '') org.records.delete('EmailServicesAddress', service);
    org.documents.delete(KIND, routingId);
  });
}

/** The user or queue that cases of a routing address go to; the administrator if it names none that is there. */
export function ownerOf(org: OrgState, { caseOwner, caseOwnerType }: RoutingAddressInit): string {
  return findOwner(org, caseOwner, caseOwnerType) ?? org.settings.adminUserId;
}

function required(org: OrgState, id: string): RoutingAddress {
  const address = findRoutingAddress(org, id);
  if (address === undefined) throw new RestError(404, 'NOT_FOUND', `There is no routing address ${id}.`);
  return address;
}

function save(org: OrgState, id: string, init: RoutingAddressInit): RoutingAddress {
  const { routingName, emailAddress, ...rest } = init;
  const values = { PersonalName: routingName, Address: emailAddress };
  org.records.update('EmailRoutingAddress', id, values, org.settings.adminUserId);
  org.documents.put(
    KIND,
    id,
    Object.fromEntries(Object.keys(DEFAULTS).map((key) => [key, rest[key as keyof typeof DEFAULTS]])),
  );
  return required(org, id);
}

function routingAddressOf(org: OrgState, row: StoredRecord): RoutingAddress {
  const service = org.records.get('EmailServicesAddress', fieldText(row['EmailServicesAddress']));
  return {
    ...DEFAULTS,
    ...(org.documents.get(KIND, row.Id) as Partial<RoutingAddressInit> | undefined),
    id: row.Id,
    routingName: fieldText(row['PersonalName']),
    emailAddress: fieldText(row['Address']),
    emailServicesAddress:
      service === undefined ? '' : `${fieldText(service['LocalPart'])}@${fieldText(service['EmailDomainName'])}`,
  };
}

/** As the platform generates it: a secret of the address, a key of the org, an instance. */
function servicesDomain(org: OrgState, emailAddress: string): string {
  const secret = orgDigest(org, `routing/${emailAddress.toLowerCase()}`).toLowerCase();
  const orgKey = org.settings.organizationId.slice(7, 15).toLowerCase();
  return `l-${secret}.l-${orgKey}.local.case.salesforce.com`;
}

function check(org: OrgState, address: RoutingAddressInit, ownId: string | undefined): void {
  const { emailAddress, caseOwner, caseOwnerType, casePriority, caseOrigin, createTask } = address;
  const refuse = (message: string): RestError => new RestError(400, 'INVALID_REQUEST', message);
  if (!isEmailAddress(emailAddress)) throw refuse(`emailAddress: invalid email address: ${emailAddress}`);
  const twin = listRoutingAddresses(org).find((other) => sameAddress(other.emailAddress, emailAddress));
  if (twin !== undefined && twin.id !== ownId) throw refuse(`There is a routing address ${emailAddress} already.`);
  if (caseOrigin === '') throw refuse('Missing caseOrigin');
  if (casePriority === '') throw refuse('Missing casePriority');
  if (caseOwner !== '' && findOwner(org, caseOwner, caseOwnerType) === undefined) {
    throw refuse(`caseOwner: there is no ${caseOwnerType.toLowerCase()} ${caseOwner}.`);
  }
  if (createTask) throw notImplemented('createTask of a routing address');
}

function findOwner(org: OrgState, name: string, type: 'User' | 'Queue'): string | undefined {
  if (name === '') return undefined;
  if (type === 'User') return findUser(org, name)?.Id;
  return org.records
    .find('Group', { Type: 'Queue' })
    .find((group) => fieldText(group['DeveloperName']).toLowerCase() === name.toLowerCase())?.Id;
}

/** Whether two addresses are one, in any case. */
export function sameAddress(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
