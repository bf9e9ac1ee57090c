import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';

import { notImplementedFault } from '../metadata-fault.ts';
import type { Manifest } from '../package/manifest.ts';
import { isSalesforceType } from '../types/element-schema.ts';
import { isLaterType } from '../types/element-versions.ts';
import { isSupportedType, metadataNamespace } from '../types/metadata-type.ts';
import { writeElement } from '../xml/write-xml.ts';
import type { OrgState } from '../../state/org-state.ts';
import { componentsOf, filesOf, findComponent } from './component-files.ts';
import type { FoundComponent } from './component-files.ts';
import { filePropertiesOf, manifestProperties } from './file-properties.ts';
import type { FileProperties } from './file-properties.ts';

/** What a retrieve brings back; the zip in base64. */
export interface RetrievedPackage {
  readonly zipFile: string;
  readonly fileProperties: readonly FileProperties[];
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
}

/**
 * Zips what a manifest names, below `unpackaged/` unless it is to be a single package. What is not there becomes a
 * message, in the words clients parse.
 * @throws MetadataFault for types this org does not implement: an empty zip would pretend there are none
 */
export function retrievePackage(org: OrgState, manifest: Manifest, singlePackage: boolean): RetrievedPackage {
  const root = singlePackage ? '' : 'unpackaged/';
  const version = manifest.version ?? org.settings.apiVersion;
  const found: FoundComponent[] = [];
  const messages: { fileName: string; problem: string }[] = [];
  for (const { name, members } of manifest.types) {
    const isLater = isLaterType(name, version);
    if (isLater || !isSupportedType(name)) {
      if (!isLater && isSalesforceType(name)) throw notImplementedFault(`retrieving the metadata type ${name}`);
      messages.push({ fileName: `${root}package.xml`, problem: `Entity type '${name}' is unknown` });
      continue;
    }
    for (const member of members) {
      const component = member === '*' ? undefined : findComponent(org, name, member);
      if (member === '*') found.push(...componentsOf(org, name).filter((each) => isOwn(name, each)));
      else if (component !== undefined) found.push(component);
      else {
        messages.push({
          fileName: `${root}package.xml`,
          problem: `Entity of type '${name}' named '${member}' cannot be found`,
        });
      }
    }
  }
  const unique = [...new Map(found.map((each) => [`${each.type}\n${each.fullName}`, each])).values()];
  const files = filesOf(org, unique, version);
  const manifestText = writeManifest(manifest, unique, version);
  const entries: Zippable = {};
  for (const { path, text } of files) entries[`${root}${path}`] = Buffer.from(text, 'utf8');
  entries[`${root}package.xml`] = Buffer.from(manifestText, 'utf8');
  const time = org.now().toISOString();
  return {
    zipFile: Buffer.from(zipSync(entries, { mtime: org.now() })).toString('base64'),
    fileProperties: [
      ...unique.map((each) => filePropertiesOf(org, each, root)),
      manifestProperties(org, `${root}package.xml`, time),
    ],
    messages,
  };
}

/** `*` of CustomObject means custom objects; standard ones must be named (Metadata API guide, "Wildcards"). */
function isOwn(type: string, { fullName }: FoundComponent): boolean {
  return type !== 'CustomObject' || fullName.endsWith('__c');
}

function writeManifest(asked: Manifest, found: readonly FoundComponent[], version: string): string {
  const types = [...new Set(asked.types.map(({ name }) => name))]
    .map((name) => ({
      members: found
        .filter(({ type }) => type === name)
        .map(({ fullName }) => fullName)
        .sort(),
      name,
    }))
    .filter(({ members }) => members.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const body = writeElement('types', types, 4) + writeElement('version', version, 4);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${metadataNamespace}">\n${body}</Package>\n`;
}
