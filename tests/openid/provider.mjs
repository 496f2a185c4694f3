// A certified OpenID Connect provider on a free port of this machine, for the tests of signing in.
//
//   node provider.mjs '{"client_id": …, "client_secret": …, "redirect_uri": …, "key": FILE, "certificate": FILE}'
//
// Without a secret the client is public, without a certificate it is spoken to by plain HTTP. Prints its address as the
// first line. A line `rotate ALGORITHM` on standard input replaces all keys by a new one; it answers `rotated`. Ends when
// standard input ends, so that it never outlives who started it.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import readline from 'node:readline';

import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

// The provider tells its notices so; standard output is for whoever started it.
console.info = console.error;

const settings = JSON.parse(process.argv[2]);
const handle = { current: (_request, response) => response.end() };
const listener = (request, response) => handle.current(request, response);
const server = settings.certificate
  ? https.createServer({ key: readFileSync(settings.key), cert: readFileSync(settings.certificate) }, listener)
  : http.createServer(listener);

let keys = 0;

async function serve(algorithm) {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  keys += 1;
  const key = { ...(await exportJWK(privateKey)), kid: `key-${keys}`, alg: algorithm, use: 'sig' };
  const client = {
    client_id: settings.client_id,
    redirect_uris: [settings.redirect_uri],
    id_token_signed_response_alg: algorithm,
    token_endpoint_auth_method: settings.client_secret ? 'client_secret_basic' : 'none',
  };
  if (settings.client_secret) client.client_secret = settings.client_secret;
  const scheme = settings.certificate ? 'https' : 'http';
  const provider = new Provider(`${scheme}://127.0.0.1:${server.address().port}`, {
    clients: [client],
    cookies: { keys: ['of these tests only'] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
    jwks: { keys: [key] },
    pkce: { required: () => true },
  });
  handle.current = provider.callback();
  return provider.issuer;
}

server.listen(0, '127.0.0.1', async () => console.log(await serve('RS256')));

const lines = readline.createInterface({ input: process.stdin });
lines.on('line', async (line) => {
  const [command, algorithm] = line.split(' ');
  if (command === 'rotate') {
    await serve(algorithm);
    console.log('rotated');
  }
});
lines.on('close', () => process.exit(0));
