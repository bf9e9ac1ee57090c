import { spanText } from '../../../diagnose/age.ts';

/** An age as people say it: `2 minutes ago`; `just now` within the first seconds. @param ms milliseconds */
export function ageText(ms: number): string {
  return ms < 2000 ? 'just now' : `${spanText(ms)} ago`;
}
