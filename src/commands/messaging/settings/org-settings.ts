import { OpencxError } from '../../../errors/opencx-error.ts';
import { shortOrgId } from '../../../messaging/endpoint/org-id.ts';
import { isLoopback } from '../../../salesforce/auth/org-url.ts';
import type { SettingJson } from './result-schema.ts';

const instance = { id: 'instance-url', name: 'Instance URL', inOpencx: true } as const;
const organization = { id: 'org-id', name: 'Salesforce Org ID', inOpencx: true } as const;

/** Instance URL: the My Domain of the org, with https. @param told by the org itself, else as it was given */
export function instanceSetting(told: string | undefined, given: string | undefined): SettingJson {
  const url = told ?? given;
  if (url === undefined) {
    return {
      ...instance,
      value: null,
      status: 'unchecked',
      detail: 'not known: no org was named',
      remedy: 'name the org by --target-org, or give --instance-url',
    };
  }
  const { protocol, hostname, origin } = new URL(url);
  const base = { ...instance, value: origin };
  if (isLoopback(new URL(url))) {
    return { ...base, status: 'warn', detail: 'a local org: nothing that OpenCX could reach or would take' };
  }
  if (protocol !== 'https:') {
    return { ...base, status: 'fail', detail: 'does not begin with https://', remedy: `https://${hostname}` };
  }
  if (!hostname.endsWith('.my.salesforce.com')) {
    return {
      ...base,
      status: 'fail',
      detail: 'is no My Domain (….my.salesforce.com)',
      remedy: 'Setup → My Domain: copy the Current My Domain URL',
    };
  }
  if (told === undefined) return { ...base, status: 'unchecked', detail: 'a My Domain; no org was asked' };
  return { ...base, status: 'pass', detail: 'the My Domain of the org' };
}

/** Organization id in 15 characters, which Live Messaging compares. @param told by the org itself */
export function organizationSetting(told: string | undefined, given: string | undefined): SettingJson {
  const id = told ?? given;
  if (id === undefined) {
    return {
      ...organization,
      value: null,
      status: 'unchecked',
      detail: 'not known: no org was named',
      remedy: 'name the org by --target-org, or give --org-id',
    };
  }
  const short = readId(id);
  if (short.problem !== undefined)
    return { ...organization, value: id, status: 'fail', detail: short.problem, ...remedyOf(short.remedy) };
  const base = { ...organization, value: short.id };
  if (told !== undefined && given !== undefined && readId(given).id !== short.id) {
    return {
      ...base,
      status: 'fail',
      detail: `the org is another one than ${given}, which was given`,
      remedy: 'correct --org-id (messaging.orgId of the configuration), or name the other org',
    };
  }
  if (told === undefined) return { ...base, status: 'unchecked', detail: 'has the form of one; no org was asked' };
  return { ...base, status: 'pass', detail: 'the 15 characters that Live Messaging compares' };
}

function readId(
  id: string,
): { id: string; problem?: never } | { id?: never; problem: string; remedy: string | undefined } {
  try {
    return { id: shortOrgId(id) };
  } catch (error) {
    if (!(error instanceof OpencxError)) throw error;
    return { problem: error.message, remedy: error.nextSteps[0] };
  }
}

function remedyOf(remedy: string | undefined): { remedy?: string } {
  return remedy === undefined ? {} : { remedy };
}
