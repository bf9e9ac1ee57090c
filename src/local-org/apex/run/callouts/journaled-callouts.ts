import type { CalloutPort } from './callouts.ts';
import type { Journal } from './replay.ts';

/** Callouts whose answers come from a journal; one that is not there yet ends the attempt. */
export function journaledCallouts(journal: Journal): CalloutPort {
  return { send: (request) => journal.answer(request) };
}
