import { textOf } from '../elements/metadata-value.ts';
import { apiNameProblem, isCalloutUrl } from './names.ts';
import type { ComponentRule } from './rule-context.ts';

/** Remote sites: a name and an http(s) URL. */
export const checkRemoteSiteSetting: ComponentRule = ({ fullName, value }) => {
  const name = apiNameProblem(fullName, 'Remote Site Name');
  if (name !== undefined) return { message: name };
  const url = textOf(value, 'url') ?? '';
  return isCalloutUrl(url) ? undefined : { message: `Remote Site URL: invalid URL: ${url}` };
};
