// Secrets of other people, by their names and by where they stand; and the twin of each, which stays as it is.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { withoutNamedSecrets } from '../../src/recorder/record/named-secrets.ts';
import { isSecretName } from '../../src/recorder/record/secret-names.ts';

const value = 'q7Zk-91xT';
const inText = (inner: string) => JSON.stringify(inner);

const secretNames =
  `token authToken auth_token AUTH-TOKEN sessionToken bearerToken accessToken refresh_token idToken csrfToken
  x-auth-token X-Amz-Security-Token authtoken tokenValue token2 api_token secret clientSecret client-secret secretKey
  secret_key privateKey private_key passwd passcode password newPassword passwordConfirmation password2 passwordHash pwd
  db_pwd passphrase dbPass user_pass pass x-api-key apikey api-key API_KEY apiKeys accessKey access_key account_key
  subscription-key Ocp-Apim-Subscription-Key x-functions-key signingKey credentials aws_credential jwt userJwt auth basicAuth
  authorization Proxy-Authorization cookie sessionCookie pswd csrf x-xsrf otp SharedAccessSignature privateKeyPem
  secret_key_base JSESSIONID`.split(/\s+/);
const ordinaryNames =
  `botId conversationId orgId botSessionId callbackUrl participant customFields agentEmail queueId queueName
  identity author authorName secretary tokenType token_type tokenCount maxTokenLimit tokenized passed bypass_count compass
  password_hint passwordPolicy key publicKey primaryKey monkey keyboard sortKey routing_key partition-key signature sig
  sessionId scarf crisps adopt option event type name value text reason message timestamp language channel bearing authenticated credentialType`.split(
    /\s+/,
  );

suite('A name', () => {
  test('of a secret is known by how it ends', () => {
    assert.deepEqual(
      secretNames.filter((name) => !isSecretName(name)),
      [],
    );
  });

  test('of anything else is not', () => assert.deepEqual(ordinaryNames.filter(isSecretName), []));
});

/** Each with a name in the place of NAME, and the secret in that of VALUE. */
const places: Record<string, string> = {
  'a member': '{"NAME":"VALUE","b":1}',
  'a member of a list of objects': '[{"a":[{"NAME" : "VALUE"}]}]',
  'a list': '{"NAME":["VALUE",{"a":"VALUE"}],"b":1}',
  'an object': '{"NAME":{"value":"VALUE","VALUE":2},"b":1}',
  'a name and its value': '{"headers":[{"name":"NAME","value":"VALUE"}]}',
  'a value and its name': '{"headers":[{"value":"VALUE","key":"NAME"}]}',
  'a pair': '{"headers":[["NAME","VALUE"]]}',
  'JSON that is cut off': '{"a":{"NAME":"VALUE","b',
  'JSON that is cut off within': '{"a":{"NAME":{"b":["VALUE',
  'JSON that is cut off, a name and its value': '{"a":[{"name":"NAME","value":"VALUE"},',
  'JSON that is cut off, with a type': '{"a":[{"name":"NAME","type":"string","value":"VALUE"},',
  'JSON in words': 'could not read {"NAME": "VALUE"} of it',
  'JSON of a program': "could not read {'NAME': 'VALUE'} of it",
  'JSON without quotes': 'could not read { NAME: "VALUE" } of it',
  'lines of JSON': '{"a":1}\n{"NAME":"VALUE"}\n',
  'the query of a URL': 'https://a.example/b?c=1&NAME=VALUE&d=2#e',
  'the query of a URL in JSON': '{"callbackUrl":"https:\\/\\/a.example/b?NAME=VALUE","b":1}',
  'the query of a URL of Go': '{"a":"https://a.example/?b=1\\u0026NAME=VALUE\\u0026c=2"}',
  'the query of a URL in XML': '<a>https://a.example/?b=1&amp;NAME=VALUE</a>',
  'the query of a URL in a URL': `https://a.example/?u=${encodeURIComponent('https://b.example/?NAME=VALUE&c=1')}`,
  'the query of a URL, encoded, in JSON': `{"u":"${encodeURIComponent('https://b.example/?NAME=VALUE')}"}`,
  'a form': 'NAME=VALUE&a=1',
  'the fragment of a URL': 'https://a.example/#NAME=VALUE&a=1',
  'a connection': 'Server=a;User Id=b;NAME=VALUE;',
  'the line of curl': "curl -H 'NAME: VALUE' https://a.example",
  'the value of an element': '<NAME a="1" value="VALUE"/>',
  'JSON of Ruby': "{'NAME' => 'VALUE'}",
  'JSON in HTML': '<a b="{&quot;NAME&quot;:&quot;VALUE&quot;,&quot;c&quot;:1}">',
  'JSON that says the type': '{"type":"NAME","value":"VALUE"}',
  'a log': 'failed: NAME=VALUE, next',
  'a log with quotes': 'failed: NAME="VALUE" next',
  'an element': '<a><NAME>VALUE</NAME></a>',
  'an element with a prefix': '<x:NAME type="a">\n VALUE\n</x:NAME>',
  'an element with elements': '<NAME><value>VALUE</value></NAME>',
  'an element as text': '<a>&lt;NAME&gt;VALUE&lt;/NAME&gt;</a>',
  CDATA: '<NAME><![CDATA[VALUE]]></NAME>',
  'an attribute': '<a b="1" NAME="VALUE"/>',
  'a named attribute': '<input type="hidden" name="NAME" value="VALUE">',
  'a named element': '<field name="NAME">VALUE</field>',
  'a pair of elements': '<dict><key>NAME</key><string>VALUE</string></dict>',
  multipart: '--b\r\nContent-Disposition: form-data; name="NAME"\r\n\r\nVALUE\r\n--b--',
  'multipart with a type':
    '--b\r\nContent-Disposition: form-data; name=NAME; filename="a"\r\nContent-Type: text/plain\r\n\r\nVALUE\r\nVALUE\r\n--b--',
  YAML: 'a:\n  NAME: VALUE\n  b: c\n',
  'a list in YAML': 'a:\n  - NAME: VALUE\n',
  'an escaped element alone': '&lt;NAME&gt;VALUE&lt;/NAME&gt;',
  'an option of a command': 'run --NAME VALUE --other q7-other-1',
  'a short name and its value': '{"a":[{"k":"NAME","v":"VALUE"}]}',
  'a field and its value': '{"a":[{"fieldName":"NAME","fieldValue":"VALUE"}]}',
  'an id and its value': '{"id":"NAME","value":"VALUE"}',
  'the line of a header': 'POST / HTTP/1.1\r\nHost: a\r\nNAME: VALUE\r\n\r\n',
};

