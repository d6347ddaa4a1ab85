// `npm run forget`: deletes a conversation from the recording of a recorder.
import './own-process.ts';
import { Command } from 'commander';
import { forgetConversations } from '../recorder/forgetting.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { harmless } from '../text/terminal.ts';
import { answer } from './answer.ts';

const command = new Command('forget')
  .description(
    'Deletes all records of a conversation from the folder of a recording. Exit code 0: done, 1: it has no such conversation, 2: used wrongly.',
  )
  .argument('<folder>', 'the folder that was given to --record; its recorder must have ended')
  .argument('<ids...>', 'the conversationIds, or their pseudonyms');

const notFound = 1;

await answer(command, async (_, args, say) => {
  const [folder, ...ids] = args as [string, ...string[]];
  const { said, deleted, mentions } = await forgetConversations(fromWhereTyped(folder), ids, process.env);
  say(harmless(said));
  return { json: { deleted, mentions }, exitCode: deleted === 0 ? notFound : 0 };
});
