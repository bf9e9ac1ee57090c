import { OpencxError } from '../../errors/opencx-error.ts';
import { apexString, identifier, xmlText } from './escape.ts';
import { descriptionSlot } from '../marker.ts';
import type { WebhookContract } from '../webhook-contract.ts';

/** A helper gets the values of its parameters, then Handlebars' options whose data holds the contract. */
type Helper = (value: unknown, contract: WebhookContract) => string;

/**
 * The only ways for a value to get from the settings into a generated file; a template that prints a value without
 * one of them is refused when it is loaded.
 */
export const templateHelpers = {
  /** A string as an Apex literal. */
  apexString: (value) => apexString(string(value)),
  /** A string as an Apex literal, or null. */
  apexStringOrNull: (value) => (value === null ? 'null' : apexString(string(value))),
  /** An API name in Apex. */
  identifier: (value) => identifier(string(value)),
  /** A whole number. */
  integer: (value) => String(integer(value)),
  /** Whole numbers, separated by commas. */
  integers: (value) => list(value).map(integer).join(', '),
  boolean: (value) => String(boolean(value)),
  /** Text in XML. */
  xml: (value) => xmlText(string(value)),
  /** A payload key of the webhook contract, by its contract name, as an Apex literal. */
  key: (value, contract) => apexString(contractName(contract.keys, value, 'key')),
  /** An event name of the webhook contract, by its contract name, as an Apex literal. */
  event: (value, contract) => apexString(contractName(contract.events, value, 'event')),
  /** Where the marker goes in a description. */
  markerSlot: () => descriptionSlot,
} as const satisfies Record<string, Helper>;

function contractName(names: Record<string, string>, name: unknown, kind: string): string {
  const wire = names[string(name)];
  if (wire === undefined) throw unfit(`the webhook contract has no ${kind} ${JSON.stringify(name)}`);
  return wire;
}

function string(value: unknown): string {
  if (typeof value !== 'string') throw unfit(`a template expects a string and gets ${JSON.stringify(value)}`);
  return value;
}

function integer(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw unfit(`a template expects a whole number and gets ${JSON.stringify(value)}`);
  return Number(value);
}

function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw unfit(`a template expects true or false and gets ${JSON.stringify(value)}`);
  return value;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw unfit(`a template expects a list and gets ${JSON.stringify(value)}`);
  return value;
}

function unfit(message: string): OpencxError {
  return new OpencxError('INTERNAL', { message: `Rendering failed: ${message}.` });
}
