/** Whether a file operation failed because there is no such file or folder, which is often an answer and no failure. */
export function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
