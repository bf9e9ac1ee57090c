import { applyComponent, removeComponent } from '../apply/apply-component.ts';
import { storedValue } from '../apply/stored-value.ts';
import { ComponentSet } from '../deploy/component-set.ts';
import { checkElements, invalidElement } from '../elements/check-elements.ts';
import { readMetadataValue } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { MetadataFault } from '../metadata-fault.ts';
import { withMetadataLock } from '../metadata-lock.ts';
import { deletionProblem } from '../references/deletion-references.ts';
import { declarativeRules, rulesAfterApex } from '../rules/component-rules.ts';
import { storedComponent } from '../settings/stored-component.ts';
import { SETTINGS, settingsTypeNamed } from '../settings/settings-types.ts';
import type { Component } from '../../state/component-store.ts';
import { parentTypeOf } from '../types/metadata-type.ts';
import { laterElement } from '../types/element-versions.ts';
import { childrenOf, childText } from '../xml/xml-element.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import type { XmlValue } from '../xml/write-xml.ts';
import { refuseCrud, refuseLaterType } from './describe-operations.ts';
import type { OperationCall, SoapOperation } from './soap-operation.ts';

type Mode = 'create' | 'update' | 'upsert';

/** A row of SaveResult; `created` is for upserts only. */
interface SaveRow {
  readonly fullName: string;
  readonly created: boolean;
  readonly error?: { readonly statusCode: string; readonly message: string };
}

export const createMetadata: SoapOperation = (call) => saveAll(call, 'create');
export const updateMetadata: SoapOperation = (call) => saveAll(call, 'update');
export const upsertMetadata: SoapOperation = (call) => saveAll(call, 'upsert');

/** deleteMetadata(type, fullNames) → DeleteResult, one a name; each is deleted by itself. */
export const deleteMetadata: SoapOperation = async ({ org, version, element }) => {
  const type = childText(element, 'type') ?? '';
  const names = childrenOf(element, 'fullNames').map(({ text }) => text.trim());
  refuseLaterType(type, version);
  refuseCrud(type, 'deleteMetadata', names.length);
  refuseSettings(type, 'deleteMetadata');
  return await withMetadataLock(
    org,
    async () =>
      await Promise.resolve(
        names.map((fullName) => {
          if (storedComponent(org, type, fullName) === undefined) {
            const message = `no ${type} named ${fullName} found`;
            return toResult(
              { fullName, created: false, error: { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message } },
              'update',
            );
          }
          const set = new ComponentSet(org);
          set.remove(type, fullName);
          const message = deletionProblem(type, fullName, set);
          if (message !== undefined) {
            return toResult({ fullName, created: false, error: { statusCode: 'DELETE_FAILED', message } }, 'update');
          }
          org.transaction(() => {
            removeComponent(org, type, fullName);
          });
          return toResult({ fullName, created: false }, 'update');
        }),
      ),
  );
};

async function saveAll(call: OperationCall, mode: Mode): Promise<XmlValue> {
  const elements = childrenOf(call.element, 'metadata');
  const typed = elements.map((element) => ({ element, type: typeOf(element) }));
  for (const { type } of typed) {
    refuseLaterType(type, call.version);
    refuseCrud(type, `${mode}Metadata`, typed.length);
    if (mode === 'create') refuseSettings(type, 'createMetadata');
  }
  return await withMetadataLock(
    call.org,
    async () =>
      await Promise.resolve(typed.map(({ element, type }) => toResult(save(call, type, element, mode), mode))),
  );
}

/** Settings are there in every org: they can be changed, and nothing else. */
function refuseSettings(type: string, call: string): void {
  if (settingsTypeNamed(type) === undefined) return;
  throw new MetadataFault('INVALID_TYPE', `${call} is not supported for the type ${type}`);
}

/** `xsi:type`, with or without a prefix. */
function typeOf(element: XmlElement): string {
  const attribute = [...element.attributes].find(([name]) => name === 'type' || name.endsWith(':type'));
  const type = attribute?.[1].replace(/^.*:/, '');
  if (type === undefined) throw new MetadataFault('INVALID_TYPE', 'The metadata element has no xsi:type');
  return type;
}

function save({ org, session, version }: OperationCall, given: string, element: XmlElement, mode: Mode): SaveRow {
  // Settings are kept under one type, and read and written as what they are.
  const type = settingsTypeNamed(given) === undefined ? given : SETTINGS;
  const fullName = childText(element, 'fullName') ?? '';
  const refused = (statusCode: string, message: string): SaveRow => ({
    fullName,
    created: false,
    error: { statusCode, message },
  });
  if (fullName === '') return refused('REQUIRED_FIELD_MISSING', 'Required field is missing: fullName');
  const stored = named(given, fullName) ? storedComponent(org, type, fullName) : undefined;
  if (mode === 'create' && stored !== undefined) {
    return refused('DUPLICATE_DEVELOPER_NAME', `There is already a ${type} named ${fullName}.`);
  }
  if (mode === 'update' && stored === undefined) {
    return refused('INVALID_CROSS_REFERENCE_KEY', `In field: fullName - no ${given} named ${fullName} found`);
  }
  const problem = checkElements(element, given);
  if (problem !== undefined) return refused('FIELD_INTEGRITY_EXCEPTION', problem.message);
  const later = laterElement(type, readMetadataValue(element, given), version);
  if (later !== undefined) return refused('FIELD_INTEGRITY_EXCEPTION', invalidElement(later, type));
  const value = type === SETTINGS ? givenValue(element, given) : mergedValue(stored, element, type, fullName);
  const rule = { ...declarativeRules, ...rulesAfterApex }[type];
  const broken = rule?.({ type, fullName, value, body: undefined }, new ComponentSet(org));
  if (broken !== undefined) return refused(broken.statusCode ?? 'FIELD_INTEGRITY_EXCEPTION', broken.message);
  org.transaction(() => applyComponent(org, { type, fullName, value, body: undefined }, session.userId));
  return { fullName, created: stored === undefined };
}

function givenValue(element: XmlElement, type: string): MetadataValue {
  const { fullName: _given, ...value } = readMetadataValue(element, type);
  return value;
}

/** A settings type has one component, of the name without `Settings`; other types have any. */
function named(type: string, fullName: string): boolean {
  const settings = settingsTypeNamed(type);
  return settings === undefined || settings.member.toLowerCase() === fullName.toLowerCase();
}

/** What an update does not mention keeps its value. A field's own `fullName` is without its object. */
function mergedValue(
  stored: Component | undefined,
  element: XmlElement,
  type: string,
  fullName: string,
): MetadataValue {
  const value = { ...(stored === undefined ? {} : storedValue(stored)), ...givenValue(element, type) };
  return parentTypeOf(type) !== undefined ? { ...value, fullName: fullName.slice(fullName.indexOf('.') + 1) } : value;
}

function toResult({ fullName, created, error }: SaveRow, mode: Mode): XmlValue {
  return {
    ...(mode === 'upsert' ? { created } : {}),
    ...(error === undefined ? {} : { errors: { message: error.message, statusCode: error.statusCode } }),
    fullName,
    success: error === undefined,
  };
}
