import { exitCodes } from './exit-codes.ts';

interface ErrorRow {
  category: 'usage' | 'config' | 'auth' | 'network' | 'org' | 'deploy' | 'local-org' | 'store' | 'internal';
  exitCode: number;
  /** One line for docs/errors.md: when this is seen. */
  meaning: string;
}

/** Every error code of the product. `docs/errors.md` is generated from this table and tested against it. */
export const errorCodes = {
  USAGE: {
    category: 'usage',
    exitCode: exitCodes.usage,
    meaning: 'A flag or argument is unknown, malformed or contradicts another.',
  },
  MISSING_INPUT: {
    category: 'usage',
    exitCode: exitCodes.usage,
    meaning: 'Values are needed and nobody can be asked (CI, no terminal, --json). All of them are named at once.',
  },
  CONFIG_INVALID: {
    category: 'config',
    exitCode: exitCodes.usage,
    meaning: 'The configuration file cannot be read, is not JSON, or does not fit its schema.',
  },
  BLUEPRINT_INVALID: {
    category: 'config',
    exitCode: exitCodes.usage,
    meaning: 'A name or address cannot be put into Apex or metadata safely.',
  },
  OUTPUT_REFUSED: {
    category: 'usage',
    exitCode: exitCodes.usage,
    meaning: 'A file or folder cannot be written where asked.',
  },
  CONFIRMATION_REQUIRED: {
    category: 'usage',
    exitCode: exitCodes.usage,
    meaning: 'A production org, or a change that cannot be undone, needs an explicit confirmation.',
  },
  REFUSED_IN_PRODUCTION: {
    category: 'usage',
    exitCode: exitCodes.usage,
    meaning: 'Salesforce does not allow this in a production org.',
  },
  AUTH_FAILED: {
    category: 'auth',
    exitCode: exitCodes.auth,
    meaning: 'No session: the login was refused, or the token is invalid or expired.',
  },
  AUTH_MISSING: {
    category: 'auth',
    exitCode: exitCodes.auth,
    meaning: 'No way to log in to the target org was given.',
  },
  PERMISSION_DENIED: {
    category: 'auth',
    exitCode: exitCodes.auth,
    meaning: 'The user is logged in but may not do this.',
  },
  NETWORK: {
    category: 'network',
    exitCode: exitCodes.failed,
    meaning: 'The org could not be reached, or the connection broke.',
  },
  ORG_REFUSED: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'The org answered a request with an error; its own code and message are shown.',
  },
  ORG_UNEXPECTED_ANSWER: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning:
      'The org (or something between) answered with what is not its API: HTML, an unknown status, a broken document.',
  },
  DEPLOY_FAILED: {
    category: 'deploy',
    exitCode: exitCodes.failed,
    meaning: 'The org refused the deployment; the failures are listed.',
  },
  DEPLOY_CANCELED: { category: 'deploy', exitCode: exitCodes.failed, meaning: 'The deployment was canceled.' },
  DEPLOY_PARTIAL: {
    category: 'deploy',
    exitCode: exitCodes.partial,
    meaning: 'The org accepted some components and refused others.',
  },
  DEPLOY_STILL_RUNNING: {
    category: 'deploy',
    exitCode: exitCodes.stillRunning,
    meaning: 'The wait is over, the org goes on working; the resume command is shown.',
  },
  DEPLOY_LOST_CONTACT: {
    category: 'deploy',
    exitCode: exitCodes.stillRunning,
    meaning: 'The org stopped answering while a deployment ran; it may go on there. The resume command is shown.',
  },
  READ_BACK_FAILED: {
    category: 'deploy',
    exitCode: exitCodes.failed,
    meaning: 'The org reported success, but what it now holds is not what was deployed.',
  },
  PLAN_STALE: {
    category: 'usage',
    exitCode: exitCodes.failed,
    meaning: 'The org or the configuration has changed since the plan was made; it is not carried out.',
  },
  SETUP_INCOMPLETE: {
    category: 'org',
    exitCode: exitCodes.partial,
    meaning: 'Some steps of the set-up failed or wait for something; the others are done.',
  },
  UPGRADE_UNDECIDED: {
    category: 'deploy',
    exitCode: exitCodes.failed,
    meaning: 'Edits made in the org and a newer template change the same lines; a person must choose.',
  },
  CHECKS_FAILED: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'verify has found what does not hold; the findings say what, why, and how it is mended.',
  },
  NOT_INSTALLED: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'The org does not have the component that the command is about.',
  },
  WEBHOOK_NOT_REACHED: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'The org called its webhook and got no answer, or one that is not 2xx.',
  },
  FORWARDING_CODE_MISSING: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'No mail that lets mail be forwarded to the org is there, or none that this user may see.',
  },
  STILL_WAITING: {
    category: 'org',
    exitCode: exitCodes.stillRunning,
    meaning: 'The wait is over, and what was waited for has not come yet; the command can be run again.',
  },
  HANDOFF_FAILED: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'A stage of the test handoff failed; the timeline says which one, with what was seen.',
  },
  KEYS_MISSING: {
    category: 'usage',
    exitCode: exitCodes.usage,
    meaning: 'The folder holds no key for user verification, or its files cannot be read.',
  },
  KEYS_UNFIT: {
    category: 'usage',
    exitCode: exitCodes.failed,
    meaning:
      'The files of a key do not belong together, or OpenCX or Salesforce would not take them; the findings say which.',
  },
  MESSAGING_NOT_VERIFIED: {
    category: 'auth',
    exitCode: exitCodes.failed,
    meaning:
      'The org gave a token for an anonymous contact in answer to an identity token: it did not accept that token.',
  },
  MESSAGING_ACCESS_ENDED: {
    category: 'auth',
    exitCode: exitCodes.auth,
    meaning:
      'The token of an anonymous contact has ended; another one would be another contact, without this conversation.',
  },
  MESSAGING_CLOSED: {
    category: 'org',
    exitCode: exitCodes.failed,
    meaning: 'The conversation is closed; nothing can be sent in it any more.',
  },
  OUT_OF_DATE: {
    category: 'usage',
    exitCode: exitCodes.failed,
    meaning: 'The generated folder differs from what would be written now.',
  },
  LOCAL_ORG_UNAVAILABLE: {
    category: 'local-org',
    exitCode: exitCodes.failed,
    meaning: 'The local org could not be started, stopped or found.',
  },
  MAIL_NOT_TAKEN: {
    category: 'local-org',
    exitCode: exitCodes.failed,
    meaning: 'The local org dropped a mail, as Salesforce does silently, or refused to save it.',
  },
  STORE_UNUSABLE: {
    category: 'store',
    exitCode: exitCodes.failed,
    meaning:
      'The file or database that serve keeps events in is damaged, of a newer version, of another program, or not accessible.',
  },
  STORE_FAILED: {
    category: 'store',
    exitCode: exitCodes.failed,
    meaning: 'Events could not be read or written: the disk is full, or another process held the store for too long.',
  },
  LISTEN_FAILED: {
    category: 'network',
    exitCode: exitCodes.failed,
    meaning: 'Nothing can listen at the address and port asked for, often because another process does.',
  },
  SERVE_UNAVAILABLE: {
    category: 'usage',
    exitCode: exitCodes.failed,
    meaning: 'The command needs a running serve and there is none, or a serve works on that store already.',
  },
  EVENT_NOT_FOUND: {
    category: 'store',
    exitCode: exitCodes.failed,
    meaning: 'The store that serve keeps events in is not there yet, or holds no such event.',
  },
  NOT_DELIVERED: {
    category: 'network',
    exitCode: exitCodes.failed,
    meaning: 'An event did not arrive: the far side (or serve, of a triggered one) refused it or gave no answer.',
  },
  INTERRUPTED: { category: 'usage', exitCode: exitCodes.interrupted, meaning: 'Ctrl-C, or the terminal went away.' },
  INTERNAL: { category: 'internal', exitCode: exitCodes.failed, meaning: 'A bug in opencx-sf.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;
