// A command for commands.test.ts: it prints what it finds of an earlier one, and leaves as much as it can.
const { argv, env, stdout } = process;
const [, , how = ''] = argv;
const added = ['SIGINT', 'exit'].map((name) => process.listenerCount(name));
console.log([...argv.slice(2), env.LEFT ?? 'nothing', ...added, process.cwd()].join(' '));

env.LEFT = 'something';
process.once('SIGINT', () => process.exit(7));
process.once('exit', () => console.log('over'));
setTimeout(() => process.exit(9), 50).unref();
stdout.write = () => true;
if (how === 'fails') process.exitCode = 3;
if (how === 'ends itself') process.exit(4);
if (how === 'crashes') throw new Error('of the command');
if (how === 'waits') {
  console.error('waiting');
  setInterval(() => {}, 1000);
}
