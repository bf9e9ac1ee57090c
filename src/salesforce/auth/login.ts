import { accessTokenLogin } from './access-token.ts';
import type { LoginMethod } from './login-method.ts';
import type { LoginPorts } from './login-ports.ts';
import type { OrgSession } from './org-session.ts';

export { chooseLogin, type LoginInputs } from './choose-login.ts';
export type { LoginMethod } from './login-method.ts';
export type { LoginPorts } from './login-ports.ts';

/**
 * Logs in: data in, session out. Only the modules of the chosen way are loaded.
 * @throws OpencxError AUTH_FAILED, AUTH_MISSING, USAGE, NETWORK, ORG_UNEXPECTED_ANSWER, INTERRUPTED; none holds a secret
 */
export async function login(method: LoginMethod, ports: LoginPorts = {}): Promise<OrgSession> {
  switch (method.kind) {
    case 'access-token':
      return accessTokenLogin(method);
    case 'salesforce-cli':
      return (await import('./sf/salesforce-cli.ts')).salesforceCliLogin(method, ports);
    case 'jwt':
      return (await import('./jwt/jwt-bearer.ts')).jwtBearerLogin(method, ports);
    case 'client-credentials':
      return (await import('./client-credentials.ts')).clientCredentialsLogin(method, ports);
    case 'web':
      return (await import('./web/web-login.ts')).webLogin(method, ports);
  }
}
