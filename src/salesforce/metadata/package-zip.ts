import { zipSync, type Zippable } from 'fflate';

/** Zip has no time before 1980; a fixed one makes the same files the same bytes. */
const fixedTime = new Date(1980, 0, 1);

/**
 * Zips an mdapi package. Deterministic: the same files in the same order give the same bytes.
 * @param files path in the package (`package.xml`, `classes/X.cls`) to text
 */
export function packageZip(files: ReadonlyMap<string, string>): Buffer {
  const entries: Zippable = {};
  for (const [path, content] of files) entries[path] = [Buffer.from(content, 'utf8'), { mtime: fixedTime, level: 9 }];
  return Buffer.from(zipSync(entries));
}
