import type { Clock } from '../../../clock.ts';
import type { CaseOrg } from '../case-org.ts';
import type { CaseSettings } from '../case-settings.ts';
import { Unfit } from '../unfit.ts';

/** What this user can write of Cases. */
export interface CaseShape {
  /** Values of Priority that are in use. */
  readonly priorities: readonly string[];
}

interface Described {
  readonly fields: readonly {
    readonly name: string;
    readonly createable: boolean;
    readonly unique: boolean;
    readonly picklistValues?: readonly { readonly value: string; readonly active: boolean }[];
  }[];
}

/** How long what was read of Cases is believed, in milliseconds: people change picklists and permissions while `serve` runs. */
const believedMs = 10 * 60_000;

/**
 * Reads what Cases of the org are like, and keeps it for a while.
 * @throws Unfit where a field of the blueprint is not there for this user, or the session is not unique: then two processes, or a
 * lost answer, could make two Cases of one session
 */
export function watchCaseShape(settings: CaseSettings, clock: Clock): (org: CaseOrg) => Promise<CaseShape> {
  let read: { readonly at: number; readonly shape: CaseShape } | undefined;
  return async (org) => {
    if (read !== undefined && clock.now() - read.at < believedMs) return read.shape;
    const shape = shapeOf(
      await org.read<Described>('/sobjects/Case/describe', 'reading what Cases are like'),
      settings,
    );
    read = { at: clock.now(), shape };
    return shape;
  };
}

function shapeOf({ fields }: Described, { caseFromField, caseSessionField }: CaseSettings): CaseShape {
  const find = (name: string) => fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  for (const name of [caseSessionField, caseFromField]) {
    if (find(name)?.createable === true) continue;
    throw new Unfit(
      `This user has no field ${name} of Cases that it may write: opencx-sf deploy-apex makes it, opencx-sf apply assigns the permission set.`,
    );
  }
  if (find(caseSessionField)?.unique !== true) {
    throw new Unfit(
      `The field ${caseSessionField} of Cases is not unique, so that a session could become two Cases: opencx-sf deploy-apex mends it.`,
    );
  }
  const priorities = find('Priority')?.picklistValues ?? [];
  return { priorities: priorities.filter(({ active }) => active).map(({ value }) => value) };
}
