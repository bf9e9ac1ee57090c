import type { Run } from '../../run/run.ts';
import type { FieldValue, StoredRecord } from '../../../state/record-store.ts';
import type { NativeClass, StaticNative } from '../native.ts';
import { timeZoneOfUser } from '../time/time-zone-class.ts';

function runningUser(run: Run): StoredRecord {
  const user = run.org.records.get('User', run.userId);
  if (user === undefined) throw new Error(`The running user ${run.userId} has no record.`);
  return user;
}

function organization(run: Run): StoredRecord {
  const { organizationId } = run.org.settings;
  const row = run.org.records.get('Organization', organizationId);
  if (row === undefined) throw new Error(`The organization ${organizationId} has no record.`);
  return row;
}

function text(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function ofUser(field: string): StaticNative {
  return (run) => text(runningUser(run)[field]);
}

/** The running user and the org. Packages and their licences are no part of the local org. */
export const userInfoClass: NativeClass = {
  name: 'System.UserInfo',
  statics: {
    getdefaultcurrency: (run) => text(organization(run)['DefaultCurrencyIsoCode']) ?? 'USD',
    getfirstname: ofUser('FirstName'),
    getlanguage: ofUser('LanguageLocaleKey'),
    getlastname: ofUser('LastName'),
    getlocale: ofUser('LocaleSidKey'),
    getname: ofUser('Name'),
    getorganizationid: (run) => run.org.settings.organizationId,
    getorganizationname: (run) => text(organization(run)['Name']),
    getprofileid: ofUser('ProfileId'),
    // Only code behind a page or an API request has a session that may be handed out.
    getsessionid: () => null,
    gettimezone: timeZoneOfUser,
    getuitheme: () => 'Theme4d',
    getuithemedisplayed: () => 'Theme4d',
    getuseremail: ofUser('Email'),
    getuserid: (run) => run.userId,
    getusername: ofUser('Username'),
    getuserroleid: ofUser('UserRoleId'),
    getusertype: ofUser('UserType'),
    ismulticurrencyorganization: () => false,
  },
};
