// `npm run forget`: deletes a conversation from the recording of a recorder.
import './own-process.ts';
import { Command } from 'commander';
import { inWords } from '../errors/in-words.ts';
import { forgetConversations } from '../recorder/forgetting.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { harmless } from '../text/terminal.ts';

const command = new Command('forget')
  .description(
    'Deletes all records of a conversation from the folder of a recording. Exit code 0: done, 1: it has no such conversation, 2: used wrongly.',
  )
  .argument('<folder>', 'the folder that was given to --record; its recorder must have ended')
  .argument('<ids...>', 'the conversationIds, or their pseudonyms')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

const notFound = 1;

try {
  const [folder, ...ids] = command.parse().args as [string, ...string[]];
  const { said, deleted } = await forgetConversations(fromWhereTyped(folder), ids, process.env);
  console.log(harmless(said));
  if (deleted === 0) process.exitCode = notFound;
} catch (error) {
  console.error(harmless(inWords(error)));
  process.exitCode = usedWrongly;
}
