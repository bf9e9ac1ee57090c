import { createPublicKey, createPrivateKey, generateKeyPairSync } from 'node:crypto';

import { decodeProtectedHeader, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';

import { signIdentityToken, type IdentityTokenRequest } from '../../../src/messaging/identity/identity-token.ts';

const now = Date.UTC(2026, 10, 29, 12, 0, 0, 500);
const clock = { now: () => now };
let privateKey: ReturnType<typeof createPrivateKey>;
beforeAll(() => {
  ({ privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 }));
});

function request(more: Partial<IdentityTokenRequest> = {}): IdentityTokenRequest {
  const usual = {
    kid: 'opencx-1',
    alg: 'RS256',
    issuer: 'https://opencx.test',
    subject: 'jane',
    lifetimeMs: 600_000,
  } as const;
  return { ...usual, privateKey, ...more };
}

describe('an identity token', () => {
  test.each(['RS256', 'RS512'] as const)(
    'is signed with %s and says what Salesforce looks for, and no more',
    async (alg) => {
      const token = await signIdentityToken(request({ alg }), clock);
      const { payload } = await jwtVerify(token, createPublicKey(privateKey), { currentDate: new Date(now) });
      expect(decodeProtectedHeader(token)).toEqual({ alg, kid: 'opencx-1' });
      const iat = Math.floor(now / 1000);
      expect(payload).toEqual({ iss: 'https://opencx.test', sub: 'jane', iat, exp: iat + 600 });
    },
  );

  test('carries further claims', async () => {
    const token = await signIdentityToken(
      request({ claims: { aud: 'https://x.my.salesforce.com', plan: { a: 1 } } }),
      clock,
    );
    const { payload } = await jwtVerify(token, createPublicKey(privateKey), { currentDate: new Date(now) });
    expect(payload).toMatchObject({ aud: 'https://x.my.salesforce.com', plan: { a: 1 }, sub: 'jane' });
  });

  test('does not let claims replace its own', async () => {
    await expect(
      signIdentityToken(request({ claims: { sub: 'somebody', exp: 9_999_999_999 } }), clock),
    ).rejects.toThrow('may not give sub, exp');
    await expect(signIdentityToken(request({ lifetimeMs: 999 }), clock)).rejects.toThrow(/for a second at least/);
  });
});
