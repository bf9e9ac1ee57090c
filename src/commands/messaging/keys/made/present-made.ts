import { relative } from 'node:path';

import { keyFiles, metadataFolder } from '../../../../messaging/keys/key-folder.ts';
import { isoDay } from '../../../../messaging/keys/key-names.ts';
import type { Colour } from '../../../../terminal/colour-level.ts';
import { table } from '../../../../terminal/table.ts';
import { wrap } from '../../../../terminal/wrap.ts';
import { purposeOf } from './purposes.ts';
import type { KeysGenerateResult } from '../result-schema.ts';

/**
 * A new key for people: what was made, and where each part of it goes.
 * @param columns of the screen; 0 breaks no line
 */
export function madeText(result: KeysGenerateResult, colour: Colour, columns: number): string {
  const { kid, bits, algorithm, certificate, folder, files } = result;
  const until = isoDay(Date.parse(certificate.notAfter));
  const metadata = files.filter(({ path }) => relative(folder, path).startsWith(metadataFolder)).length;
  const name = (file: string) => colour.cyan(file);
  const text = [
    `${colour.green('✓')} ${colour.bold(kid)}: RSA, ${bits} bits, ${algorithm}, certificate until ${until}`,
    `  in ${folder}`,
    '',
    table([
      ...[keyFiles.privateKey, keyFiles.publicKey].map((file) => [name(file), purposeOf(file)]),
      [name(kid), 'OpenCX, field Auth Key ID: the kid, letter by letter.'],
      [name(keyFiles.jwk), purposeOf(keyFiles.jwk)],
      [name(result.issuer ?? '(issuer)'), issuerPurpose],
      ...(metadata === 0 ? [] : [[name(`${metadataFolder}/`), purposeOf(metadataFolder)]]),
      [name(keyFiles.certificate), purposeOf(keyFiles.certificate)],
    ]),
    ...(result.replaced === undefined ? [] : ['', ...rotationSteps(kid, result.replaced.kid, result.replaced.folder)]),
    '',
    'The command that does the part in Salesforce: opencx-sf messaging register',
  ].join('\n');
  return wrap(text, columns, '      ');
}

const issuerPurpose =
  'Salesforce, New Keyset: JSON web key issuer; type Keys, with this key. Then Messaging Settings → the channel → user verification.';

/** The order in which no token is refused. */
function rotationSteps(kid: string, before: string, folder: string): string[] {
  return [
    `The key before, ${before}, is in ${folder}. Files alone have changed, neither the org nor OpenCX. Now, in this order:`,
    `  1. opencx-sf messaging register adds the new key to the keyset, beside ${before}.`,
    `  2. OpenCX, MIAW tab: fill in all six fields again, with the new private key, public key and ${kid}; save.`,
    '  3. Let a test conversation be handed off.',
    '  4. opencx-sf messaging keys rotate --remove-old, and opencx-sf messaging register --remove-old-keys',
  ];
}
