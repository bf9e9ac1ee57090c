import { toOpencxError } from '../org-errors.ts';
import type { Org } from '../org.ts';
import { retryRead } from '../retry.ts';

/**
 * Full names of all components of some types, by SOAP `listMetadata`; one request.
 * @param types at most three, e.g. `['ExtlClntAppOauthSettings']`
 * @throws OpencxError as {@link Org.readMetadata} does
 */
export async function listMetadata(
  org: Org,
  types: readonly string[],
  doing: string,
): Promise<{ type: string; fullName: string }[]> {
  const { metadata } = org.connection;
  try {
    const found = await retryRead(org.clock, () =>
      metadata.list(
        types.map((type) => ({ type })),
        org.apiVersion,
      ),
    );
    return found.map(({ type, fullName }) => ({ type, fullName }));
  } catch (error) {
    throw toOpencxError(error, doing);
  }
}
