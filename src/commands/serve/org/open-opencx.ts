import { OpencxError } from '../../../errors/opencx-error.ts';
import { defaultOpencxUrl, openOpencxApi, type OpencxApi } from '../../../handoff/opencx/opencx-api.ts';
import { isLoopback } from '../../../salesforce/auth/org-url.ts';
import { openWebClient } from '../../../salesforce/web-client.ts';
import type { CommandContext } from '../../command-context.ts';

/** OpenCX's own API, where a key to it was given. @param url `--opencx-url` @throws OpencxError USAGE */
export async function openOpencx(
  context: CommandContext,
  apiKey: string | undefined,
  url: string | undefined,
): Promise<OpencxApi | undefined> {
  if (apiKey === undefined) {
    if (url === undefined) return undefined;
    throw new OpencxError('USAGE', {
      message: '--opencx-url is of use with a key to that API alone, and none was given.',
      nextSteps: ['--opencx-api-key-file <file>, or the variable OPENCX_API_KEY.'],
    });
  }
  const baseUrl = URL.parse(url ?? defaultOpencxUrl);
  if (baseUrl === null || !(baseUrl.protocol === 'https:' || (baseUrl.protocol === 'http:' && isLoopback(baseUrl)))) {
    throw new OpencxError('USAGE', {
      message:
        '--opencx-url takes the https:// address of an API, e.g. https://api.open.cx; http:// is for this machine alone, as the key would travel in clear.',
    });
  }
  const client = await openWebClient(new URL(baseUrl.origin));
  context.onEnd(() => client.close());
  return openOpencxApi({ baseUrl, apiKey, client, clock: context.clock });
}
