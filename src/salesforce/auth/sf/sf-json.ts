/** What `sf … --json` prints, as far as it is read here; on failure `name`, `message` and `actions` stand at the top. */
export interface SfDocument {
  status: number | undefined;
  result: unknown;
  name: string | undefined;
  message: string | undefined;
  actions: string[];
}

/**
 * Finds the one JSON document in what `sf` printed. Update notices, deprecation warnings and plug-ins have all been seen
 * before it on stdout (forcedotcom/cli#320, #1896, #2562).
 * @returns nothing when there is no document
 */
export function readSfJson(stdout: string): SfDocument | undefined {
  for (const candidate of candidates(stdout)) {
    const value = parsed(candidate);
    if (value !== undefined && ('status' in value || 'result' in value || 'exitCode' in value)) {
      return {
        status: typeof value['status'] === 'number' ? value['status'] : undefined,
        result: value['result'],
        name: textOf(value['name']),
        message: textOf(value['message']),
        actions: Array.isArray(value['actions']) ? value['actions'].filter((one) => typeof one === 'string') : [],
      };
    }
  }
  return undefined;
}

/** From each brace that starts a line: to the brace that starts a later line (as `sf` indents), or to the end of its own. */
function* candidates(text: string): Generator<string> {
  for (const { index } of text.matchAll(/^\{/gm)) {
    const rest = text.slice(index);
    const indented = /^\}/m.exec(rest);
    if (indented !== null) yield rest.slice(0, indented.index + 1);
    yield rest.slice(0, rest.search(/\r?\n|$/));
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    // A warning with a brace in it; the document may start further on.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
