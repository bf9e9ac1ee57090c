import { deleteLogBody } from '../../apex/logs/log-bodies.ts';
import { logCategoryNames } from '../../apex/logs/log-levels.ts';
import { fieldText } from '../../state/field-text.ts';
import { RecordRefused } from '../save/save-error.ts';
import type { ObjectRules, RuleInput } from './object-rules.ts';
import { storedDatetime } from '../../state/stored-datetime.ts';

const day = 24 * 3_600_000;

/** A level that is left out logs nothing. */
export const debugLevelRules: ObjectRules = {
  prepare: ({ org, old, values }) => {
    for (const category of logCategoryNames) values[category] ??= 'NONE';
    values['Language'] ??= 'en_US';
    const name = fieldText(values['DeveloperName']);
    if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name)) {
      const message = `The DeveloperName can only contain underscores and alphanumeric characters: ${name}`;
      throw new RecordRefused('INVALID_FIELD', message, ['DeveloperName']);
    }
    const twin = org.records
      .all('DebugLevel')
      .find((row) => row.Id !== old?.Id && fieldText(row['DeveloperName']).toLowerCase() === name.toLowerCase());
    if (twin === undefined) return;
    const message = `duplicate value found: DeveloperName duplicates value on record with id: ${twin.Id.slice(0, 15)}`;
    throw new RecordRefused('DUPLICATE_VALUE', message, ['DeveloperName']);
  },
  cascade: [{ sobject: 'TraceFlag', field: 'DebugLevelId' }],
};

/**
 * A trace flag has a debug level (since API 35.0), lives for at most 24 hours, and no two of one kind are live for one
 * user, class or trigger at the same time (Tooling API, `TraceFlag`).
 */
export const traceFlagRules: ObjectRules = {
  prepare: (input) => {
    const { org, values } = input;
    if ((values['DebugLevelId'] ?? null) === null) {
      throw new RecordRefused('REQUIRED_FIELD_MISSING', 'Required fields are missing: [DebugLevelId]', [
        'DebugLevelId',
      ]);
    }
    refuseWrongEntity(fieldText(values['LogType']), fieldText(values['TracedEntityId']));
    values['StartDate'] ??= storedDatetime(org.now());
    const start = Date.parse(fieldText(values['StartDate']));
    const end = Date.parse(fieldText(values['ExpirationDate']));
    if (end <= start) throw refusedDate('The expiration date must be after the start date');
    if (end - start > day) throw refusedDate('The expiration date must be less than 24 hours after the start date');
    refuseOverlap(input, start, end);
  },
};

export const apexLogRules: ObjectRules = {
  removed: (org, row) => {
    deleteLogBody(org, row.Id);
  },
};

function refuseWrongEntity(logType: string, entityId: string): void {
  const isUser = entityId.startsWith('005');
  if (isUser === (logType !== 'CLASS_TRACING')) return;
  const message = isUser
    ? 'A user cannot be traced by a CLASS_TRACING trace flag'
    : `Only users can be traced by a ${logType} trace flag`;
  throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', `${message}: Traced Entity ID`, ['TracedEntityId']);
}

function refuseOverlap({ org, old, values }: RuleInput, start: number, end: number): void {
  const twins = org.records.find('TraceFlag', {
    TracedEntityId: values['TracedEntityId'] ?? null,
    LogType: values['LogType'] ?? null,
  });
  const overlaps = twins.some(
    (row) =>
      row.Id !== old?.Id &&
      Date.parse(fieldText(row['StartDate'])) < end &&
      start < Date.parse(fieldText(row['ExpirationDate'])),
  );
  if (!overlaps) return;
  const message =
    "This entity is already being traced by a trace flag with a start and expiration date that overlap this trace flag's start and expiration date.: Traced Entity ID";
  throw new RecordRefused('FIELD_INTEGRITY_EXCEPTION', message, ['TracedEntityId']);
}

function refusedDate(message: string): RecordRefused {
  return new RecordRefused('FIELD_INTEGRITY_EXCEPTION', `${message}: Expiration Date`, ['ExpirationDate']);
}
