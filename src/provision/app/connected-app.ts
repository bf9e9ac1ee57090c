import type { Org } from '../../salesforce/org.ts';
import { quoted } from '../org/soql-literal.ts';
import { refusalOf } from './refusal.ts';

/**
 * The classic Connected App of a name, if the org has one: made before Spring '26 it goes on working, and need not be
 * replaced. An External Client App of that label is none, should the org list it among them.
 * @param name as Setup shows it, e.g. `OpenCX`
 * @returns its name as the org writes it
 * @throws OpencxError ORG_REFUSED or PERMISSION_DENIED where the org cannot tell: that is no failure, but unknown
 */
export async function existingConnectedApp(org: Org, name: string): Promise<string | undefined> {
  const doing = 'looking for a Connected App';
  const [classic, external] = await Promise.all([
    org.query<{ Name: string }>(`SELECT Id, Name FROM ConnectedApplication WHERE Name = ${quoted([name])}`, doing),
    isExternal(org, name, doing),
  ]);
  return external ? undefined : classic[0]?.Name;
}

async function isExternal(org: Org, label: string, doing: string): Promise<boolean> {
  const soql = `SELECT Id FROM ExternalClientApplication WHERE MasterLabel = ${quoted([label])}`;
  try {
    return (await org.query(soql, doing)).length > 0;
  } catch (error) {
    // An org that has no External Client Apps, or does not show them, has its Connected Apps all the same.
    if (refusalOf(error) === undefined) throw error;
    return false;
  }
}
