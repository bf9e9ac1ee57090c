import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';

import { packageZip } from '../../../src/salesforce/metadata/package-zip.ts';

const files = new Map([
  ['package.xml', '<Package/>'],
  ['classes/Ä.cls', 'class Ä {}'],
]);

test('the same files are the same bytes, whatever the time', async () => {
  const first = packageZip(files);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(packageZip(files).equals(first)).toBe(true);
});

test('what goes in comes out, package.xml first', () => {
  const entries = Object.entries(unzipSync(packageZip(files))).map(([path, bytes]) => [
    path,
    Buffer.from(bytes).toString('utf8'),
  ]);
  expect(entries).toEqual([...files]);
});
