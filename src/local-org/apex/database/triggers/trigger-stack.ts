import { fieldText } from '../../../state/field-text.ts';
import type { FieldValue } from '../../../state/record-store.ts';
import type { TriggerEvent } from '../../run/apex-runtime.ts';

/** Saves that may fire each other in one transaction (Apex Developer Guide, "Execution Governors and Limits"). */
const MAX_DEPTH = 16;

/** The trigger events that are under way in one transaction, outermost first. */
export class TriggerStack {
  readonly #events: string[] = [];

  /**
   * Notes that an event begins; `leave` must follow in any case.
   * @param id of the first record, if it has one
   * @returns why it may not; undefined if all is well
   */
  enter({ sobject, when, operation }: TriggerEvent, id: FieldValue | undefined): string | undefined {
    const name = `${capital(when)}${capital(operation)}`;
    const record = fieldText(id);
    this.#events.push(`${sobject} trigger event ${name}${record === '' ? '' : ` for [${record.slice(0, 15)}]`}`);
    if (this.#events.length <= MAX_DEPTH) return undefined;
    return ['maximum trigger depth exceeded', ...this.#events.slice(0, MAX_DEPTH)].join('\n');
  }

  leave(): void {
    this.#events.pop();
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
