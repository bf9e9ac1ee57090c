import type { Component } from '../../state/component-store.ts';
import { childrenOf, metadataElements, textOf } from './custom-metadata-xml.ts';
import { standardField, systemFields } from '../field-schema.ts';
import type { ObjectInit } from '../object-schema.ts';

const OWN_FIELDS = { OwnerId: 'reference | CUFGSD | Owner | Group,User' };
/** A setting belongs to whom it is set for: the org, a profile or a user (object reference, "Custom Settings"). */
const SETTING_FIELDS = { SetupOwnerId: 'reference | CUFGSD | SetupOwner | Organization,Profile,User' };
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A deployed custom object with the fields every custom object has.
 * @param ordinal position among the org's custom objects, for the key prefix of one without a record
 */
export function customObject(component: Component, ordinal: number): ObjectInit {
  const elements = metadataElements(component.xml);
  const label = textOf(elements, 'label') ?? component.fullName;
  const name = component.fullName;
  const autoNumber = childrenOf(elements, 'nameField').some((field) => textOf(field, 'type') === 'AutoNumber');
  const isSetting = textOf(elements, 'customSettingsType') !== undefined;
  const notations = {
    ...systemFields('full', true),
    Name: autoNumber ? 'string | FGSDAL' : 'string | CUFGSNL',
    ...(isSetting ? SETTING_FIELDS : OWN_FIELDS),
  };
  return {
    name,
    label,
    labelPlural: textOf(elements, 'pluralLabel') ?? label,
    keyPrefix: customKeyPrefix(component.recordId, ordinal),
    custom: true,
    customSetting: isSetting,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    fields: Object.entries(notations).map(([field, notation]) => standardField(name, field, notation)),
  };
}

/** Prefixes of custom objects begin with `a`; the rest follows the object's own id, so that it outlives other objects. */
function customKeyPrefix(recordId: string | undefined, ordinal: number): string {
  if (recordId !== undefined) return `a${recordId.slice(13, 15)}`;
  return `a${BASE62.charAt(Math.floor(ordinal / BASE62.length))}${BASE62.charAt(ordinal % BASE62.length)}`;
}
