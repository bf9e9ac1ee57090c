/** Codes of certificates that Java, and with it the platform, does not trust. */
const untrusted = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const pathProblem =
  'PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: ' +
  'unable to find valid certification path to requested target';

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset',
  EHOSTUNREACH: 'No route to host',
  EPIPE: 'Broken pipe',
  ETIMEDOUT: 'connect timed out',
};

/** The message of a System.CalloutException for an error of the network, in the words of the platform's Java. */
export function failureText(error: Error, host: string): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return host;
  if (untrusted.has(code)) return pathProblem;
  return words[code] ?? error.message;
}