function filled(place: string, name: string, secret = value): string {
  return place.replaceAll('NAME', name).replaceAll('VALUE', secret);
}

suite('By name', () => {
  for (const [what, place] of Object.entries(places)) {
    test(what, () => {
      for (const name of ['token', 'sessionToken', 'secret_key', 'x-api-key', 'Passwd']) {
        for (let [text, depth] = [filled(place, name), 0]; depth <= 3; depth++, text = inText(text)) {
          const clean = withoutNamedSecrets(text);
          assert.ok(!clean.includes(value), clean);
          assert.match(clean, /<redacted>|%3Credacted%3E/);
          assert.equal(withoutNamedSecrets(clean), clean, 'a second time changes nothing');
          if (depth > 0) assert.equal(typeof JSON.parse(clean), 'string');
        }
      }
    });

    test(`${what}, and its twin`, () => {
      for (const name of ['conversationId', 'token_type', 'tokenCount', 'publicKey', 'author']) {
        for (let [text, depth] = [filled(place, name), 0]; depth <= 3; depth++, text = inText(text))
          assert.equal(withoutNamedSecrets(text), text);
      }
    });
  }

  test('with an escaped key', () => {
    for (const key of ['\\u0074oken', 'to\\u006Ben', '\\u0022token\\u0022'.replaceAll('\\u0022', '')]) {
      for (let [text, depth] = [`{"${key}":"${value}"}`, 0]; depth < 4; depth++, text = inText(text))
        assert.ok(!withoutNamedSecrets(text).includes(value), text);
      assert.ok(!withoutNamedSecrets(`{"a":1,"${key}":"${value}"`).includes(value));
    }
    const quotes = `{"a":"{\\u0022token\\u0022:\\u0022${value}\\u0022}"}`;
    assert.ok(!withoutNamedSecrets(quotes).includes(value));
  });

  test('nothing but the value changes', () => {
    assert.equal(
      withoutNamedSecrets(
        ' { "a" : 1.0e2, "\\u0062":"\\/", "token": "x y", "token":{"a":[1,"2"]}, "c":"é" }\n',
      ),
      ' { "a" : 1.0e2, "\\u0062":"\\/", "token": "<redacted>", "token":"<redacted>", "c":"é" }\n',
    );
  });
});

const queries =
  'sig X-Amz-Signature X-Goog-Signature sas sign key pwd session_token access_key signature X-Amz-Credential'.split(
    ' ',
  );

