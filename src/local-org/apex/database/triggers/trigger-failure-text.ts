import type { TriggerFailure } from '../../run/apex-runtime.ts';
import type { Run } from '../../run/run.ts';
import { thrownText } from '../../run/thrown-text.ts';
import type { ApexThrown } from '../../values/exception.ts';

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Why records were not saved, when a trigger let an exception pass: its name, the event, the exception and its trace. */
export function triggerFailureText(run: Run, { trigger, event, thrown }: TriggerFailure): string {
  const { exception } = thrown;
  const execution = `${trigger}: execution of ${capital(event.when)}${capital(event.operation)}`;
  return `${execution}\n\ncaused by: ${thrownText(run, exception)}\n\n${traceWithin(trigger, exception.stackTrace)}`;
}

/** The part of a trace that is the trigger's own: whoever saved the records is not told of. */
function traceWithin(trigger: string, trace = ''): string {
  const lines = trace.split('\n');
  const last = lines.findIndex((line) => line.startsWith(`Trigger.${trigger}:`));
  return (last === -1 ? lines : lines.slice(0, last + 1)).join('\n');
}

/** Why a save over the API failed as a whole: a limit, with the trigger it was met in. */
export function limitText({ exception }: ApexThrown): string {
  const trigger = /\bTrigger\.(\w+):/.exec(exception.stackTrace ?? '')?.[1];
  const text = `${exception.type.name}: ${exception.message ?? ''}`;
  return trigger === undefined ? text : `${trigger}: ${text}`;
}
