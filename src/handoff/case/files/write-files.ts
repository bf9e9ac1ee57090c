import { OpencxError } from '../../../errors/opencx-error.ts';
import type { HandoffFile } from '../../api/schema/handoff-input.ts';
import { soqlText, type CaseOrg } from '../case-org.ts';
import { cutText } from '../cut-text.ts';
import { Unfit } from '../unfit.ts';

/** What a request of JSON holds of a file, in bytes before base64 (REST API guide, "Insert or Update Blob Data"). */
const mostBytes = 37.5 * 1024 * 1024;

const longestName = 255;

/** A file as it is kept in Salesforce. */
export interface WrittenFile {
  /** ContentVersion. */
  readonly id: string;
  /** What records are linked with. */
  readonly documentId: string;
}

/** A file that the org does not take, whatever else it takes: its size or type, or no room is left. */
export interface RefusedFile {
  readonly name: string;
  readonly error: Error;
}

/**
 * Codes that are about the file alone: rules and triggers of the org for types and sizes, and its room for files (SOAP API guide,
 * "StatusCode").
 */
const aboutTheFile: ReadonlySet<unknown> = new Set(['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'STORAGE_LIMIT_EXCEEDED']);

/** Names of files that hold nothing: Salesforce takes none of these. */
export function emptyFiles(files: readonly HandoffFile[]): string[] {
  return files.filter(({ base64 }) => base64 === '').map(({ name }) => name);
}

interface VersionRow {
  readonly Id: string;
  readonly ContentDocumentId: string;
  readonly Description: string | null;
}

/**
 * Puts files on a Case; those that are there already are left, and known again by what their description says. {@link emptyFiles} are
 * left out.
 * @param mark names what they belong to, e.g. the session and the handoff
 */
export async function writeFiles(
  org: CaseOrg,
  caseId: string,
  files: readonly HandoffFile[],
  mark: string,
): Promise<{ readonly written: readonly WrittenFile[]; readonly refused: readonly RefusedFile[] }> {
  const full = files.filter(({ base64 }) => base64 !== '');
  if (full.length === 0) return { written: [], refused: [] };
  const marked = full.map((file, index) => ({
    file,
    description: `OpenCX file ${index + 1}/${full.length} · ${mark}`,
  }));
  const before = await findFiles(org, caseId);
  const missing = marked.filter(({ description }) => !before.has(description));
  const refusals = new Map<string, RefusedFile>();
  for (const { file, description } of missing) {
    const error = await refusalOf(writeFile(org, caseId, file, description));
    if (error !== undefined) refusals.set(description, { name: file.name, error });
  }
  const after = missing.length === refusals.size ? before : await findFiles(org, caseId);
  const written = marked
    .filter(({ description }) => !refusals.has(description))
    .map(({ file, description }) => {
      const found = after.get(description);
      if (found !== undefined) return found;
      throw new OpencxError('ORG_UNEXPECTED_ANSWER', {
        message: `The file ${file.name} was put on the Case and cannot be found there by this user.`,
      });
    });
  return { written, refused: [...refusals.values()] };
}

/** @throws what is not about the file alone */
async function refusalOf(writing: Promise<void>): Promise<Error | undefined> {
  try {
    await writing;
    return undefined;
  } catch (error) {
    if (error instanceof Unfit) return error;
    if (error instanceof OpencxError && aboutTheFile.has(error.details?.['salesforceErrorCode'])) return error;
    throw error;
  }
}

async function findFiles(org: CaseOrg, caseId: string): Promise<Map<string, WrittenFile>> {
  const userId = await org.userId();
  const rows = await org.query<VersionRow>(
    'SELECT Id, ContentDocumentId, Description FROM ContentVersion ' +
      `WHERE FirstPublishLocationId = ${soqlText(caseId)} AND CreatedById = ${soqlText(userId)}`,
    'looking for files that are there already',
  );
  return new Map(rows.map((row) => [row.Description ?? '', { id: row.Id, documentId: row.ContentDocumentId }]));
}

async function writeFile(
  org: CaseOrg,
  caseId: string,
  { name, base64 }: HandoffFile,
  description: string,
): Promise<void> {
  const bytes = Math.floor((base64.length / 4) * 3);
  if (bytes > mostBytes)
    throw new Unfit(`The file ${name} has ${bytes} bytes; Salesforce takes ${mostBytes} this way.`);
  const values = {
    Title: cutText(name.replace(/(?<=.)\.[^.]+$/, ''), longestName),
    PathOnClient: name,
    VersionData: base64,
    Description: description,
    FirstPublishLocationId: caseId,
  };
  await org.create('ContentVersion', values, 'putting a file on the Case');
}
