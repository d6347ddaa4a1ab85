// How a cause describes requests: by the plainest words that fit them and not the others.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { OutgoingRequest } from '../../../src/protocol/conversation.ts';
import type { TokenKind } from '../../../src/tenant/tokens.ts';
import { probableCauses } from '../../../src/verdict/causes/probable-causes.ts';
import type { ScenarioResult } from '../../../src/verdict/collector.ts';
import { agent, conversation, type Form, scenario, sent } from './sample-scenarios.ts';

const descriptions = (results: ScenarioResult[]) =>
  probableCauses(results).map(({ message }) => message.replace(/ (were|was) .*/s, ''));

function wrongOnPurpose(request: OutgoingRequest, isAccepted: boolean, wrong: string, token?: TokenKind) {
  const more = { due: 'refusal' as const, wrong, ...(token ? { token } : {}) };
  const verdict = isAccepted ? 'fail' : 'pass';
  return scenario('HOOKS-AUTH-01', verdict, sent(request, isAccepted ? 200 : 401, more));
}

const signedWrongly: TokenKind[] = [
  'a token signed with another secret',
  'a token signed with the client id',
  'a token whose content was changed',
  'a token with one letter of its signature changed',
];

suite('Bad tokens are described by their class', () => {
  const message = () => conversation().message({ author: 'USER', text: 'Hello' });
  const withToken = (request: OutgoingRequest, isAccepted: boolean, token: TokenKind) =>
    wrongOnPurpose(request, isAccepted, `it is sent with ${token}`, token);

  test('when a wrong signature is accepted of messages only', () => {
    const results = [
      ...signedWrongly.map((token) => withToken(message(), true, token)),
      ...signedWrongly.map((token) => withToken(conversation().end(), false, token)),
      withToken(message(), false, 'an unsigned token'),
      withToken(message(), false, 'no token'),
    ];
    assert.deepEqual(descriptions(results), [
      'all 4 requests that are wrong on purpose with a message with an HS256 token whose signature is wrong',
    ]);
  });

  const classes: [words: string, accepted: TokenKind[], refused: TokenKind[]][] = [
    [
      'with a token that has expired',
      ['an expired token', 'an expired token whose exp is a fraction'],
      ['a token that is not valid yet', 'no token'],
    ],
    [
      'with a token of another appId',
      ['a token for another app', 'a token whose appId is null', 'a token whose appId is cut off'],
      ['a token without an appId', 'an expired token'],
    ],
    [
      'with a token that is not a JWT',
      ['a text that is no token', 'a token that is cut off after its claims'],
      ['a token signed with another secret', 'no token'],
    ],
    [
      'with no token, or an empty one, in the documented headers',
      ['no token', 'an empty token', 'a token signed with another secret in a cookie'],
      ['a token signed with another secret in the other documented header', 'an unsigned token'],
    ],
  ];
  for (const [words, accepted, refused] of classes) {
    test(words, () => {
      const results = [
        ...accepted.map((token) => withToken(message(), true, token)),
        ...refused.map((token) => withToken(message(), false, token)),
      ];
      assert.deepEqual(descriptions(results), [
        `all ${accepted.length} requests that are wrong on purpose ${words}`,
      ]);
    });
  }
});

suite('Defects are described by what they have in common', () => {
  const cases: [words: string, accepted: string[], refused: string[]][] = [
    [
      'with callbackUrl missing or wrong',
      ['assign-conversation: callbackUrl is missing', 'assign-conversation: callbackUrl is empty'],
      ['assign-conversation: orgId is missing', 'assign-conversation: orgId is empty'],
    ],
    [
      'with an empty field',
      ['message: language is empty (HOOKS-MSG-08)', 'END_OF_CONVERSATION: reason is empty (HOOKS-EOC-02)'],
      [
        'message: language is missing (HOOKS-MSG-08)',
        'END_OF_CONVERSATION: reason is missing (HOOKS-EOC-02)',
      ],
    ],
    [
      'with a field that is missing or wrong',
      [
        'message: language is empty',
        'event: name is "x", it must be one of A, B',
        'message: query is 1, it must be a string',
        'envelope: events is missing; envelope: conversationId is missing',
      ],
      ['it is sent with content type text/plain', 'the botId in the path is unknown'],
    ],
    [
      'with their body cut off in the middle',
      ['it is sent with its body cut off in the middle', 'it is sent with its body cut off in the middle'],
      ['it is sent with an empty body', 'message: language is missing'],
    ],
    [
      'with content type text/plain',
      ['it is sent with content type text/plain', 'it is sent with content type text/plain'],
      ['it is sent with an empty body', 'message: language is missing'],
    ],
  ];
  for (const [words, accepted, refused] of cases) {
    test(words, () => {
      const results = [
        ...accepted.map((wrong) => wrongOnPurpose(conversation().end(), true, wrong)),
        ...refused.map((wrong) => wrongOnPurpose(conversation().end(), false, wrong)),
      ];
      assert.deepEqual(descriptions(results), [
        `all ${accepted.length} requests that are wrong on purpose ${words}`,
      ]);
    });
  }
});

