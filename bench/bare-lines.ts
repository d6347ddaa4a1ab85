// The least that a check of a log can do: read it line by line, and parse each line.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const lines = createInterface({
  input: createReadStream(process.argv[2]!),
  crlfDelay: Number.POSITIVE_INFINITY,
});
let conversations = 0;
lines.on('line', (line) => {
  if (JSON.parse(line).events?.[0].name === 'END_OF_CONVERSATION') conversations += 1;
});
lines.on('close', () => console.log(`${conversations} conversations`));
