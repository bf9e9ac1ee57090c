import { quoted } from '../../../provision/org/soql-literal.ts';
import { OpencxError } from '../../../errors/opencx-error.ts';
import { createCase, savedOf } from '../records.ts';
import { done, failed, type StageEnd } from '../../timeline/stage.ts';
import type { HandoffStage } from '../stage.ts';
import type { HandoffRun } from '../handoff-run.ts';

interface CaseRow {
  Id: string;
  CaseNumber: string;
  CreatedById: string;
  CreatedDate: string;
}

/** A Case as OpenCX makes it: its mark in the field, the topic as subject, the summary as description. */
export const createCaseStage: HandoffStage = {
  id: 'create-case',
  run: async (run) => {
    const org = (await run.asOpenCx()) ?? run.org;
    const { blueprint, setup } = run.config;
    const field = blueprint.names.caseFromField;
    try {
      const id = await createCase(run, org, {
        Subject: `${run.mark} A customer asks for a person`,
        Description: `${run.mark} opencx-sf verify handoff made this Case as a test and deletes it again.`,
        Origin: setup.emailToCase.origin,
        ...blueprint.testRecords.caseFields,
        [field]: blueprint.caseFromValue,
      });
      const [row] = await org.query<CaseRow & Record<string, unknown>>(
        `SELECT Id, CaseNumber, CreatedById, CreatedDate, ${field} FROM Case WHERE Id = ${quoted([id])}`,
        'reading the test Case',
      );
      if (row === undefined) return failed(`Case ${id} was saved and cannot be read by the user who saved it`);
      run.found.case = { ...savedOf(row), number: row.CaseNumber };
      if (row[field] !== blueprint.caseFromValue) return notMarked(field, String(row[field]));
      return done(`Case ${row.CaseNumber} (${id}), made as ${whoMadeIt(run, row.CreatedById)}`, {
        evidence: [`${field} = ${blueprint.caseFromValue}`],
      });
    } catch (error) {
      if (!(error instanceof OpencxError) || error.details?.['salesforceErrorCode'] !== 'INVALID_FIELD') throw error;
      return invisibleField(error, blueprint.names.permissionSet);
    }
  },
};

function whoMadeIt({ people }: HandoffRun, userId: string): string {
  const user = [people.integration, people.me].find((one) => one?.id === userId);
  return user?.username ?? userId;
}

/** A custom field that nobody was given is, for the API, not there, to administrators either. */
function invisibleField(error: OpencxError, permissionSet: string): StageEnd {
  return failed('a field of the Case is not there for this user', {
    evidence: [error.message],
    remedy: [
      { text: `Assign the permission set ${permissionSet} to this user; apply does it.`, command: 'opencx-sf apply' },
    ],
  });
}

function notMarked(field: string, value: string): StageEnd {
  return failed(`${field} was written and holds ${value}: automation of this org changes it`, {
    remedy: [{ text: `Look for flows and triggers on Case that write ${field}.` }],
  });
}