suite('What is special about a text has words of its own', () => {
  const cases: [words: string, refused: string[], accepted: string[]][] = [
    ['with a line break in the text', ['One\nTwo', 'One\r\nTwo Ä'], ['Ä', 'One Two', 'One\tTwo']],
    ['with a tab in the text', ['One\tTwo', 'Three\tÄ'], ['Ä', 'One\nTwo']],
    ['with a control character in the text', ['One\u0007', 'Two\u0001'], ['One\nTwo\t', 'Two']],
    ['with a text beyond ASCII', ['Ä', 'ß?'], ['One\nTwo', 'One\tTwo']],
    ['with letters other than Latin in the text', ['注文', 'أين'], ['Ä', 'One']],
    ['with a text of more than 255 characters', ['x'.repeat(300), 'y'.repeat(3000)], ['x'.repeat(250)]],
  ];
  for (const [words, refused, accepted] of cases) {
    test(words, () => {
      const one = (text: string, isRefused: boolean) =>
        scenario(
          'HOOKS-MSG-01',
          isRefused ? 'fail' : 'pass',
          sent(conversation().message({ author: 'USER', text }), isRefused ? 400 : 200),
        );
      const results = [
        ...refused.map((text) => one(text, true)),
        ...accepted.map((text) => one(text, false)),
      ];
      assert.deepEqual(descriptions(results), [`all ${refused.length} requests ${words}`]);
    });
  }
});

suite('A place in the conversation is described plainly', () => {
  const entered = (form: Form = {}) => {
    const one = conversation(form);
    return { one, entry: sent(one.transfer('NA', 'entry', agent), 200) };
  };

  test('before the first message', () => {
    const summary = (hasMessage: boolean, hasExit: boolean) => {
      const { one, entry } = entered();
      const message = hasMessage ? [sent(one.message({ author: 'USER', text: 'Hello' }), 200)] : [];
      const exit = hasExit ? [sent(one.transfer('NA', 'exit', agent), 200)] : [];
      const last = sent(one.summary(), hasMessage ? 200 : 422);
      return scenario('HOOKS-SUM-01', hasMessage ? 'pass' : 'fail', entry, ...message, ...exit, last);
    };
    const results = [summary(false, false), summary(false, true), summary(true, false), summary(true, true)];
    assert.deepEqual(descriptions(results), [
      'all 2 requests with TRIGGER_SUMMARY_EVENT before the first message',
    ]);
  });

  test('by the agent of a message and of an end', () => {
    const second = { number: 2 };
    const said = (isSecond: boolean, isEnd: boolean) => {
      const { one, entry } = entered();
      const handedOver = [
        sent(one.transfer('cold', 'exit', agent), 200),
        sent(one.transfer('cold', 'entry', second), 200),
      ];
      const request = isEnd ? one.end() : one.message({ author: 'USER', text: 'Hello' });
      const body = JSON.stringify(request.body).replaceAll('agent-2', isSecond ? 'agent-2' : 'agent-1');
      const last = sent({ ...request, body: JSON.parse(body) }, isSecond ? 403 : 200);
      return scenario('HOOKS-EOC-05', isSecond ? 'fail' : 'pass', entry, ...handedOver, last);
    };
    const results = [said(true, true), said(true, false), said(false, true), said(false, false)];
    const apart = ['NA', 'NA']
      .map(() => entered())
      .map(({ one, entry }) =>
        scenario('HOOKS-SEQ-04', 'pass', entry, sent(one.transfer('NA', 'exit', agent), 200)),
      );
    assert.match(
      descriptions([...results, ...apart])[0]!,
      /^all 2 requests .*of an agent who is not the first/,
    );
  });

  test('after so many messages', () => {
    const many = () => {
      const { one, entry } = entered();
      const all = [1, 2, 3, 4, 5, 6].map((n) =>
        sent(one.message({ author: 'USER', text: `${n}?` }), n > 4 ? 413 : 200),
      );
      return scenario('HOOKS-MSG-01', 'fail', entry, ...all.slice(0, 5));
    };
    assert.deepEqual(descriptions([many(), many()]), ['all 2 requests after 4 messages']);
  });

  test('straight after a request of another conversation, and of an agent who has left that', () => {
    const two = () => {
      const [one, other] = [entered(), entered()];
      return { one, other, entries: [one.entry, other.entry] };
    };
    const leaving = (isInterleaved: boolean) => {
      const { one, other, entries } = two();
      const messages = (isInterleaved ? [one, other] : [other, one]).map((it) =>
        sent(it.one.message({ author: 'USER', text: 'Hello' }), 200),
      );
      const exit = sent(one.one.transfer('NA', 'exit', agent), isInterleaved ? 404 : 200);
      return scenario('HOOKS-SEQ-15', isInterleaved ? 'fail' : 'pass', ...entries, ...messages, exit);
    };
    assert.deepEqual(descriptions([true, true, false, false].map(leaving)), [
      'all 2 requests with an NA exit straight after a request of another conversation',
    ]);

    const leavingBoth = () => {
      const { one, other, entries } = two();
      const first = sent(other.one.transfer('NA', 'exit', agent), 200);
      const second = sent(one.one.transfer('NA', 'exit', agent), 409);
      return scenario('HOOKS-SEQ-15', 'fail', ...entries, first, second);
    };
    assert.deepEqual(descriptions([leavingBoth(), leavingBoth(), leaving(false)]), [
      'all 2 requests of an agent who has left another conversation in the meantime',
    ]);
  });

  test('without a form that all events of the kind have', () => {
    const afterRedial = (transfer: 'NA' | 'cold' | 'warm', isRedialled: boolean) => {
      const { one, entry } = entered();
      const redialled = isRedialled
        ? [sent(one.transfer('NA', 'exit', agent), 200), sent(one.transfer('redial', 'entry', agent), 200)]
        : [];
      const isRefused = isRedialled && transfer !== 'NA';
      const last = sent(one.transfer(transfer, 'exit', agent), isRefused ? 409 : 200);
      return scenario('HOOKS-RDL-01', isRefused ? 'fail' : 'pass', entry, ...redialled, last);
    };
    const results = [true, true, false].flatMap((isRedialled) =>
      (['NA', 'cold', 'warm'] as const).map((transfer) => afterRedial(transfer, isRedialled)),
    );
    assert.deepEqual(descriptions(results), [
      'all 4 requests with a cold or warm transfer event straight after a redial entry',
    ]);
  });
});
