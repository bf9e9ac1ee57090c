import { fieldsReferredBy } from '../references/apex-references.ts';
import type { MetadataProblem } from '../elements/metadata-problem.ts';
import { flagOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataValue } from '../elements/metadata-value.ts';
import { fieldTypes, typedElements } from './field-types.ts';
import { apiNameProblem, tooLong } from './names.ts';
import type { CandidateComponent, ComponentRule, RuleContext } from './rule-context.ts';

/** Custom fields: on an object that exists, named `…__c`, saying what their type needs; a change of type is limited. */
export const checkCustomField: ComponentRule = (component, context) => {
  const [objectName = '', fieldName = ''] = component.fullName.split('.');
  return (
    objectProblem(objectName, context) ??
    nameProblem(objectName, fieldName, component.value, context) ??
    typeProblem(component.value) ??
    settingProblem(objectName, component.value, context) ??
    referenceProblem(component.value, context) ??
    changeProblem(component, context)
  );
};

function objectProblem(objectName: string, context: RuleContext): MetadataProblem | undefined {
  const object = context.org.schema().data.object(objectName);
  // It may come along in the same package.
  if (object !== undefined || context.value('CustomObject', objectName) !== undefined) return undefined;
  return { message: `Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}` };
}

function nameProblem(
  objectName: string,
  fieldName: string,
  value: MetadataValue,
  { org }: RuleContext,
): MetadataProblem | undefined {
  if (!fieldName.toLowerCase().endsWith('__c')) {
    const standard = org.schema().data.object(objectName)?.field(fieldName);
    if (standard === undefined) return { message: "Could not resolve standard field's name." };
    return { message: 'LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement changes of standard fields.' };
  }
  const developerName = fieldName.slice(0, -'__c'.length);
  const label = textOf(value, 'label');
  if (label === undefined) return { message: 'Must specify a non-empty label for the CustomField' };
  const message =
    apiNameProblem(developerName, 'Field Name') ??
    tooLong('Field Name', developerName, 40) ??
    tooLong('Label', label, 40);
  return message === undefined ? undefined : { message };
}

function typeProblem(value: MetadataValue): MetadataProblem | undefined {
  const type = textOf(value, 'type');
  if (type === undefined) return { message: 'Required field is missing: type' };
  const facts = fieldTypes[type];
  if (facts === undefined || value['formula'] !== undefined) {
    const what = facts === undefined ? `custom fields of type ${type}` : 'formula fields';
    return { message: `LOCAL_ORG_NOT_IMPLEMENTED: The local org does not implement ${what}.` };
  }
  for (const element of facts.required) {
    if (isUnset(value, element)) return { message: `Must specify '${element}' for a CustomField of type ${type}` };
  }
  for (const [element, types] of Object.entries(typedElements)) {
    if (!isUnset(value, element) && value[element] !== false && !types.includes(type)) {
      return { message: `Can not specify '${element}' for a CustomField of type ${type}` };
    }
  }
  return sizeProblem(type, value);
}

/** Types that fields of custom settings may have (Salesforce Help, "Add Fields to Custom Settings"). */
const settingTypes: ReadonlySet<string> = new Set([
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Email',
  'Number',
  'Percent',
  'Phone',
  'Text',
  'TextArea',
  'Url',
]);

function settingProblem(objectName: string, value: MetadataValue, context: RuleContext): MetadataProblem | undefined {
  const type = textOf(value, 'type') ?? '';
  const object = context.value('CustomObject', objectName);
  const isSetting = object !== undefined && textOf(object, 'customSettingsType') !== undefined;
  if (!isSetting || settingTypes.has(type)) return undefined;
  return { message: `Can not specify type ${type} for a field of a custom setting` };
}

function referenceProblem(value: MetadataValue, { org }: RuleContext): MetadataProblem | undefined {
  const target = textOf(value, 'referenceTo');
  if (target === undefined || org.schema().data.object(target) !== undefined) return undefined;
  return { message: `In field: referenceTo - no CustomObject named ${target} found` };
}

function isUnset(value: MetadataValue, element: string): boolean {
  return value[element] === undefined || value[element] === null || value[element] === '';
}

function sizeProblem(type: string, value: MetadataValue): MetadataProblem | undefined {
  const range = fieldTypes[type]?.length;
  const length = Number(value['length'] ?? 0);
  if (range !== undefined && (!Number.isInteger(length) || length < range.from || length > range.to)) {
    return { message: `Length: The length of a field of type ${type} must be between ${range.from} and ${range.to}` };
  }
  const precision = Number(value['precision'] ?? 1);
  const scale = Number(value['scale'] ?? 0);
  if (precision < 1 || precision > 18 || scale < 0 || scale > precision) {
    return { message: 'Precision must be between 1 and 18, and Scale between 0 and Precision' };
  }
  if (flagOf(value, 'required', false) && ['Checkbox', 'LongTextArea', 'Html'].includes(type)) {
    return { message: `Can not specify 'required' for a CustomField of type ${type}` };
  }
  return undefined;
}

function changeProblem(component: CandidateComponent, context: RuleContext): MetadataProblem | undefined {
  const [objectName = '', fieldName = ''] = component.fullName.split('.');
  const before = context.value('CustomField', component.fullName);
  const from = before === undefined ? undefined : textOf(before, 'type');
  const to = textOf(component.value, 'type') ?? '';
  if (from === undefined || from === to) return undefined;
  const users = fieldsReferredBy(context.org, fieldName);
  if (users.length > 0) {
    return {
      message: `Cannot change field type of a custom field referenced in Apex class or trigger: ${users.join(', ')}`,
    };
  }
  if (to === 'Lookup') {
    return { message: 'Cannot update a field to a Lookup, MasterDetail, or Hierarchy from something else' };
  }
  if (fieldTypes[from]?.widensTo?.includes(to) === true) return undefined;
  const rows = context.org.records.all(objectName);
  const inUse = rows.some((row) => row[fieldName] !== undefined && row[fieldName] !== null && row[fieldName] !== false);
  return inUse ? { message: 'Cannot change type due to existing data' } : undefined;
}
