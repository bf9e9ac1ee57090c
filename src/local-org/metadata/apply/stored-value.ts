import { inSchemaOrder, readMetadataValue, writeMetadataFile } from '../elements/metadata-value.ts';
import type { MetadataFieldValue, MetadataValue } from '../elements/metadata-value.ts';
import { readComponentXml } from '../package/component-xml.ts';
import { elementsOf } from '../types/element-schema.ts';
import { metadataNamespace, parentTypeOf } from '../types/metadata-type.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { writeElement } from '../xml/write-xml.ts';
import type { Component } from '../../state/component-store.ts';

/** What Salesforce fills in where a file says nothing, and gives back on retrieve. */
const defaults: Readonly<Record<string, MetadataValue>> = {
  NamedCredential: {
    allowMergeFieldsInBody: false,
    allowMergeFieldsInHeader: false,
    calloutStatus: 'Enabled',
    generateAuthorizationHeader: true,
  },
  AssignmentRule: { active: false },
  CustomField: { externalId: false },
  ExternalClientApplication: { distributionState: 'Local', isProtected: false },
  ExtlClntAppGlobalOauthSettings: {
    isClientCredentialsFlowEnabled: false,
    isCodeCredFlowEnabled: false,
    isConsumerSecretOptional: false,
    isDPopEnabled: false,
    isDeviceFlowEnabled: false,
    isEnforceRefreshTokenTTL: false,
    isIntrospectAllTokens: false,
    isNamedUserJwtEnabled: false,
    isPkceRequired: true,
    isRefreshTokenRotationEnabled: false,
    isSecretRequiredForRefreshToken: true,
    isSecretRequiredForTokenExchange: false,
    isTokenExchangeEnabled: false,
    shouldRotateConsumerKey: false,
    shouldRotateConsumerSecret: false,
  },
  ExtlClntAppOauthConfigurablePolicies: {
    ipRelaxationPolicyType: 'Enforce',
    isClientCredentialsFlowEnabled: false,
    isGuestCodeCredFlowEnabled: false,
    isTokenExchangeFlowEnabled: false,
    permittedUsersPolicyType: 'AllSelfAuthorized',
    refreshTokenPolicyType: 'Infinite',
    requiredSessionLevel: 'STANDARD',
  },
  PermissionSet: { hasActivationRequired: false },
};

/** Elements that Salesforce takes but never gives back. */
const secrets: Readonly<Record<string, readonly string[]>> = {
  ExtlClntAppGlobalOauthSettings: ['consumerSecret'],
  NamedCredential: ['password', 'awsAccessSecret', 'oauthToken', 'oauthRefreshToken'],
};

/** A value as the org keeps it: defaults filled in, secrets out. */
export function storedForm(typeName: string, value: MetadataValue): MetadataValue {
  const hidden = secrets[typeName] ?? [];
  const merged = { ...defaults[typeName], ...value };
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !hidden.includes(name)));
}

/** The XML the component store keeps: a file of its own, or one element of an object file. */
export function storedXml(typeName: string, value: MetadataValue): string {
  const parent = parentTypeOf(typeName);
  if (parent === undefined) return writeMetadataFile(typeName, storedForm(typeName, value));
  const element = parent.children.find((child) => child.name === typeName)?.element ?? typeName;
  return writeElement(element, inSchemaOrder(typeName, storedForm(typeName, value)), 4);
}

/** The value of a stored component. */
export function storedValue(component: Component): MetadataValue {
  if (parentTypeOf(component.type) === undefined) {
    const read = readComponentXml(component.xml, component.type);
    if ('problem' in read) {
      throw new Error(`${component.type} ${component.fullName} is stored damaged: ${read.problem.message}`);
    }
    return read.value;
  }
  const element = parseXml(`<CustomObject xmlns="${metadataNamespace}">${component.xml}</CustomObject>`).children[0];
  return element === undefined ? {} : readMetadataValue(element, component.type);
}

/** The Tooling API's `Metadata`: every element of the type, null or an empty list where it holds nothing. */
export function toolingMetadata(typeName: string, value: MetadataValue): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const schema of elementsOf(typeName)?.values() ?? []) {
    if (schema.name === 'fullName') continue;
    const field = value[schema.name];
    if (schema.many) filled[schema.name] = asList(field).map((item) => toolingItem(schema.kind, schema.type, item));
    else
      filled[schema.name] = field === undefined || field === null ? null : toolingItem(schema.kind, schema.type, field);
  }
  return filled;
}

function toolingItem(kind: string, typeName: string, item: MetadataFieldValue): unknown {
  return kind === 'complex' ? toolingMetadata(typeName, item as MetadataValue) : item;
}

function asList(field: MetadataFieldValue): readonly MetadataFieldValue[] {
  if (field === undefined || field === null) return [];
  return Array.isArray(field) ? (field as readonly MetadataFieldValue[]) : [field];
}
