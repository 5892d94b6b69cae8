/** A real identity provider on a port of its own: `node oidc-provider-child.mjs '<accounts as JSON>'`. Prints its address. */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const accounts = JSON.parse(process.argv[2] ?? '{}');
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'duban',
        client_secret: 'a secret of this test',
        redirect_uris: ['http://127.0.0.1:8050/sign-in/oidc/callback'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups', 'department'] },
    cookies: { keys: ['cookies of this test'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});
// Ends with the test that started it.
process.stdin.on('end', () => process.exit(0)).resume();
