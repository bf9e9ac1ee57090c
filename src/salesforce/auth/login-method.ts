import type { AccessTokenLogin } from './access-token.ts';
import type { ClientCredentialsLogin } from './client-credentials.ts';
import type { JwtBearerLogin } from './jwt/jwt-bearer.ts';
import type { SalesforceCliLogin } from './sf/salesforce-cli.ts';
import type { WebLogin } from './web/web-login.ts';

/** One way to log in, with all it needs. */
export type LoginMethod =
  | ({ kind: 'access-token' } & AccessTokenLogin)
  | ({ kind: 'salesforce-cli' } & SalesforceCliLogin)
  | ({ kind: 'jwt' } & JwtBearerLogin)
  | ({ kind: 'client-credentials' } & ClientCredentialsLogin)
  | ({ kind: 'web' } & WebLogin);
