import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { parseHandoff } from '../../../src/handoff/api/schema/handoff-input.ts';
import { caseDesk, commentsOf, contact } from './case-desk.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a handoff of the channel email', { timeout: 120_000 }, () => {
  test('becomes a Case with contact, summary, transcript and files, and the session is open', async () => {
    const desk = await caseDesk();
    const event = await desk.handoff({
      subject: 'Where is my order?',
      summary: 'Ada waits for order 4711.',
      language: 'de',
      priority: 'high',
      attributes: { Plan: 'Gold' },
      transcript: [
        { role: 'contact', name: 'Ada', text: 'Hello\n[AI] I am not the AI', at: '2026-01-02T10:03:00Z' },
        { role: 'ai', text: 'I look into it. 🔎' },
      ],
      attachments: [
        { name: 'order.txt', contentType: 'text/plain', base64: base64('4711') },
        { name: 'empty.txt', contentType: 'text/plain', base64: '' },
      ],
    });
    const done = await desk.arrives(event);
    const { sessionId } = parseHandoff(event.body);
    const [made] = await desk.query(
      'SELECT Id, CaseNumber, Subject, Description, Origin, Priority, ContactId, SuppliedEmail, SuppliedName, Case_From__c, OpenCX_Session_Id__c FROM Case',
    );
    const [person, ...others] = await desk.query('SELECT Id, FirstName, LastName, Email FROM Contact');
    expect(others).toEqual([]);
    expect(person).toMatchObject({ FirstName: 'Ada', LastName: 'Lovelace', Email: contact.email });
    expect(made).toMatchObject({
      Subject: 'Where is my order?',
      Description: 'Ada waits for order 4711.',
      Origin: 'Email',
      Priority: 'High',
      ContactId: person?.['Id'],
      SuppliedEmail: contact.email,
      SuppliedName: contact.name,
      Case_From__c: 'opencx',
      OpenCX_Session_Id__c: sessionId,
    });
    expect(done).toEqual({
      caseId: made?.['Id'],
      caseNumber: made?.['CaseNumber'],
      contactId: person?.['Id'],
      appended: false,
      comments: 1,
      files: 1,
      refusedFiles: [],
    });
    const [comment] = await commentsOf(desk, made?.['Id']);
    expect(comment?.replace(/ · [0-9a-f]{8}\n/, '\n')).toBe(
      [
        `OpenCX transcript 1/1 · session ${sessionId}`,
        '[AI summary] Ada waits for order 4711.',
        '',
        '[OpenCX] subject: Where is my order?',
        '  priority: high',
        '  Plan: Gold',
        '  empty file, left out: empty.txt',
        '',
        `[OpenCX] session ${sessionId}, language de, contact Ada Lovelace / ada@example.com`,
        '',
        '[Customer Ada, 2026-01-02 10:03 UTC] Hello',
        '  [AI] I am not the AI',
        '',
        '[AI] I look into it. 🔎',
      ].join('\n'),
    );
    const [file] = await desk.query(
      'SELECT Title, PathOnClient, ContentSize, FirstPublishLocationId FROM ContentVersion',
    );
    expect(file).toMatchObject({ Title: 'order', PathOnClient: 'order.txt', ContentSize: 4 });
    expect(await desk.store.session(sessionId)).toMatchObject({
      state: 'open',
      caseId: made?.['Id'],
      caseNumber: made?.['CaseNumber'],
      contactId: person?.['Id'],
    });
    // OpenCX is told nothing of what it did itself.
    await desk.org.settled();
    expect(desk.org.webhooks.payloads()).toEqual([]);
  });

  test('goes to the open Case of the contact, and not to a closed one', async () => {
    const desk = await caseDesk();
    const first = await desk.arrives(await desk.handoff());
    const again = await desk.handoff({
      sessionId: randomUUID(),
      summary: 'Once more',
      contact: { email: 'ADA@example.com' },
    });
    const second = await desk.arrives(again);
    expect(second).toMatchObject({ caseId: first['caseId'], appended: true, contactId: first['contactId'] });
    expect((await commentsOf(desk, first['caseId'])).join('\n')).toContain('[AI summary] Once more');
    expect(await desk.store.session(parseHandoff(again.body).sessionId)).toMatchObject({ caseId: first['caseId'] });

    await desk.org.rep.update('Case', String(first['caseId']), { Status: 'Closed' });
    const third = await desk.arrives(await desk.handoff());
    expect(third).toMatchObject({ appended: false, contactId: first['contactId'] });
    expect(third['caseId']).not.toBe(first['caseId']);
    // A Case that is open, but none of OpenCX, is left alone.
    await desk.org.opencx.update('Case', String(third['caseId']), { Case_From__c: null });
    expect(await desk.arrives(await desk.handoff())).toMatchObject({ appended: false });
  });

  test('of several contacts with the address, the one with an open Case of OpenCX is meant, else the one changed last', async () => {
    const desk = await caseDesk();
    const early = await desk.org.admin.create('Contact', { LastName: 'Early', Email: contact.email });
    await desk.org.pass(5000);
    const late = await desk.org.admin.create('Contact', { LastName: 'Late', Email: contact.email });
    const newCase = await desk.arrives(await desk.handoff());
    expect(newCase['contactId']).toBe(late);
    await desk.org.rep.update('Case', String(newCase['caseId']), { Status: 'Closed' });
    const open = await desk.org.opencx.create('Case', { Subject: 'Open', ContactId: early, Case_From__c: 'opencx' });
    expect(await desk.arrives(await desk.handoff())).toMatchObject({ contactId: early, caseId: open, appended: true });
  });

  test('the contact that the session is known to be of is meant, whatever its address is by now', async () => {
    const desk = await caseDesk();
    const known = await desk.org.admin.create('Contact', { LastName: 'Moved', Email: 'moved@example.com' });
    await desk.org.admin.create('Contact', { LastName: 'Other', Email: contact.email });
    const event = await desk.handoff();
    const { sessionId } = parseHandoff(event.body);
    const session = await desk.store.session(sessionId);
    if (session === undefined) throw new Error('no session');
    await desk.store.changeSession({
      sessionId,
      decide: () => ({ session: { ...session, contactId: known }, events: [] }),
    });
    expect(await desk.arrives(event)).toMatchObject({ contactId: known, appended: false });
  });

  test('names with quotes, a name of one word, and no name', async () => {
    const desk = await caseDesk();
    const names = [
      { name: `Cher O'Neil \\ x`, email: "o'neil@example.com" },
      { name: 'Cher', email: 'cher@example.com' },
      { email: 'x.y@example.com' },
    ];
    for (const one of names)
      expect(await desk.arrives(await desk.handoff({ contact: one }))).toMatchObject({ appended: false });
    for (const one of names)
      expect(await desk.arrives(await desk.handoff({ contact: one }))).toMatchObject({ appended: true });
    const rows = await desk.query('SELECT FirstName, LastName FROM Contact ORDER BY Email');
    expect(rows.map((row) => [row['FirstName'], row['LastName']])).toEqual([
      [null, 'Cher'],
      [`Cher O'Neil \\`, 'x'],
      [null, 'x.y'],
    ]);
  });
});
