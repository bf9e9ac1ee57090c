import type { OrgState } from '../../state/org-state.ts';
import type { SaveError } from './save-error.ts';
import { abortedResults, refused, saved, takenBack } from './save-result.ts';
import type { SaveResult } from './save-result.ts';

/** Triggers see this many records at a time. */
const CHUNK = 200;
/** Attempts at a chunk with triggers (Apex Developer Guide, "Bulk DML Exception Handling"). */
const MAX_ATTEMPTS = 3;

/** One record on its way through a save. */
export interface Draft {
  /** Its id, once it has one. */
  id: string | undefined;
  /** Why it is not saved; empty as long as all is well. */
  errors: readonly SaveError[];
}

/** How the records of a save are saved. */
export interface ChunkWork<T, D extends Draft> {
  /** The object's name as the schema writes it. */
  readonly sobject: string;
  readonly userId: string;
  readonly records: readonly T[];
  /** True keeps all records or none. */
  readonly allOrNone: boolean;
  /** Reads a record, noting in the draft what is wrong with it. */
  draft(record: T): D;
  /** Saves what has no error, noting new ones. */
  save(drafts: readonly D[]): void;
}

/**
 * Saves records chunk by chunk in one transaction (for objects with triggers, one of Apex too).
 * @returns one result per record, in their order
 */
export function saveInChunks<T, D extends Draft>(org: OrgState, work: ChunkWork<T, D>): SaveResult[] {
  const { records, allOrNone } = work;
  const results: SaveResult[] = [];
  const failed = new Error('rolled back');
  try {
    saveTransaction(org, [work.sobject], work.userId, () => {
      for (let start = 0; start < records.length; start += CHUNK) {
        results.push(...saveChunk(org, work, records.slice(start, start + CHUNK)));
        if (allOrNone && results.some((result) => !result.success)) throw failed;
      }
    });
  } catch (error) {
    return error === failed ? takenBack(records.length, results) : abortedResults(records.length, error);
  }
  return results;
}

/** One transaction for saves of some objects, one of Apex too if they have triggers. @throws SaveAborted */
export function saveTransaction<T>(org: OrgState, sobjects: readonly string[], userId: string, work: () => T): T {
  const hooks = org.saveHooks;
  const concerned = hooks !== undefined && sobjects.some((sobject) => hooks.concerns(sobject));
  return concerned ? hooks.transaction(userId, work) : org.transaction(work);
}

/**
 * A record that is refused once triggers have run takes the whole chunk back, and the others are saved again without it:
 * they see their triggers a second time, as on the platform. With all or none, one refusal is the end.
 */
function saveChunk<T, D extends Draft>(org: OrgState, work: ChunkWork<T, D>, records: readonly T[]): SaveResult[] {
  const known = new Map<number, readonly SaveError[]>();
  const hooks = org.saveHooks?.concerns(work.sobject) === true ? org.saveHooks : undefined;
  for (let attempt = 1; ; attempt++) {
    const drafts = records.map((record, index) => {
      const draft = work.draft(record);
      draft.errors = known.get(index) ?? draft.errors;
      return draft;
    });
    const before = failures(drafts);
    const again = new Error('refused after triggers ran');
    const startAnew = hooks?.attempt();
    try {
      org.transaction(() => {
        if (!work.allOrNone || before === 0) work.save(drafts);
        if (hooks !== undefined && failures(drafts) > before) throw again;
      });
      return drafts.map(resultOf);
    } catch (error) {
      if (error !== again) throw error;
    }
    if (work.allOrNone || failures(drafts) === drafts.length) return drafts.map(resultOf);
    if (attempt === MAX_ATTEMPTS) return drafts.map((draft) => (draft.errors.length > 0 ? resultOf(draft) : tooMany));
    startAnew?.();
    for (const [index, draft] of drafts.entries()) if (draft.errors.length > 0) known.set(index, draft.errors);
  }
}

const tooMany = refused([
  {
    statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: 'Too many batch retries in the presence of Apex triggers and partial failures.',
    fields: [],
  },
]);

function failures(drafts: readonly Draft[]): number {
  return drafts.filter((draft) => draft.errors.length > 0).length;
}

function resultOf(draft: Draft): SaveResult {
  return draft.errors.length === 0 ? saved(draft.id) : refused(draft.errors);
}
