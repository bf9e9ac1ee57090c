import { html } from 'hono/html';

import type { TokenRequest } from './token-request.ts';

/** What the page shows. */
export interface AuthorizePage {
  readonly orgName: string;
  /** The request's parameters, which the page sends back. */
  readonly fields: TokenRequest;
  readonly usernames: readonly string[];
}

/** The page that asks whom to be. Its form carries the request, `username`, and a `decision`: allow or deny. */
export function authorizePage({ orgName, fields, usernames }: AuthorizePage): ReturnType<typeof html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Local org: log in</title>
      </head>
      <body>
        <h1>${orgName}</h1>
        <p>Allow ${fields['client_id']} to act in this local org as:</p>
        <form method="post" action="/services/oauth2/authorize">
          ${Object.entries(fields).map(
            ([name, value]) => html`<input type="hidden" name="${name}" value="${value ?? ''}" />`,
          )}
          <select name="username">
            ${usernames.map((username) => html`<option>${username}</option>`)}
          </select>
          <button type="submit" name="decision" value="allow">Allow</button>
          <button type="submit" name="decision" value="deny">Deny</button>
        </form>
      </body>
    </html>`;
}
