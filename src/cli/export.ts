// `npm run export -- openapi`: what the suite knows, for other tools.
import './own-process.ts';
import path from 'node:path';
import { Command, Option } from 'commander';
import { Output } from '../check/output.ts';
import { CodedError, withCode } from '../errors/coded-error.ts';
import { inWords } from '../errors/in-words.ts';
import { type DocumentForm, documentForms, documentText } from '../export/document.ts';
import { openapi } from '../export/openapi.ts';
import { usedWrongly } from '../system/exit-codes.ts';
import { fromWhereTyped } from '../system/typed-path.ts';
import { shown } from '../text/shown-value.ts';
import { harmless } from '../text/terminal.ts';

interface DocumentOptions {
  output?: string;
  format?: DocumentForm;
}

/** By the ending of the file, in lower case. */
const endings: Readonly<Record<string, DocumentForm>> = { '.yaml': 'yaml', '.yml': 'yaml', '.json': 'json' };

const command = new Command('export')
  .description('Writes what the suite knows, in the forms of other tools.')
  .configureOutput({
    outputError: (text, write) => write(withCode('OPTION_INVALID', text.replace(/^error: /, ''))),
  })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usedWrongly));

to('openapi', 'the Hooks API and assign-conversation as OpenAPI 3.1').action(described(() => openapi()));

function to(name: string, description: string): Command {
  return command
    .command(name)
    .description(description)
    .allowExcessArguments(false)
    .option('--output <file>', 'write to this file, not to standard output')
    .addOption(new Option('--format <form>', 'yaml unless the file ends in .json').choices(documentForms));
}

function described(make: () => object): (options: DocumentOptions) => void {
  return ({ output, format }) => write(documentText(make(), format ?? formOf(output)), output);
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
function write(text: string, output: string | undefined): void {
  const out = new Output(output === undefined ? undefined : fromWhereTyped(output));
  try {
    out.write(text);
    out.end();
  } finally {
    out.close();
  }
}

try {
  await command.parseAsync();
} catch (error) {
  console.error(harmless(inWords(error)));
  process.exitCode = usedWrongly;
}
