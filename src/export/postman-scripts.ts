// The scripts of a Postman collection: they run in Postman and in newman, which have crypto-js and a validator of JSON schemas.
import { type RequirementId, requirement } from '../protocol/catalogue.ts';
import { lifetimeSeconds } from '../tenant/tokens.ts';
import { components } from './components.ts';

/** Before every request. Its claims are those of the suite's own tokens. */
export const signs = `
// IT, Sending Transfer Events: HS256, appId = client id, signed with the client secret.
const cryptoJs = require('crypto-js');
const secret = pm.variables.get('clientSecret');
if (!secret) throw new Error('Set clientSecret, in an environment or as the current value of the variable: the collection never has it');
const base64url = (words) => cryptoJs.enc.Base64.stringify(words).replace(/=+$/, '').replace(/\\+/g, '-').replace(/\\//g, '_');
const part = (value) => base64url(cryptoJs.enc.Utf8.parse(JSON.stringify(value)));
const now = Math.floor(Date.now() / 1000);
const claims = { appId: pm.variables.get('clientId'), iat: now, exp: now + ${lifetimeSeconds} };
const content = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part(claims);
pm.variables.set('jwt', content + '.' + base64url(cryptoJs.HmacSHA256(content, secret)));
`;

/** Before the first request of a conversation. @param prefix of all conversationIds */
export function begins(prefix: string): string {
  return `
pm.collectionVariables.set('conversationId', ${JSON.stringify(prefix)} + '-postman-' + pm.variables.replaceIn('{{$guid}}'));
`;
}

/** After each request of a conversation. The form of a success is asked of a success only. */
export const accepted = `
${named('HOOKS-RESP-01', 'pm.response.to.have.status(200);')}
if (pm.response.code < 300) ${named(
  'HOOKS-RESP-02',
  `if (!['', 'OK'].includes(pm.response.text().trim())) pm.response.to.have.jsonSchema(${schemaOf('HooksSuccess')});`,
)}
`;

/** After a transfer. */
export function transferred(target: 'aId' | 'queueId'): string {
  const [claim, shape, schema] =
    target === 'aId'
      ? (['ASSIGN-REQ-05', 'ASSIGN-RESP-01', 'AssignedToAgent'] as const)
      : (['ASSIGN-REQ-06', 'ASSIGN-RESP-02', 'AssignedToQueue'] as const);
  return `
${named(claim, 'pm.expect(pm.response.code).to.be.within(200, 299);')}
if (pm.response.code < 300) ${named(shape, `pm.response.to.have.jsonSchema(${schemaOf(schema)});`)}
`;
}

/** A test with the name of a requirement. */
function named(id: RequirementId, statement: string): string {
  return `pm.test(${JSON.stringify(`${id}: ${requirement(id).title}`)}, () => {\n  ${statement}\n});`;
}

function schemaOf(title: string): string {
  return JSON.stringify(components()[title]);
}
