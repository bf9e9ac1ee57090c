import { mail, soon, type OpenCx } from './actors.ts';
import type { World } from './world.ts';

interface OutboxMail {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly replyTo: string;
}

/** A mail comes in, is answered by the AI, answered by the customer, taken over by a person, and closed. */
export async function mailStory(world: World, opencx: OpenCx, say: (who: string, what: string) => void): Promise<void> {
  await verifyAddresses(world);
  const first = mail('My printer burns', 'It burns, and it smells of plastic. What shall I do?');
  const { caseId, caseNumber } = await world.outside<{ caseId: string; caseNumber: string }>(
    'POST',
    '/mail/receive',
    first,
  );
  say('Customer', `writes to support@example.com: "My printer burns"`);
  say('Salesforce', `makes Case ${caseNumber} of it; the Apex trigger calls serve`);
  const { sessionId } = await opencx.hears('session.started');
  await opencx.hears('message.contact');
  say('OpenCX', `hears of it: session ${sessionId.slice(0, 8)} is open`);

  await world.api('POST', `/sessions/${sessionId}/messages`, { role: 'ai', text: 'Please turn it off at once.' });
  await opencx.hears('message.delivered');
  say('OpenCX', 'answers by the API: "Please turn it off at once."');
  const sent = await soon('a mail to the customer', async () => {
    const { mail: all } = await world.outside<{ mail: { id: string; to: string[] }[] }>('GET', '/mail');
    const found = all.find(({ to }) => to.includes('jane@customer.test'));
    return found === undefined ? undefined : world.outside<OutboxMail>('GET', `/mail/${found.id}`);
  });
  say('Salesforce', `the outbound trigger mails it: "${sent.subject}", reply to ${sent.replyTo}`);

  const answer = mail(`Re: ${sent.subject}`, 'I did. It still burns.', [`In-Reply-To: ${sent.messageId}`]);
  const threaded = await world.outside<{ caseId: string }>('POST', '/mail/receive', answer);
  if (threaded.caseId !== caseId) throw new Error('the answer did not find its Case');
  await opencx.hears('message.contact');
  say('Customer', 'answers that mail; it finds its Case again, and OpenCX hears of it');

  await world.salesforce('POST', '/sobjects/EmailMessage', {
    ParentId: caseId,
    Incoming: false,
    Status: '3',
    FromAddress: 'support@example.com',
    ToAddress: 'jane@customer.test',
    Subject: `Re: ${sent.subject}`,
    TextBody: 'A colleague is on the way.',
  });
  await opencx.hears('message.agent');
  await opencx.hears('session.handed_off');
  say('Rep', 'answers on the Case: "A colleague is on the way."; the AI is paused');
  await world.salesforce('PATCH', `/sobjects/Case/${caseId}`, { Status: 'Closed' });
  await opencx.hears('session.resolved');
  say('Rep', 'closes the Case; the session is resolved');
}

/** The person who follows the link that Salesforce mails to the address. */
async function verifyAddresses(world: World): Promise<void> {
  const { routingAddresses } = await world.outside<{ routingAddresses: { id: string }[] }>(
    'GET',
    '/mail/routing-addresses',
  );
  for (const { id } of routingAddresses) {
    await world.outside('PATCH', `/mail/routing-addresses/${id}`, { isVerified: true });
  }
}
