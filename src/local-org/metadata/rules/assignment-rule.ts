import { assignedObjects } from '../../assignment/assignment-rule.ts';
import { BooleanFilterError, parseBooleanFilter } from '../../assignment/boolean-filter.ts';
import { criterionField, isCriterionObject } from '../../assignment/criterion-field.ts';
import { isCriterionValue, takesOperation } from '../../assignment/criterion.ts';
import type { FilterOperation } from '../../assignment/criterion.ts';
import { findCaseOwner } from '../../mail/routing/case-owner.ts';
import { customField } from '../../schema/custom/custom-fields.ts';
import type { FieldSchema } from '../../schema/schema.ts';
import { storedXml } from '../apply/stored-value.ts';
import { flagOf, listOf, textOf } from '../elements/metadata-value.ts';
import type { MetadataFieldValue, MetadataValue } from '../elements/metadata-value.ts';
import { notImplementedProblem } from './not-implemented.ts';
import { bringsQueue } from './queue.ts';
import type { ComponentRule, RuleContext } from './rule-context.ts';

/** Elements of an entry that do something in the local org; those of escalation and auto-response rules are none of them. */
const implemented = new Set(['assignedTo', 'assignedToType', 'booleanFilter', 'criteriaItems']);

/** The rules of an object: only some objects have any. */
export const checkAssignmentRules: ComponentRule = ({ fullName }) => {
  const message = objectProblem(fullName);
  return message === undefined ? undefined : { message };
};

/** An assignment rule: whom it assigns to and what it looks at are there, and no other of the object becomes active. */
export const checkAssignmentRule: ComponentRule = (rule, context) => {
  const object = objectOf(rule.fullName);
  const message =
    objectProblem(object) ??
    activeProblem(rule, object, context) ??
    firstProblem(listOf(rule.value, 'ruleEntry'), (entry) => entryProblem(entry, context));
  return message === undefined ? undefined : { message };
};

function objectOf(fullName: string): string {
  return fullName.slice(0, Math.max(fullName.indexOf('.'), 0));
}

function objectProblem(object: string): string | undefined {
  if (assignedObjects.some((name) => name.toLowerCase() === object.toLowerCase())) return undefined;
  if (object === 'Lead') return notImplementedProblem('assignment rules of Lead');
  return `Entity of type 'AssignmentRules' named '${object}' cannot be found`;
}

function activeProblem(
  { fullName, value }: Parameters<ComponentRule>[0],
  object: string,
  context: RuleContext,
): string | undefined {
  if (!flagOf(value, 'active', false)) return undefined;
  const rival = context
    .accepted('AssignmentRule')
    .find(
      (other) =>
        flagOf(other.value, 'active', false) &&
        objectOf(other.fullName).toLowerCase() === object.toLowerCase() &&
        other.fullName.toLowerCase() !== fullName.toLowerCase(),
    );
  return rival === undefined
    ? undefined
    : `Only one assignment rule of ${object} can be active: ${rival.fullName} is active already`;
}

function firstProblem(
  entries: readonly MetadataValue[],
  check: (entry: MetadataValue) => string | undefined,
): string | undefined {
  for (const entry of entries) {
    const message = check(entry);
    if (message !== undefined) return message;
  }
  return undefined;
}

function entryProblem(entry: MetadataValue, context: RuleContext): string | undefined {
  const stranger = Object.entries(entry).find(([element, part]) => !implemented.has(element) && !isUnset(part));
  if (stranger !== undefined) return notImplementedProblem(`the element ${stranger[0]} of AssignmentRule entries`);
  const criteria = listOf(entry, 'criteriaItems');
  return (
    assigneeProblem(entry, context) ??
    firstProblem(criteria, (criterion) => criterionProblem(criterion, context)) ??
    logicProblem(textOf(entry, 'booleanFilter'), criteria.length)
  );
}

/** Boolean elements stand in retrieved files with the value false: nothing is asked for. */
function isUnset(part: MetadataFieldValue): boolean {
  return (
    part === undefined || part === null || part === '' || part === false || (Array.isArray(part) && part.length === 0)
  );
}

/** Without `assignedTo` the record stays with its owner. */
function assigneeProblem(entry: MetadataValue, context: RuleContext): string | undefined {
  const name = textOf(entry, 'assignedTo');
  if (name === undefined) return undefined;
  const type = textOf(entry, 'assignedToType');
  if (type !== 'User' && type !== 'Queue') return 'Required field is missing: assignedToType';
  if (type === 'Queue' && bringsQueue(context, name, 'Case')) return undefined;
  return findCaseOwner(context.org, name, type) === undefined
    ? `In field: assignedTo - no ${type} named ${name} found`
    : undefined;
}

function criterionProblem(criterion: MetadataValue, context: RuleContext): string | undefined {
  const name = textOf(criterion, 'field') ?? '';
  const operation = textOf(criterion, 'operation') as FilterOperation;
  if (textOf(criterion, 'valueField') !== undefined) {
    return notImplementedProblem('the element valueField of AssignmentRule criteria');
  }
  const field = fieldNamed(name, context);
  if (field === undefined) return `In field: field - no CustomField named ${name} found`;
  if (!takesOperation(field, operation)) {
    return `The operator ${operation} cannot be used with the field ${name}`;
  }
  const value = textOf(criterion, 'value') ?? '';
  return isCriterionValue(field, value, context.org.now())
    ? undefined
    : `Invalid value for the field ${name}: ${value}`;
}

/** Custom fields are those of the org as it will be: with what this deployment brings, without what it deletes. */
function fieldNamed(fullName: string, context: RuleContext): FieldSchema | undefined {
  const known = criterionField(context.org, fullName)?.field;
  if (known?.custom === false) return known;
  const deployed = context.value('CustomField', fullName);
  if (deployed === undefined || !isCriterionObject(objectOf(fullName))) return undefined;
  return customField({ fullName, xml: storedXml('CustomField', deployed) }).field;
}

function logicProblem(logic: string | undefined, count: number): string | undefined {
  if (logic === undefined) return undefined;
  try {
    parseBooleanFilter(logic, count);
    return undefined;
  } catch (error) {
    if (error instanceof BooleanFilterError) return error.message;
    throw error;
  }
}
