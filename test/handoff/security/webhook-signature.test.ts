import { createHmac } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { signatureHeader } from '../../../src/blueprint/webhook-signature.ts';
import { bodyOf, post, serve, type Posted, type Serving } from '../serving.ts';

const secret = 'whsec-1f0c9a7e5b3d4c2a8e6f';
const before = 'whsec-before-77aa55cc33';

function hmac(key: string, seconds: number | string, body: string): string {
  return createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
}

function now(offset = 0): number {
  return Math.floor(Date.now() / 1000) + offset;
}

function signed(body: string, { key = secret, seconds = now() } = {}): Record<string, string> {
  return { [signatureHeader]: `t=${seconds},v1=${hmac(key, seconds, body)}` };
}

async function signing(): Promise<Serving> {
  return await serve({ signature: { secrets: [secret, before] } });
}

describe('a signed call', () => {
  test('is taken, with the secret of now and the one before', async () => {
    const { webhookUrl } = await signing();
    for (const key of [secret, before]) {
      const body = bodyOf();
      expect((await post(webhookUrl, body, signed(body, { key }))).status).toBe(202);
    }
  });

  test('is taken when it carries several signatures or other versions', async () => {
    const { webhookUrl } = await signing();
    const body = bodyOf();
    const seconds = now();
    const field = `t=${seconds}, v0=abc, v1=${'0'.repeat(64)}, v1=${hmac(secret, seconds, body)}`;
    expect((await post(webhookUrl, body, { [signatureHeader]: field })).status).toBe(202);
  });

  test('is taken while clocks are four minutes apart, either way', async () => {
    const { webhookUrl } = await signing();
    for (const offset of [-240, 240]) {
      const body = bodyOf();
      expect((await post(webhookUrl, body, signed(body, { seconds: now(offset) }))).status).toBe(202);
    }
  });

  test('is signed over its bytes, whatever they are', async () => {
    const { webhookUrl } = await signing();
    const body = bodyOf('customerEmail', { email_text: 'Grüße 🙂 \u2028' });
    expect((await post(webhookUrl, body, signed(body))).status).toBe(202);
  });
});

describe('a call that is not signed as it must be', () => {
  async function refused(headers: Record<string, string>, body = bodyOf()): Promise<Posted> {
    const serving = await signing();
    const answer = await post(serving.webhookUrl, body, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(signatureHeader);
    expect(await serving.store.events({ limit: 1 })).toEqual([]);
    expect(await serving.store.rejections(2)).toMatchObject([{ status: 401, reason: answer.body.error }]);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    return answer;
  }

  test('without a signature', async () => {
    expect((await refused({})).body.error).toMatch(/^The call is not signed/);
  });

  test('with another secret, or another body', async () => {
    const body = bodyOf();
    expect((await refused(signed(body, { key: 'another' }), body)).body.error).toMatch(/does not fit/);
    expect((await refused(signed(body), bodyOf())).body.error).toMatch(/does not fit/);
  });

  test('with a time that was changed after signing', async () => {
    const body = bodyOf();
    const field = `t=${now()},v1=${hmac(secret, now(-3600), body)}`;
    expect((await refused({ [signatureHeader]: field }, body)).body.error).toMatch(/does not fit/);
  });

  test.each([-301, 310])('%d seconds away from this clock', async (offset) => {
    const body = bodyOf();
    const { error } = (await refused(signed(body, { seconds: now(offset) }), body)).body;
    expect(error).toMatch(/of another time: 3\d\d seconds apart/);
  });

  test.each([
    ['', 'is not signed|cannot be read'],
    ['v1=00', 'cannot be read'],
    ['t=1', 'cannot be read'],
    ['t=1,t=2,v1=' + '0'.repeat(64), 'cannot be read'],
    ['t=1e9,v1=' + '0'.repeat(64), 'cannot be read'],
    ['t=1,v1=' + '0'.repeat(63), 'cannot be read'],
    ['t=1,v1=' + 'F'.repeat(64), 'cannot be read'],
    [`t=1${`,v1=${'0'.repeat(64)}`.repeat(5)}`, 'cannot be read'],
    ['t=1,v1=' + '0'.repeat(64), 'does not fit'],
  ])('with the field "%s"', async (field, why) => {
    expect((await refused({ [signatureHeader]: field })).body.error).toMatch(new RegExp(why));
  });
});