suite('By place', () => {
  for (const name of queries) {
    test(`${name} of a query`, () => {
      assert.equal(
        withoutNamedSecrets(`https://a.example/b?c=1&${name}=${value}&d=2`),
        `https://a.example/b?c=1&${name}=<redacted>&d=2`,
      );
    });
  }

  const places: [text: string, clean: string][] = [
    ['https://me:pa55@a.example/b', 'https://<redacted>@a.example/b'],
    [
      '{"callbackUrl":"http://me@a.example:8080/b?c"}',
      '{"callbackUrl":"http://<redacted>@a.example:8080/b?c"}',
    ],
    ['{"a":"amqp:\\/\\/me:p%40ss@b"}', '{"a":"amqp://<redacted>@b"}'],
    ['sent Bearer "abc-123-def", refused', 'sent Bearer "<redacted>", refused'],
    ['{"a":"Bearer \\"abc-123-def\\""}', '{"a":"Bearer \\"<redacted>\\""}'],
    ['sent ApiKey abcdef-0123456789, refused', 'sent ApiKey <redacted>, refused'],
    ['<input type="password" value="abc">', '<input type="password" value="<redacted>">'],
    ['sent Bearer abc-123-def, refused', 'sent Bearer <redacted>, refused'],
    ['{"a":"bearer aBcDeFgHiJkLmNoPqRsT"}', '{"a":"bearer <redacted>"}'],
    ['a?authorization=Bearer%20abc123def', 'a?authorization=<redacted>'],
    [`with Basic ${btoa('me:pass')} it`, 'with Basic <redacted> it'],
    ['Authorization: Custom abc', 'Authorization: <redacted>'],
    ['//me:pa55@a.example', '//<redacted>@a.example'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END', '-----BEGIN RSA PRIVATE KEY-----<redacted>-----END'],
    ['{"X-Amz-Signature":"ab"}', '{"X-Amz-Signature":"<redacted>"}'],
    ['{"tokens":["abcdef-123"]}', '{"tokens":"<redacted>"}'],
    ['{"password":12}', '{"password":"<redacted>"}'],
  ];
  for (const [text, clean] of places) test(text, () => assert.equal(withoutNamedSecrets(text), clean));
});

suite('What stays', () => {
  const staying = [
    '{"customFields":{"key":"gold","signature":"Kind regards","sig":"x","queueId":"q-1","passed":"yes"}}',
    '{"name":"token","botId":"st-1"}',
    '{"text":"call the API key 1 of 2; see --token, then --verbose 12345678"}',
    'Note:\n  Password: see page 12\n  - token: none',
    '{"conversationId":"token","botId":"secret","message":{"text":"my password: none, key=1"}}',
    '{"text":"Password: forgotten, the bearer of good news, basic training for beginners"}',
    '{"usage":{"tokens":1200,"totalTokens":3},"maxTokens":"512"}',
    '{"token":"","secret":null,"auth":true,"credentials":[],"jwt":{}}',
    '{"missing":["token","password"],"pair":["token","no"]}',
    'https://a.example/@me?monkey=1&sortKey=b&code=400&state=x',
    'mail me@a.example or see http://a.example/b?c=me@d.example',
    'token=$TENANT_JWT&token=<holds a JWT without an appId>',
    '<a><tokens>3</tokens><author>x</author><token/><token></token></a>',
    '{"a":"<b c=1>","d":"e=f"}',
    '{"token',
    '"',
  ];
  for (const text of staying) test(text, () => assert.equal(withoutNamedSecrets(text), text));
});

test('the work grows as the text does', () => {
  const repeated = [
    ['x', ''],
    ['\\', '"'],
    ['{"a":', ''],
    ['-----BEGIN PRIVATE KEY-----', ''],
    ['&quot;name&quot;:&quot;', ''],
    ["'a:", ''],
    ['"name":"', ''],
    ['{"token":', ''],
    ['<a ', ''],
    ['&lt;a ', ''],
    ['[', ''],
    ['content-disposition: x; name=token\n', ''],
    ['<name>', ''],
    ['a%3d', ''],
    ['http://', ''],
    ['bearer ', ''],
    ['?a', '='],
    [' ', '<name>token'],
    ["token='", ''],
    ['token:\n', ''],
    ['{"name":"token","type":', ''],
    ['<token>', ''],
    ['&lt;token&gt;', ''],
  ] as const;
  for (const [part, end] of repeated) {
    const text = part.repeat(1_000_000 / part.length) + end;
    const start = process.cpuUsage();
    withoutNamedSecrets(text);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 4_000_000, `${part}: ${user / 1000} ms`);
  }
});
