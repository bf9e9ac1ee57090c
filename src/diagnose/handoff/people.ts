import type { Org } from '../../salesforce/org.ts';
import { quoted } from '../../provision/org/soql-literal.ts';

export interface HandoffUser {
  id: string;
  username: string;
  email: string;
  isActive: boolean;
}

/** Who has a part in a handoff. */
export interface HandoffPeople {
  /** The user this session is. */
  me: HandoffUser;
  /** The Username that the configuration gives as the integration user's. */
  integrationUsername: string;
  /** Undefined if the org has no such user. */
  integration: HandoffUser | undefined;
}

interface UserRow {
  Id: string;
  Username: string;
  Email: string | null;
  IsActive: boolean;
}

/**
 * Reads who this session is and who the integration user is (one query).
 * @throws OpencxError of the request
 */
export async function readHandoffPeople(org: Org, integrationUsername: string): Promise<HandoffPeople> {
  const id = await org.userId();
  const rows = await org.query<UserRow>(
    `SELECT Id, Username, Email, IsActive FROM User WHERE Id = ${quoted([id])} OR Username = ${quoted([integrationUsername])}`,
    'reading the users of the handoff',
  );
  const users = rows.map((row) => ({
    id: row.Id,
    username: row.Username,
    email: row.Email ?? '',
    isActive: row.IsActive,
  }));
  const me = users.find((user) => user.id === id) ?? { id, username: '', email: '', isActive: true };
  const wanted = integrationUsername.toLowerCase();
  return { me, integrationUsername, integration: users.find(({ username }) => username.toLowerCase() === wanted) };
}

/** Whether this session is the integration user: what it does is OpenCX's own doing. */
export function isOpenCx({ me, integration }: HandoffPeople): boolean {
  return me.id === integration?.id;
}
