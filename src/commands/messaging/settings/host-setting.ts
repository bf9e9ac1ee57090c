import type { DeploymentProbe } from '../../../messaging/endpoint/probe-deployment.ts';
import type { SettingJson } from './result-schema.ts';

const base = { id: 'scrt-url', name: 'Live Messaging host', inOpencx: false } as const;

const fromSnippet = 'Setup → Embedded Service Deployments → the deployment → Code Snippet: give its Url as --scrt-url';

/** The host as it answered to somebody without a token. */
export function hostSetting(scrtUrl: string, given: boolean, probe: DeploymentProbe): SettingJson {
  const origin = given ? 'as given' : 'derived from the Instance URL';
  const setting = { ...base, value: scrtUrl };
  switch (probe.state) {
    case 'published':
      return { ...setting, status: 'pass', detail: `${origin}; it answers, and knows the deployment as published` };
    case 'unknown':
      return {
        ...setting,
        status: 'fail',
        detail: `${origin}; it knows no published deployment of this name in this org (HTTP ${probe.httpStatus})`,
        remedy: 'publish the deployment, and compare its name letter by letter; it may take ten minutes',
      };
    case 'no-host':
      return { ...setting, status: 'fail', detail: `${origin}; there is no such host`, remedy: fromSnippet };
    case 'unclear':
      return {
        ...setting,
        status: 'warn',
        detail: `${origin}; nothing can be told: ${probe.said}`,
        remedy: fromSnippet,
      };
  }
}

/** No host can be asked. @param why what is missing */
export function unknownHost(why: string): SettingJson {
  return { ...base, value: null, status: 'unchecked', detail: why, remedy: fromSnippet };
}
