/** @import { Link } from '../types.d.ts' */

/** @type {Readonly<Record<Link['role'], string | undefined>>} */
const roles = {
  store: 'store',
  salesforce: 'Salesforce',
  messaging: 'Live Messaging',
  streams: 'event streams',
  'far-side': undefined,
};

/** @param {Pick<Link, 'role' | 'name'>} link */
export function linkName({ role, name }) {
  return roles[role] ?? name;
}
