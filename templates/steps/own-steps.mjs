// Sentences of our own. Those of the suite are listed in docs/steps.md of the package, and can be used in the same scenario.
import { When } from 'agent-ai-conformance/steps';

/** What our adapter sends for a call: one agent takes it, and it ends. */
When('our adapter handles a call', async function () {
  for (const move of [
    { type: 'transfer', transfer: 'NA', transition: 'entry', agent: { number: 1 } },
    { type: 'transfer', transfer: 'NA', transition: 'exit', agent: { number: 1 } },
    { type: 'end', agent: { number: 1 } },
  ]) {
    await this.send(this.conversation.move(move));
  }
});
