import { oldestApiVersion } from '../../../provision/setup/steps/preflight.ts';
import type { Check } from '../../check.ts';
import { fail, pass } from '../../finding.ts';

export const apiVersion: Check = {
  id: 'org.api-version',
  title: 'The org offers the API version that the Apex is written for',
  group: 'org',
  why: 'Apex of a newer version than the org offers is refused; below Winter ’24 the class does not compile.',
  mending: 'Set blueprint.apiVersion to a version that the org offers.',
  requires: [],
  reads: [],
  run: ({ org, config }) => {
    const wanted = config.blueprint.apiVersion;
    const data = { highest: org.maxApiVersion, wanted, spoken: org.apiVersion };
    if (Number(org.maxApiVersion) < oldestApiVersion) {
      return fail(`The org offers API versions up to ${org.maxApiVersion}; ${oldestApiVersion}.0 is needed.`, { data });
    }
    if (Number(wanted) > Number(org.maxApiVersion)) {
      return fail(`The Apex is written for ${wanted}; the org offers versions up to ${org.maxApiVersion}.`, {
        data,
        remedy: [{ text: `Set blueprint.apiVersion to ${org.maxApiVersion} in opencx-sf.config.json.` }],
      });
    }
    return pass(`up to ${org.maxApiVersion}; ${wanted} is used`, { data });
  },
};
