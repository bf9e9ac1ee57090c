import type { Transaction } from '../../run/transaction.ts';
import { apexError } from '../../values/exception.ts';
import { ApexDatetime } from '../../values/temporal.ts';
import type { Value } from '../../values/value.ts';
import { nullArgument } from '../native.ts';
import { storedDatetime } from '../../../state/stored-datetime.ts';

/** `Test.setCreatedDate(id, date)` */
export function setCreatedDate(run: Transaction, id: string, date: Value): void {
  if (!(date instanceof ApexDatetime)) throw nullArgument();
  const object = run.org.schema().data.objectByKeyPrefix(id.slice(0, 3));
  const row = object === undefined ? undefined : run.org.records.get(object.name, id);
  if (object === undefined || row === undefined) throw apexError('System.TypeException', `Invalid record id: ${id}`);
  const CreatedDate = storedDatetime(new Date(date.time));
  run.org.records.update(object.name, row.Id, { CreatedDate }, run.userId);
}
