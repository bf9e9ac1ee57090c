import { isDeepStrictEqual } from 'node:util';

import type { MetadataValues } from '../../../salesforce/metadata/metadata-xml.ts';
import type { VerificationJwk } from '../jwk.ts';
import { metadataFolder, type KeyFolder } from '../key-folder.ts';
import { apiNameOf } from '../key-names.ts';
import { issuerIn, keyPath, keysetPath, metadataFiles, valuesOf } from '../metadata-files.ts';
import { reusableJwk } from '../read/read-jwk.ts';
import { fixIt } from './check-files.ts';
import { fail, pass, warn, type KeyFinding } from './key-finding.ts';

const check = 'metadata';

/** Of the metadata beside a key. */
export interface MetadataCheck {
  findings: KeyFinding[];
  /** Path inside the folder of keys to content, of files that are not as they should be. */
  repaired: Map<string, string>;
}

/** What is wrong with one component, and whether writing it anew loses nothing. */
interface Problem {
  key: VerificationJwk;
  /** Inside the folder of metadata. */
  path: string;
  /** Reads after the path. */
  what: string;
  /** A deployment would mislead Salesforce without a word; what is missing deploys nothing, or fails and says so. */
  misleading: boolean;
  rewritable: boolean;
}

/**
 * Whether the metadata carries the very keys whose files lie beside it: a deployment of it would otherwise give Salesforce
 * another key than OpenCX signs with. A present key whose JWK is unfit has its finding already and is not compared.
 */
export function checkMetadata({ current, old, metadata }: KeyFolder): MetadataCheck {
  const present = reusableJwk(current?.texts.jwk);
  if (present === undefined) return { findings: [], repaired: new Map() };
  const keys = [present, ...old.flatMap(({ texts }) => reusableJwk(texts.jwk) ?? [])];
  const problems = [...keyProblems(keys, metadata), ...keysetProblems(keys, metadata)];
  if (problems.length === 0) {
    return { findings: [pass(check, `${metadataFolder} carries the same key.`)], repaired: new Map() };
  }
  const findings = problems.map(({ key, path, what, misleading, rewritable }) => {
    const remedy = rewritable ? fixIt : 'Add a <publicKeyCertificateSetKeys> that names it.';
    return (misleading && key === present ? fail : warn)(check, `${metadataFolder}/${path} ${what}`, remedy);
  });
  const wrong = new Set(problems.filter(({ rewritable }) => rewritable).map(({ path }) => path));
  const right = [...metadataFiles(keys, issuerIn(metadata))].filter(([path]) => wrong.has(path));
  return { findings, repaired: new Map(right.map(([path, content]) => [`${metadataFolder}/${path}`, content])) };
}

function keyProblems(keys: readonly VerificationJwk[], metadata: KeyFolder['metadata']): Problem[] {
  return keys.flatMap((key) => {
    const path = keyPath(key.kid);
    const xml = metadata.get(path);
    const what = xml === undefined ? 'is missing.' : keyProblem(key, xml);
    return what === undefined ? [] : [{ key, path, what, misleading: xml !== undefined, rewritable: true }];
  });
}

function keysetProblems(keys: readonly VerificationJwk[], metadata: KeyFolder['metadata']): Problem[] {
  const xml = metadata.get(keysetPath);
  // Without an issuer none is written.
  if (xml === undefined) return [];
  const named = keysIn(xml);
  const ours = new Set<unknown>(keys.map(({ kid }) => apiNameOf(kid)));
  // A keyset that names keys of others is theirs to edit; one without an issuer cannot be written anew.
  const rewritable = issuerIn(metadata) !== undefined && named.every((name) => ours.has(name));
  return keys.flatMap((key) => {
    const name = apiNameOf(key.kid);
    if (named.includes(name)) return [];
    return [{ key, path: keysetPath, what: `does not name the key ${name}.`, misleading: true, rewritable }];
  });
}

function keyProblem(key: VerificationJwk, xml: string): string | undefined {
  const values = valuesOf(xml);
  if (!isDeepStrictEqual(parsed(values.jsonWebKey), key)) return `holds another JWK than that of the key ${key.kid}.`;
  return values.isActive === 'true'
    ? undefined
    : 'has not <isActive>true</isActive>, so that Salesforce ignores the key.';
}

/** API names of the keys that a keyset names. */
function keysIn(xml: string): unknown[] {
  const { publicKeyCertificateSetKeys: entries = [] } = valuesOf(xml);
  return [entries].flat().map((entry) => (entry as MetadataValues).publicKeyCertificate);
}

/** What is no JSON equals no JWK. */
function parsed(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}
