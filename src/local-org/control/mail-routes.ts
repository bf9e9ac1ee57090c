import type { Context } from 'hono';

import { jsonObject } from '../http/json-body.ts';
import { RestError } from '../http/rest-error.ts';
import type { LocalOrgEnv, RouteRegistrant } from '../http/route.ts';
import { changeMailSettings, mailSettings } from '../mail/mail-settings.ts';
import { bounceMail } from '../mail/outbox/bounce-mail.ts';
import { composeMail } from '../mail/outbox/compose.ts';
import { findMail, listMail } from '../mail/outbox/outbox.ts';
import type { OutboxMail } from '../mail/outbox/outbox.ts';
import { MailNotReadable } from '../mail/receive/incoming-mail.ts';
import { receiveMail } from '../mail/receive/receive-mail.ts';
import { changeRoutingAddress, createRoutingAddress, deleteRoutingAddress } from '../mail/routing/manage-routing.ts';
import { listRoutingAddresses } from '../mail/routing/routing-address.ts';
import { setVerified } from '../mail/verification/address-verification.ts';
import { findUser } from '../records/find-user.ts';
import type { OrgState } from '../state/org-state.ts';
import type { MailRequests } from './mail-requests.ts';

/**
 * Mail in the control API: the outbox, the door for mail from outside, and what Setup has and no public API does. Stands
 * behind the guard of `control-routes.ts`.
 */
export const registerMailRoutes: RouteRegistrant = (app, org) => {
  app.get('/_local/mail', (c) => c.json({ mail: listMail(org).map(summary) }));
  app.get('/_local/mail/settings', (c) => c.json(mailSettings(org)));
  app.patch('/_local/mail/settings', async (c) => c.json(changeMailSettings(org, await body(c, 'settings'))));
  app.post('/_local/mail/receive', async (c) => c.json(await received(org, await c.req.arrayBuffer())));

  app.get('/_local/mail/routing-addresses', (c) => c.json({ routingAddresses: listRoutingAddresses(org) }));
  app.post('/_local/mail/routing-addresses', async (c) =>
    c.json(createRoutingAddress(org, await body(c, 'routingAddress')), 201),
  );
  app.patch('/_local/mail/routing-addresses/:id', async (c) =>
    c.json(changeRoutingAddress(org, c.req.param('id'), await body(c, 'routingAddress'))),
  );
  app.delete('/_local/mail/routing-addresses/:id', (c) => {
    deleteRoutingAddress(org, c.req.param('id'));
    return c.body(null, 204);
  });
  app.patch('/_local/mail/org-wide-addresses/:id', async (c) => {
    const { isVerified } = await body(c, 'verification');
    return c.json(verifyOrgWideAddress(org, c.req.param('id'), isVerified));
  });
  app.patch('/_local/mail/users/:id', async (c) => {
    const { isVerified } = await body(c, 'verification');
    return c.json(verifyUserAddress(org, c.req.param('id'), isVerified));
  });

  app.post('/_local/mail/:id/bounce', async (c) => {
    const mail = mailOf(org, c.req.param('id'));
    const { emailMessageId } = (await c.req.text()) === '' ? {} : await body(c, 'bounce');
    return c.json({ id: mail.id, ...bounceMail(org, mail, emailMessageId), isBounced: true });
  });
  app.get('/_local/mail/:id', async (c) => {
    const mail = mailOf(org, c.req.param('id'));
    if (c.req.query('format') !== 'eml') return c.json(mail);
    return c.body(Buffer.from(await composeMail(mail)), 200, { 'content-type': 'message/rfc822' });
  });
};

function mailOf(org: OrgState, id: string): OutboxMail {
  const mail = findMail(org, id);
  if (mail === undefined) throw new RestError(404, 'NOT_FOUND', `There is no mail ${id}.`);
  return mail;
}

/** A mail as a list shows it: without its bodies and files. */
function summary({ attachments, text: _text, html: _html, ...mail }: OutboxMail): Record<string, unknown> {
  return { ...mail, attachments: attachments.map(({ fileName }) => fileName) };
}

async function received(org: OrgState, raw: ArrayBuffer): Promise<object> {
  if (raw.byteLength === 0) throw new RestError(400, 'INVALID_REQUEST', 'The body must be a raw message (RFC 5322).');
  try {
    return await receiveMail(org, new Uint8Array(raw));
  } catch (error) {
    if (error instanceof MailNotReadable) throw new RestError(400, 'INVALID_REQUEST', error.message);
    throw error;
  }
}

/** What following the link in the verification mail does. */
function verifyOrgWideAddress(org: OrgState, id: string, isVerified: boolean): Record<string, unknown> {
  const row = org.records.get('OrgWideEmailAddress', id);
  if (row === undefined) throw new RestError(404, 'NOT_FOUND', `There is no organization-wide address ${id}.`);
  setVerified(org, 'OrgWideEmailAddress', row.Id, isVerified);
  return { id: row.Id, address: row['Address'], displayName: row['DisplayName'], isVerified };
}

/** The same for a user's own address; the user by id or username. */
function verifyUserAddress(org: OrgState, idOrName: string, isVerified: boolean): Record<string, unknown> {
  const user = org.records.get('User', idOrName) ?? findUser(org, idOrName);
  if (user === undefined) throw new RestError(404, 'NOT_FOUND', `There is no user ${idOrName}.`);
  org.records.update('User', user.Id, { HasUserVerifiedEmail: isVerified }, org.settings.adminUserId);
  return { id: user.Id, username: user['Username'], email: user['Email'], isVerified };
}

/** See `body` of `control-routes.ts`: zod is loaded when first needed. */
async function body<K extends keyof MailRequests>(c: Context<LocalOrgEnv>, kind: K): Promise<MailRequests[K]> {
  const { readMailRequest } = await import('./mail-requests.ts');
  const { problem, value } = readMailRequest(kind, await jsonObject(c));
  if (value === undefined) throw new RestError(400, 'INVALID_REQUEST', problem);
  return value;
}
