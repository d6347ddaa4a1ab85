// Runs commands for all files of tests of an `npm run test:unit`, so that these use the same processes one after another. It
// listens where TEST_COMMANDS says, until its parent process needs it no more.
import { createServer } from 'node:net';
import { json } from 'node:stream/consumers';
import type { CommandOrder } from './command-host.ts';
import { type CommandOptions, endHosts, hosted } from './command-hosts.ts';
import { type Ended, StartedProcess } from './processes.ts';

export interface CommandRequest {
  args: CommandOrder['args'];
  options: CommandOptions;
}

const server = createServer({ allowHalfOpen: true }, async (socket) => {
  // Whoever asks may be killed meanwhile.
  socket.on('error', () => {});
  const answer = await ended(socket).catch(({ message }) => ({ failure: message }));
  socket.end(JSON.stringify(answer));
});

async function ended(socket: NodeJS.ReadableStream): Promise<Ended> {
  const { args, options } = (await json(socket)) as CommandRequest;
  const started = new StartedProcess(hosted(args, options));
  const code = await started.code();
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

server.listen(process.env.TEST_COMMANDS, () => process.send!('ready'));
process.on('disconnect', async () => {
  server.close();
  await endHosts();
});
