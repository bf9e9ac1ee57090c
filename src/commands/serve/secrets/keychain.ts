import { spawn } from 'node:child_process';

/** The keychain of the system, by its own tool. */
export interface Keychain {
  /** @returns whether the tool said that it took it */
  set(entry: string, secret: string): Promise<boolean>;
  /** @returns the secret, or why there is none */
  get(entry: string): Promise<string | { readonly why: string }>;
}

const service = 'opencx-sf';

/** A keychain that asks a person who is not there would wait for ever. */
const patienceMs = 10_000;

/** Undefined where the system has none with a tool of its own. Tools are looked for on the `PATH`. */
export function keychainFor(platform: NodeJS.Platform = process.platform): Keychain | undefined {
  if (platform === 'darwin') return macKeychain;
  if (platform === 'linux') return secretService;
  return undefined;
}

/** `security -i` reads commands from stdin: what is in its arguments, every user of the machine sees in the list of processes. */
const macKeychain: Keychain = {
  set: async (entry, secret) => {
    const command = `add-generic-password -U -s ${service} -a ${entry} -w ${secret}\n`;
    return (await run('security', ['-i'], command)).exitCode === 0;
  },
  get: async (entry) => found(await run('security', ['find-generic-password', '-s', service, '-a', entry, '-w'], '')),
};

/** The Secret Service of GNOME, KDE and others, by libsecret's tool, which reads the secret from stdin. */
const secretService: Keychain = {
  set: async (entry, secret) => {
    const label = `--label=opencx-sf: key of serve's store`;
    return (await run('secret-tool', ['store', label, 'service', service, 'account', entry], secret)).exitCode === 0;
  },
  get: async (entry) => found(await run('secret-tool', ['lookup', 'service', service, 'account', entry], '')),
};

interface Ran {
  /** Undefined if the tool could not be run, or was ended since it took too long. */
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly errors: string;
}

function found({ exitCode, output, errors }: Ran): string | { readonly why: string } {
  const secret = output.trim();
  if (exitCode === 0 && secret !== '') return secret;
  if (errors.trim() !== '') return { why: errors.trim() };
  return { why: exitCode === undefined ? 'it gave no answer' : 'there is no such entry' };
}

async function run(tool: string, args: readonly string[], input: string): Promise<Ran> {
  return await new Promise<Ran>((resolve) => {
    // The timer of spawn's own time-out would keep this process alive, where there is no such tool.
    const patience = AbortSignal.timeout(patienceMs);
    const child = spawn(tool, args, { stdio: 'pipe', signal: patience });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    // A tool that ends without reading breaks the pipe: that is told if it says nothing itself.
    let brokenPipe = '';
    child.stdin.on('error', (error) => (brokenPipe = error.message));
    child.once('error', (error) =>
      resolve({ exitCode: undefined, output: '', errors: patience.aborted ? '' : error.message }),
    );
    child.once('close', (exitCode) =>
      resolve({ exitCode: exitCode ?? undefined, output, errors: errors || brokenPipe }),
    );
    child.stdin.end(input);
  });
}
