import { keyFiles } from '../../../../messaging/keys/key-folder.ts';

/** What each file is for, in the words of the forms it goes into. */
const purposes: Readonly<Record<string, string>> = {
  [keyFiles.privateKey]:
    'OpenCX, field Auth Private Key: paste the whole file. Secret; keep it out of version control.',
  [keyFiles.publicKey]: 'OpenCX, field Auth Public Key: paste the whole file.',
  [keyFiles.jwk]: 'Salesforce, Setup → Enhanced Chat User Verification → New Key: upload this file.',
  [keyFiles.certificate]: 'The certificate that the JWK carries, for people to look at; nobody is given it.',
};

/** @param path inside the folder of keys */
export function purposeOf(path: string): string {
  return purposes[path] ?? 'Salesforce: the same as metadata (API version 62.0 or later), in place of Setup.';
}
