import { describe, expect, test } from 'vitest';

import { openFarSide } from '../../far-side.ts';
import { newEvent } from '../../store/samples.ts';
import { everythingTo, post, serve } from '../../serving.ts';
import { openApi, mailHandoff } from '../../api/asking.ts';

describe('a callback that a handoff names', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://0/',
    'http://0.0.0.0:8080/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'https://user:password@bot.example/',
    'https://bot.example@127.0.0.1/',
    'ftp://bot.example/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:25/_HELO',
    'javascript:alert(1)',
    'data:text/plain,x',
    '//127.0.0.1/',
    'not a URL',
  ])('%s is refused before anything is stored', async (callbackUrl) => {
    const api = await openApi();
    const answer = await api.post('/v1/handoffs', mailHandoff({ callbackUrl }));
    expect([400, 403, 422]).toContain(answer.status);
    expect(await api.store.events({ limit: 1 })).toEqual([]);
  });
});

describe('a delivery', () => {
  test.each(['http://localhost:PORT/', 'http://127.0.0.1:PORT/', 'http://[::ffff:127.0.0.1]:PORT/'])(
    'to %s, which nobody named on the command line, is dead before it is sent',
    async (url) => {
      const far = await openFarSide();
      const serving = await serve({ mode: 'everything' });
      const target = new URL(url.replace('PORT', String(far.port))).href;
      await serving.store.accept(newEvent({ name: 'session.started', receivedAt: Date.now() }), [
        { kind: 'forward', target },
      ]);
      await post(serving.webhookUrl);
      const [dead] = await serving.heard('dead');
      expect(dead?.reason).toMatch(/not sent: the target is /);
      expect(far.calls).toEqual([]);
    },
  );

  test.each([301, 302, 303, 307, 308])('that is answered %d goes nowhere else', async (status) => {
    const [far, inside] = [await openFarSide(), await openFarSide()];
    far.answer(() => ({ status, headers: { location: inside.url } }));
    const serving = await serve({ routes: everythingTo(far.url), pace: { delaysMs: [] } });
    await post(serving.webhookUrl);
    await serving.heard('attempt');
    expect(inside.calls).toEqual([]);
    expect(far.calls).toHaveLength(1);
  });
});
