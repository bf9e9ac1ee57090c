import type { KnownError } from './known-error.ts';

/**
 * What callouts of Apex end with: `System.CalloutException` has no codes, so its words are looked for (Apex Developer Guide,
 * "Invoking Callouts Using Apex"; Salesforce Help, "Named Credentials"; the words of Java, in which the platform makes callouts),
 * and the outcomes that our own class logs.
 */
export const calloutErrors: readonly KnownError[] = [
  {
    code: 'Unauthorized endpoint',
    pattern: /Unauthorized endpoint/i,
    meaning: 'Apex may not call this address: it is called by URL and not through a Named Credential.',
    mend: 'The Apex of opencx-sf calls its Named Credential: opencx-sf deploy-apex puts it there. Other Apex needs a remote site.',
    setupPage: 'SecurityRemoteProxy/home',
  },
  {
    code: "couldn't access the endpoint",
    pattern: /couldn['’]t access the endpoint/i,
    meaning: 'The Named Credential does not exist, or the running user may not use it.',
    mend: 'opencx-sf webhook show tells whether it is there, opencx-sf deploy-apex makes it.',
    setupPage: 'NamedCredential/home',
  },
  {
    code: "couldn't access the credential(s)",
    pattern: /couldn['’]t access the credential/i,
    meaning: 'The running user may not use the External Credential behind the Named Credential, or it does not exist.',
    mend: 'Callouts run as whoever saved the record: assign the permission set of opencx-sf to all of them, or set blueprint.options.credentialModel to legacy, which asks for no permission.',
    setupPage: 'NamedCredential/home',
  },
  {
    code: 'uncommitted work pending',
    pattern: /uncommitted work pending/i,
    meaning: 'Apex made a callout after it had changed records, which Salesforce forbids.',
    mend: 'The Apex of opencx-sf calls in jobs of their own; opencx-sf upgrade shows whether the org holds another version of it.',
  },
  {
    code: 'Read timed out',
    pattern: /\b(?:Read|connect(?:ion)?) timed out\b/i,
    meaning: 'The other side did not answer in time.',
    mend: 'opencx-sf webhook test tries it again; blueprint.webhook.timeoutMs sets how long Apex waits.',
  },
  {
    code: 'Connection refused',
    pattern: /\bConnection (?:refused|reset)\b/i,
    meaning: 'Nobody listens at the address, or the connection was cut.',
    mend: 'Compare the URL with the one that OpenCX shows: opencx-sf webhook show; opencx-sf webhook set changes it.',
    setupPage: 'NamedCredential/home',
  },
  {
    code: 'UnknownHostException',
    pattern: /UnknownHostException/,
    meaning: 'The host of the URL has no address in DNS.',
    mend: 'Compare the URL with the one that OpenCX shows: opencx-sf webhook show; opencx-sf webhook set changes it.',
    setupPage: 'NamedCredential/home',
  },
  {
    code: 'PKIX path building failed',
    pattern: /PKIX path|SSLHandshakeException|unable to find valid certification path/i,
    meaning: 'Salesforce does not trust the certificate of the other side.',
    mend: 'Let the other side send a certificate of a known authority, with its intermediate certificates.',
  },
  {
    // Apex Developer Guide, "Execution Governors and Limits": callouts of one transaction.
    code: 'Too many callouts',
    pattern: /Too many callouts|Exceeded maximum time allotted for callout/i,
    meaning: 'The transaction has made its 100 callouts, or waited 120 seconds for them.',
    mend: 'Look for other automation in the same transaction; the Apex of opencx-sf leaves what does not fit to the next job.',
  },
  {
    code: 'webhook refused',
    pattern: /webhook: attempt \d+ .*\banswered 4\d\d\b/,
    meaning: 'The webhook was reached and refuses the call.',
    mend: 'The URL may be of another OpenCX account, or replaced: copy it anew from Settings → Integrations → Salesforce and run opencx-sf webhook set.',
  },
  {
    code: 'webhook failed',
    pattern: /webhook: attempt \d+ .*\banswered 5\d\d\b/,
    meaning: 'The webhook was reached and failed on its own side.',
    mend: 'Apex tries again after blueprint.webhook.retryDelaysMinutes; if it goes on, tell OpenCX with the delivery id.',
  },
  {
    code: 'integration user unknown',
    pattern: /no user has the Username /,
    meaning: 'The triggers name an integration user that this org does not have, so none of its mail is sent.',
    mend: 'Set blueprint.integrationUsername to the Username that OpenCX logs in as, and run opencx-sf deploy-apex.',
    setupPage: 'ManageUsers/home',
  },
];
