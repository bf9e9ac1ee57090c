import { html } from 'hono/html';

import type { RouteRegistrant } from '../http/route.ts';
import { VERIFICATION_PATH, verifyByLink } from '../mail/verification/address-verification.ts';

/**
 * Where the links in verification mails lead. A browser follows them, so they carry no header: the secret in the link is
 * what lets in. To be registered before the guard of the control API.
 */
export const registerVerificationRoutes: RouteRegistrant = (app, org) => {
  app.get(`${VERIFICATION_PATH}/:secret`, (c) => {
    const address = verifyByLink(org, c.req.param('secret'));
    if (address === undefined)
      return c.html(
        html`<!doctype html>
          <p>This link is not valid (any more).</p>`,
        404,
      );
    return c.html(
      html`<!doctype html>
        <p>${address} is verified.</p>`,
    );
  });
};
