import { sessionEventNames, sessionInputs } from '../session/session-event.ts';

/** Which way an event goes: a webhook, what OpenCX gave for a session, or what `serve` tells of one. */
export const eventDirections = ['from-salesforce', 'from-opencx', 'told'] as const;
export type EventDirection = (typeof eventDirections)[number];

const inputs: ReadonlySet<string> = new Set(sessionInputs);
const told: ReadonlySet<string> = new Set(sessionEventNames);

/** @param name of a stored event */
export function directionOf(name: string): EventDirection {
  if (inputs.has(name)) return 'from-opencx';
  return told.has(name) ? 'told' : 'from-salesforce';
}
