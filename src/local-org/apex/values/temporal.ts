import { primitives } from '../types/type.ts';
import { ApexValue } from './value.ts';

export const msPerDay = 86_400_000;

/** A Date without time and zone, as days since 1970-01-01 (negative before). */
export class ApexDate extends ApexValue {
  readonly type = primitives.Date;
  readonly days: number;

  constructor(days: number) {
    super();
    this.days = days;
  }
}

/** An instant, as milliseconds since 1970-01-01T00:00:00Z. */
export class ApexDatetime extends ApexValue {
  readonly type = primitives.Datetime;
  readonly time: number;

  constructor(time: number) {
    super();
    this.time = time;
  }
}

/** A time of day, as milliseconds since midnight. */
export class ApexTime extends ApexValue {
  readonly type = primitives.Time;
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super();
    this.milliseconds = milliseconds;
  }
}
