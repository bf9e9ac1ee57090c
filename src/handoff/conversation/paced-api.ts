import type { Clock } from '../../clock.ts';
import { pause } from '../../messaging/api/attempts.ts';
import type { MessagingApi } from '../../messaging/api/messaging-api.ts';
import { rateLimit } from '../../messaging/conversation/rate-limit.ts';

/** The API with access tokens asked for no faster than an org gives them, which all conversations of a process share. */
export function pacedApi(api: MessagingApi, clock: Clock, tokensPerMinute: number): MessagingApi {
  const limit = rateLimit(tokensPerMinute, 60_000, clock);
  return {
    ...api,
    verifiedAccess: async (identityToken, signal) => {
      const waitMs = limit.reserve();
      if (waitMs > 0) await pause(clock, waitMs, signal);
      return api.verifiedAccess(identityToken, signal);
    },
  };
}
