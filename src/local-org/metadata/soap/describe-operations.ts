import { storedValue } from '../apply/stored-value.ts';
import { inSchemaOrder } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { MetadataFault, notImplementedFault } from '../metadata-fault.ts';
import { settingsValue } from '../settings/settings-component.ts';
import { storedComponent } from '../settings/stored-component.ts';
import { SETTINGS, settingsTypeNamed } from '../settings/settings-types.ts';
import type { SettingsType } from '../settings/settings-types.ts';
import { componentsOf, findComponent, partsOf } from '../retrieve/component-files.ts';
import { filePropertiesOf } from '../retrieve/file-properties.ts';
import { isSalesforceType } from '../types/element-schema.ts';
import { asOfVersion, isLaterType } from '../types/element-versions.ts';
import { isContainerType, isSupportedType, metadataTypeNamed, metadataTypes } from '../types/metadata-type.ts';
import type { MetadataType } from '../types/metadata-type.ts';
import { childrenOf, childText } from '../xml/xml-element.ts';
import { xsiType } from '../xml/write-xml.ts';
import type { XmlValue } from '../xml/write-xml.ts';
import type { Component } from '../../state/component-store.ts';
import type { OrgState } from '../../state/org-state.ts';
import type { SoapOperation } from './soap-operation.ts';

/** Most queries of one listMetadata call, and most names of one CRUD call (Metadata API guide). */
const listLimit = 3;
const readLimit = 10;

/** describeMetadata(asOfVersion) → the types this org supports, and no others. */
export const describeMetadata: SoapOperation = ({ org }) => ({
  metadataObjects: (metadataTypes as readonly MetadataType[]).map((type) => ({
    childXmlNames: type.children.map(({ name }) => name),
    directoryName: type.folder,
    inFolder: false,
    metaFile: type.metaFile,
    suffix: type.suffix,
    xmlName: type.name,
  })),
  organizationNamespace: '',
  partialSaveAllowed: org.settings.kind !== 'production',
  testRequired: org.settings.kind === 'production',
});

/** listMetadata(queries, asOfVersion) → FileProperties, repeated */
export const listMetadata: SoapOperation = ({ org, version, element }) => {
  const queries = childrenOf(element, 'queries');
  if (queries.length > listLimit) {
    throw new MetadataFault('LIMIT_EXCEEDED', `At most ${listLimit} queries can be made in one listMetadata call`);
  }
  return queries.flatMap((query) => {
    const type = childText(query, 'type') ?? '';
    refuseLaterType(type, version);
    refuseType(type, 'listing');
    return componentsOf(org, type).map((found) => filePropertiesOf(org, found));
  });
};

/** readMetadata(type, fullNames) → records; one that is not there is nil. */
export const readMetadata: SoapOperation = ({ org, version, element }) => {
  const type = childText(element, 'type') ?? '';
  const names = childrenOf(element, 'fullNames').map(({ text }) => text.trim());
  refuseLaterType(type, version);
  refuseCrud(type, 'readMetadata', names.length);
  const settings = settingsTypeNamed(type);
  if (settings !== undefined) return { records: names.map((name) => settingsRecord(org, settings, name)) };
  return {
    records: names.map((name) => {
      if (type === 'AssignmentRules') return assignmentRules(org, name);
      if (type === 'CustomObject' && !name.toLowerCase().endsWith('__c'))
        throw notImplementedFault(`readMetadata of ${name}`);
      const component = storedComponent(org, type, name);
      if (component === undefined) return null;
      const { fullName: _own, ...value } = withFields(org, component);
      return {
        [xsiType]: type,
        fullName: component.fullName,
        ...inSchemaOrder(type, asOfVersion(type, value, version)),
      };
    }),
  };
};

/** The value of a component; a custom object's with its fields. */
function withFields(org: OrgState, component: Component): MetadataValue {
  const value = storedValue(component);
  const container = metadataTypeNamed(component.type);
  if (container === undefined || component.type !== 'CustomObject') return value;
  return { ...value, fields: partsOf(org, container, component.fullName).map((field) => storedValue(field)) };
}

/** The rules of an object as one record; null where it has none. */
function assignmentRules(org: OrgState, name: string): XmlValue {
  const found = findComponent(org, 'AssignmentRules', name);
  const container = metadataTypeNamed('AssignmentRules');
  if (found === undefined || container === undefined) return null;
  const rules = partsOf(org, container, found.fullName).map((rule) => {
    return inSchemaOrder('AssignmentRule', storedValue(rule));
  });
  return { [xsiType]: found.type, fullName: found.fullName, assignmentRule: rules };
}

function settingsRecord(org: OrgState, type: SettingsType, name: string): XmlValue {
  if (name.toLowerCase() !== type.member.toLowerCase()) return null;
  const value = inSchemaOrder(type.name, settingsValue(org, type));
  return { [xsiType]: type.name, fullName: type.member, ...value };
}

/** @throws MetadataFault INVALID_TYPE for a type that is younger than the API version of the call */
export function refuseLaterType(type: string, version: string): void {
  if (isLaterType(type, version)) throw new MetadataFault('INVALID_TYPE', `Unknown type:${type}`);
}

/** @throws MetadataFault INVALID_TYPE for what is no metadata type; LOCAL_ORG_NOT_IMPLEMENTED for what is none here */
export function refuseType(type: string, what: string): void {
  if (isSupportedType(type)) return;
  if (isSalesforceType(type)) throw notImplementedFault(`${what} the metadata type ${type}`);
  throw new MetadataFault('INVALID_TYPE', `Unknown type:${type}`);
}

/** CRUD calls take at most ten components, and none with content (Metadata API guide, "CRUD-Based Metadata"). */
export function refuseCrud(type: string, call: string, count: number): void {
  if (settingsTypeNamed(type) === undefined) refuseType(type, `${call} of`);
  // CRUD calls know settings by the types of their files.
  if (type === SETTINGS) throw new MetadataFault('INVALID_TYPE', `${call} is not supported for the type ${type}`);
  const isRead = call === 'readMetadata' && (type === 'AssignmentRules' || type === 'CustomObject');
  if (isContainerType(type) && !isRead) throw notImplementedFault(`${call} of ${type}`);
  if (metadataTypeNamed(type)?.metaFile === true) {
    throw new MetadataFault('INVALID_TYPE', `${call} is not supported for the type ${type}`);
  }
  if (count > readLimit) {
    throw new MetadataFault(
      'LIMIT_EXCEEDED',
      `Record limit reached. Cannot submit more than ${readLimit} records in one call.`,
    );
  }
}
