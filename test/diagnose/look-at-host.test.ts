import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createPlain } from 'node:http';
import { createServer as createSilent, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';

import { afterEach, describe, expect, onTestFinished, test } from 'vitest';

import { lookAtHost } from '../../src/diagnose/network/look-at-host.ts';
import { temporaryFolder } from '../e2e/cli.ts';

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server with a certificate of its own making for `localhost`, good for so many days from now. */
async function tlsServer(days: number): Promise<{ port: number; certificate: string }> {
  const folder = await temporaryFolder();
  const [key, request, cert, names] = ['key.pem', 'request.pem', 'cert.pem', 'names'].map((name) => join(folder, name));
  const openssl = async (...args: (string | undefined)[]) =>
    await promisify(execFile)(
      'openssl',
      args.filter((one) => one !== undefined),
    );
  await writeFile(names ?? '', 'subjectAltName=DNS:localhost');
  await openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    request,
    '-subj',
    '/CN=localhost',
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    request,
    '-signkey',
    key,
    '-out',
    cert,
    '-days',
    String(days),
    '-extfile',
    names,
  );
  const certificate = await readFile(cert ?? '', 'utf8');
  return { port: await listening(createServer({ key: await readFile(key ?? ''), cert: certificate })), certificate };
}

const known = getCACertificates('default');
afterEach(() => {
  setDefaultCACertificates(known);
});

describe('a host from here', () => {
  test('answers with a certificate that is good', async () => {
    const { port, certificate } = await tlsServer(30);
    setDefaultCACertificates([...known, certificate]);
    expect(await lookAtHost(new URL(`https://localhost:${port}/hook`))).toMatchObject({
      kind: 'answers',
      detail: expect.stringMatching(/its certificate is good until \d{4}-\d\d-\d\d/),
    });
  });

  test('has a certificate that nobody vouches for', async () => {
    const { port } = await tlsServer(30);
    expect(await lookAtHost(new URL(`https://localhost:${port}/`))).toMatchObject({
      kind: 'bad-certificate',
      detail: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
    });
  });

  test('has a certificate for another name', async () => {
    const { port, certificate } = await tlsServer(30);
    setDefaultCACertificates([...known, certificate]);
    expect(await lookAtHost(new URL(`https://127.0.0.1:${port}/`))).toMatchObject({ kind: 'bad-certificate' });
  });

  test('has a certificate that has expired', async () => {
    const { port, certificate } = await tlsServer(-1);
    setDefaultCACertificates([...known, certificate]);
    expect(await lookAtHost(new URL(`https://localhost:${port}/`))).toMatchObject({
      kind: 'bad-certificate',
      detail: expect.stringContaining('CERT_HAS_EXPIRED'),
    });
  });

  test('has no address', async () => {
    expect(await lookAtHost(new URL('https://tunnel.invalid/hook'))).toMatchObject({ kind: 'no-address' });
  });

  test('does not listen', async () => {
    expect(await lookAtHost(new URL('http://127.0.0.1:9/hook'))).toMatchObject({ kind: 'no-answer' });
  });

  test('speaks plain HTTP where that is asked for', async () => {
    const port = await listening(createPlain());
    expect(await lookAtHost(new URL(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'answers' });
  });

  test('is not looked at any longer once the run is stopped', async () => {
    // It takes the connection and never says a word of TLS.
    const port = await listening(createSilent());
    await expect(lookAtHost(new URL(`https://localhost:${port}/`), AbortSignal.timeout(50))).rejects.toThrow();
  });
});
