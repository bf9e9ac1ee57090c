import type { MiddlewareHandler } from 'hono';

import { markAsData } from '../http/data-headers.ts';
import { bearerToken, isForeign, namesLoopback } from '../http/request-guard.ts';
import { tokenMatcher } from '../security/webhook-token.ts';
import type { ApiEnv, ApiPorts } from './api-ports.ts';
import { openApiPath } from './openapi/operations.ts';
import { ApiProblem } from './problem.ts';

/** Every answer is data. */
export const asData: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  markAsData(c.res.headers);
};

/**
 * Lets in who shows the token. To a web page elsewhere, whose name was made to point here, there is nothing here; one that names its
 * origin is refused, with the token too. The document alone, which holds no data, is for whoever asks.
 */
export function admission({ token, onLoopback, misses }: ApiPorts): MiddlewareHandler<ApiEnv> {
  const isToken = tokenMatcher(token);
  return async (c, next) => {
    const { headers } = c.req.raw;
    if (onLoopback && !namesLoopback(headers)) return await c.notFound();
    if (isForeign(headers)) throw new ApiProblem('foreign-origin', 'The API is for programs, and not for web pages.');
    const isAllowed = isToken(bearerToken(headers)) || c.req.path === openApiPath;
    if (!isAllowed) throw missed(misses());
    return await next();
  };
}

function missed(waitSeconds: number): ApiProblem {
  return waitSeconds > 0
    ? new ApiProblem('too-many-requests', 'Too many requests came without the token.', {
        headers: { 'retry-after': String(waitSeconds) },
      })
    : new ApiProblem('unauthorized', 'Every request shows the token of the API: Authorization: Bearer <token>.', {
        headers: { 'www-authenticate': 'Bearer' },
      });
}
