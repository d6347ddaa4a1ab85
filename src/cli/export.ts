// `npm run export -- openapi`: what the suite knows, or has seen, for other tools.
import './own-process.ts';
import path from 'node:path';
import { Command, Option } from 'commander';
import { Output } from '../check/output.ts';
import { CodedError, withCode } from '../errors/coded-error.ts';
import { endOfParsing, failed } from '../errors/failure.ts';
import { asyncapi } from '../export/asyncapi.ts';
import { type DocumentForm, documentForms, documentText } from '../export/document.ts';
import { evidenceIn, recordsOf } from '../export/evidence-folder.ts';
import { harText } from '../export/har.ts';
import { openapi } from '../export/openapi.ts';
import { postman } from '../export/postman.ts';
import { loadEnvironment } from '../run/environment.ts';
import { defaultPort, demoIdentity, settingsOf } from '../sandbox/identity.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { missingRouting, readSettings, usesEmbeddedSandbox } from '../tenant/settings.ts';
import { shown } from '../text/shown-value.ts';

interface DocumentOptions {
  output?: string;
  format?: DocumentForm;
}

/** By the ending of the file, in lower case. */
const endings: Readonly<Record<string, DocumentForm>> = { '.yaml': 'yaml', '.yml': 'yaml', '.json': 'json' };

const command = new Command('export')
  .description('Writes what the suite knows, or has seen, in the forms of other tools.')
  .configureOutput({
    outputError: (text, write) => write(withCode('OPTION_INVALID', text.replace(/^error: /, ''))),
  })
  .exitOverride(endOfParsing);

to('openapi', 'the Hooks API and assign-conversation as OpenAPI 3.1', openapi);
to('asyncapi', 'the events as AsyncAPI 3.0, as their sender sees them', asyncapi);
written(command.command('har').description('the exchanges of a run, or of a recorder, as HAR 1.2'))
  .argument('<folder>', 'reports of a run, or the folder that a recorder writes to')
  .action(har);

written(
  command
    .command('postman')
    .description('the documented flows as a Postman collection 2.1, without the secret'),
)
  .option('--tenant <name>', 'of the profile .env.NAME')
  .action(collection);

/** A description of the API. */
function to(name: string, description: string, make: () => object): void {
  written(command.command(name).description(description))
    .addOption(new Option('--format <form>', 'yaml unless the file ends in .json').choices(documentForms))
    .action(({ output, format }: DocumentOptions) =>
      write([documentText(make(), format ?? formOf(output))], output),
    );
}

function written(command: Command): Command {
  return command
    .allowExcessArguments(false)
    .option('--output <file>', 'write to this file, not to standard output');
}

async function har(given: string, { output }: { output?: string }): Promise<void> {
  const files = await evidenceIn(fromWhereTyped(given));
  const target = output === undefined ? undefined : path.resolve(fromWhereTyped(output));
  if (files.some((file) => path.resolve(file) === target)) {
    throw new CodedError(
      'OUTPUT_IS_A_LOG',
      `${output} is the evidence itself: --output would overwrite it. Name another file.`,
    );
  }
  await write(harText(recordsOf(files)), output);
}

/** Of the configured tenant; without one, of that which `npm run sandbox` starts. */
async function collection({ tenant, output }: { tenant?: string; output?: string }): Promise<void> {
  if (tenant !== undefined) process.env.TENANT_PROFILE = tenant;
  loadEnvironment();
  const { env } = process;
  const own = usesEmbeddedSandbox(env) ? settingsOf(`http://127.0.0.1:${defaultPort}`, demoIdentity) : {};
  // Nothing is signed here.
  const settings = readSettings({ ...env, ...own, TENANT_CLIENT_SECRET: 'not needed' });
  const missing = missingRouting(settings);
  if (missing.length > 0)
    console.error(
      `The transfers are left out: ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set.`,
    );
  await write([`${JSON.stringify(await postman(settings), null, 2)}\n`], output);
}

/** @throws CodedError */
function formOf(output: string | undefined): DocumentForm {
  if (output === undefined) return 'yaml';
  const form = endings[path.extname(output).toLowerCase()];
  if (form) return form;
  throw new CodedError(
    'OPTION_INVALID',
    `--output ${shown(output)} ends neither in .yaml nor in .json: say which form it is to have, as in --format yaml`,
  );
}

/** @throws CodedError */
async function write(
  text: Iterable<string> | AsyncIterable<string>,
  output: string | undefined,
): Promise<void> {
  const out = new Output(output === undefined ? undefined : fromWhereTyped(output));
  try {
    for await (const piece of text) out.write(piece);
    out.end();
  } finally {
    out.close();
  }
}

try {
  await command.parseAsync();
} catch (error) {
  failed(error);
}
