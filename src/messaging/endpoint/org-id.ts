import { OpencxError } from '../../errors/opencx-error.ts';
import { to18Characters } from '../../salesforce/auth/organization-id.ts';

/**
 * An organization id in the 15 characters that the Enhanced Chat API wants; 18 were seen to be refused.
 * @throws OpencxError USAGE if it is no organization id, or if the last three of 18 characters do not fit the others
 */
export function shortOrgId(id: string): string {
  if (!/^00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(id)) {
    throw new OpencxError('USAGE', {
      message: `${id} is no organization id: it begins with 00D and has 15 or 18 characters.`,
    });
  }
  const short = id.slice(0, 15);
  if (id.length === 15 || to18Characters(short) === id) return short;
  throw new OpencxError('USAGE', {
    message: `The organization id ${id} has a mistake: its last three characters do not fit the case of the others.`,
    nextSteps: ['Copy it again from Setup → Company Information; capitals and small letters differ.'],
  });
}
