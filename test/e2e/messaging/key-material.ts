import { createPrivateKey } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Parts of an RSA key that nobody but its owner may have. */
const privateParts = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/** Looks for a private key in whatever form a program might have let it out. */
export interface KeyHunt {
  /** Names of the forms in which it is in there; none if it is not. */
  readonly foundIn: (bytes: Buffer) => string[];
}

/** @param pem PKCS#8, not encrypted */
export function huntFor(pem: string): KeyHunt {
  const jwk = createPrivateKey(pem).export({ format: 'jwk' }) as Record<string, string>;
  const parts = privateParts.map((name) => [name, Buffer.from(jwk[name] ?? '', 'base64url')] as const);
  return {
    foundIn: (bytes) => {
      // Base64 in lines, in JSON strings and in both alphabets reads the same afterwards.
      const text = bytes
        .toString('latin1')
        .replaceAll(/\\[nr]|\s/g, '')
        .replaceAll('-', '+')
        .replaceAll('_', '/');
      const hex = text.toLowerCase();
      return parts.flatMap(([name, secret]) => [
        ...(bytes.includes(secret.subarray(0, 24)) ? [`${name} as bytes`] : []),
        ...(alignments(secret).some((piece) => text.includes(piece)) ? [`${name} as Base64`] : []),
        ...(hex.includes(secret.subarray(0, 24).toString('hex')) ? [`${name} as hexadecimal digits`] : []),
      ]);
    },
  };
}

/** Base64 of bytes looks different by where in its group of three the first one stands. */
function alignments(secret: Buffer): string[] {
  return [0, 1, 2].map((skip) =>
    secret
      .subarray(skip, skip + 48)
      .toString('base64')
      .slice(0, 60),
  );
}

/** Every file below a folder with its content. */
export async function filesBelow(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return await Promise.all(paths.map(async (path) => ({ path: relative(folder, path), bytes: await readFile(path) })));
}
