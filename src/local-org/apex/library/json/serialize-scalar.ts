import { ApexBlob } from '../../values/blob.ts';
import { Decimal } from '../../values/numbers/decimal.ts';
import { ApexDouble } from '../../values/numbers/double.ts';
import { EnumValue } from '../../values/enums/enum-value.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../../values/temporal.ts';
import { dateText, decimalText, doubleText, timeText } from '../../values/text.ts';
import type { Value } from '../../values/value.ts';
import { quoted } from './text/json-writer.ts';

/** `2026-01-02T03:04:05.000Z`; in records the zone is `+0000`, as the REST API writes it. */
function instantText(datetime: ApexDatetime, inRecord: boolean): string {
  const text = new Date(datetime.time).toISOString();
  return inRecord ? text.replace('Z', '+0000') : text;
}

/** A value that is neither object nor collection, as JSON; undefined for all others. */
export function scalarJson(value: Value, inRecord = false): string | undefined {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Decimal) return decimalText(value);
  if (value instanceof ApexDouble) {
    const text = doubleText(value.value);
    return Number.isFinite(value.value) ? text : quoted(text);
  }
  if (value instanceof ApexDate) return quoted(dateText(value));
  if (value instanceof ApexDatetime) return quoted(instantText(value, inRecord));
  if (value instanceof ApexTime) return quoted(timeText(value));
  if (value instanceof ApexBlob) return quoted(Buffer.from(value.bytes).toString('base64'));
  return value instanceof EnumValue ? quoted(value.name) : undefined;
}
