// Other languages than English, which is that of every example in the documents; the profile names them.
import { Given, When } from '@cucumber/cucumber';
import type { Agent } from '../src/protocol/events.ts';
import type { Settings } from '../src/tenant/settings.ts';
import { type LanguageKind, languageName, languageOfKind } from './language-kinds.ts';
import { needs } from './needs.ts';
import type { ConformanceWorld } from './world.ts';

/** That language is one of this kind in TENANT_LANGUAGES: the first, or one that no other kind finds. */
Given(
  'the bot knows {language kind}',
  needs(noneOfKind),
  function (this: ConformanceWorld, kind: LanguageKind) {
    const { settings } = this.session;
    this.language = languageOfKind(settings.languages, kind);
    return this.skipUnlessDeclared(noneOfKind(settings, kind));
  },
);

function noneOfKind({ languages }: Settings, kind: string): string[] {
  if (languageOfKind(languages, kind as LanguageKind)) return [];
  const any: LanguageKind = 'another language than English';
  return [`TENANT_LANGUAGES with ${languageOfKind(languages, any) ? kind : any}`];
}

function thatOf({ language }: ConformanceWorld): string {
  if (language) return language;
  const before = 'Given the bot knows another language than English';
  throw new Error(
    `No language has been named: "in that language" needs a sentence before it such as "${before}"`,
  );
}

/** Sends NA entry of the agent, with the language that the bot knows. */
When(
  '{agent} answers the call/chat/conversation in that language',
  async function (this: ConformanceWorld, agent: Agent) {
    await this.send(this.conversation.transfer('NA', 'entry', agent, thatOf(this)));
  },
);

/** Sends a user message with this language. */
When(
  'the customer says {string} in {string}',
  async function (this: ConformanceWorld, text: string, language: string) {
    await this.send(this.conversation.message({ text, author: 'USER', language }));
  },
);

/** Sends a user message with the language that the bot knows. */
When('the customer says {string} in that language', async function (this: ConformanceWorld, text: string) {
  await this.send(this.conversation.message({ text, author: 'USER', language: thatOf(this) }));
});

/** Sends an agent message with the language that the bot knows. */
When(
  '{agent} says {string} in that language',
  async function (this: ConformanceWorld, agent: Agent, text: string) {
    await this.send(this.conversation.message({ text, author: 'AGENT', agent, language: thatOf(this) }));
  },
);

/** Sends TRIGGER_SUMMARY_EVENT with the language that the bot knows: its English name and its code. */
When('a summary is requested in that language', async function (this: ConformanceWorld) {
  await this.send(this.conversation.summary(languageName(thatOf(this)), thatOf(this)));
});

/** Sends END_OF_CONVERSATION with the language that the bot knows. */
When('the conversation ends in that language', async function (this: ConformanceWorld) {
  await this.send(this.conversation.end({ language: thatOf(this) }));
});
