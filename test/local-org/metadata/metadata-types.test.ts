import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { generateMetadataTypes } from '../../../scripts/generate-metadata-types.ts';

test('the table of metadata elements is what the generated Salesforce types say', () => {
  const checkedIn = readFileSync(
    new URL('../../../src/local-org/metadata/metadata-types.json', import.meta.url),
    'utf8',
  );
  expect(checkedIn).toBe(generateMetadataTypes());
});
