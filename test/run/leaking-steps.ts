// Steps of a careless colleague, for the test of the canary: each scenario lets something out, as LEAK says.
import { After, type World } from '@cucumber/cucumber';
import jwt from 'jsonwebtoken';

const secret = process.env.TENANT_CLIENT_SECRET ?? '';
const half = Math.floor(secret.length / 2);

const leaks: Record<string, (world: World) => void> = {
  'as it is': (world) => world.attach(secret, 'text/plain'),
  'in base64': (world) => world.attach(`x${Buffer.from(`id:${secret}`).toString('base64')}`, 'text/plain'),
  'in an attachment of bytes': (world) => world.attach(Buffer.from(secret), 'application/octet-stream'),
  'URL-encoded': (world) => world.attach(`https://x/?s=${encodeURIComponent(secret)}`, 'text/plain'),
  'in JSON in JSON': (world) => world.attach(JSON.stringify(JSON.stringify({ secret })), 'application/json'),
  'split over two attachments': (world) => {
    world.attach(secret.slice(0, half), 'text/plain');
    world.attach(secret.slice(half), 'text/plain');
  },
  'as a token': (world) => world.log(`token: ${jwt.sign({ appId: 'cs-1' }, secret)}`),
  'as a token in base64': (world) => {
    world.log(Buffer.from(`{"token":"${jwt.sign({ appId: 'cs-1' }, secret)}"}`).toString('base64'));
  },
  'on the terminal': () => console.log(`debug: ${secret}`),
  'in an error': () => {
    throw new Error(`cannot sign with ${secret}`);
  },
};

After(function leak(this: World) {
  leaks[process.env.LEAK ?? '']?.(this);
});
