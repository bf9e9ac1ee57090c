/** `refreshTokenPolicyType` of an app's OAuth policies, with its validity in days where it has one. */
export interface RefreshTokenPolicy {
  readonly type: 'Infinite' | 'Zero' | 'SpecificLifetime' | 'SpecificInactivity';
  readonly validityMs?: number;
}

/** When a refresh token was made and last used, ISO 8601; tokens of earlier versions do not know. */
export interface TokenAge {
  readonly issuedAt?: string;
  readonly usedAt?: string;
}

const HOUR_MS = 60 * 60 * 1000;
/** Months are counted as thirty days. */
const UNITS_MS: Readonly<Record<string, number>> = { Hours: HOUR_MS, Days: 24 * HOUR_MS, Months: 30 * 24 * HOUR_MS };

/** Milliseconds of a validity like 365 `Days`; undefined for a unit that is none. */
export function validityMs(period: number, unit: string): number | undefined {
  const unitMs = UNITS_MS[unit];
  return unitMs === undefined ? undefined : period * unitMs;
}

/** Whether a refresh token is no longer good at a time. */
export function isRefreshExpired(policy: RefreshTokenPolicy | undefined, age: TokenAge, now: Date): boolean {
  if (policy === undefined || policy.type === 'Infinite') return false;
  if (policy.type === 'Zero') return true;
  const since = policy.type === 'SpecificInactivity' ? (age.usedAt ?? age.issuedAt) : age.issuedAt;
  return since !== undefined && now.getTime() - Date.parse(since) >= (policy.validityMs ?? 0);
}
