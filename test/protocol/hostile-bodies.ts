// Bodies of answers and posts from a malicious tenant.

import { commands } from '../text/ci-commands.ts';

export const script =
  '<script>window.ran = 1</script><img src=x onerror="window.ran = 1"><svg/onload="window.ran=1">';
const terminal = '\u001b]0;owned\u0007\u001b[2J\u001b[31mverdict  conformant\r\n\u009b1m\u202e\u2028';
const levels = 50_000;
const deepList = '['.repeat(levels) + ']'.repeat(levels);
const deepObject = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const inMessage = (text: string) => JSON.stringify(`${text} a common word, so that nothing else is wrong`);

/** Each is wrong whatever the status. */
export const bodies: readonly string[] = [
  `{"STATUS":${deepList},"message":${deepList},"code":${deepList}}`,
  `{"STATUS":${deepObject},"message":${deepObject}}`,
  deepList,
  deepObject,
  // Nested almost as deeply as can be serialised again.
  `{"message":${'['.repeat(1900)}${']'.repeat(1900)}}`,
  '{"STATUS":1e999,"code":1e999,"message":-1e999}',
  `{"STATUS":${'9'.repeat(5000)},"code":${'9'.repeat(5000)},"message":0.${'0'.repeat(5000)}1}`,
  '{"STATUS":"OK","STATUS":"QUEUED","message":"first","message":"second","code":400,"code":"400"}',
  '{"__proto__":{"STATUS":"OK","message":"inherited"},"constructor":{"prototype":{"STATUS":"OK"}}}',
  `{"STATUS":${inMessage(script)},"message":${inMessage(script)},${inMessage(script)}:1}`,
  `{"STATUS":${inMessage(terminal)},"message":${inMessage(terminal)}}`,
  `{"STATUS":${inMessage(commands)},"message":${inMessage(commands)},${inMessage(commands)}:1}`,
  script,
  terminal,
  commands,
  `]]>${script}--><![CDATA[`,
];
