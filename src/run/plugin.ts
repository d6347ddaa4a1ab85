// The plugin of a run, with `npm test` and with a bare `npx cucumber-js`. Every worker loads it too: what surrounds the run is
// loaded by the coordinator alone.
import type { Plugin, PluginCleanup } from '@cucumber/cucumber/api';
import { optionsKey, type PluginOptions } from './asked.ts';
import { longestFirst } from './longest-first.ts';
import type { Close, Listen } from './surround.ts';

const plugin: Plugin<PluginOptions> = {
  type: 'plugin',
  optionsKey,
  async coordinator({ logger, on, options, transform }): Promise<PluginCleanup | undefined> {
    // Cucumber passes a plugin none of its own options.
    if (process.argv.some((argument) => ['--dry-run', '-d'].includes(argument))) return undefined;
    const { asked, parallel } = options;
    if (parallel) transform('pickles:order', (pickles) => longestFirst(pickles, parallel));
    const [{ surround }, { RunCollector }] = await Promise.all([
      import('./surround.ts'),
      import('../verdict/collector.ts'),
    ]);
    const run = new RunCollector();
    on('message', run.add);
    const closers: Close[] = [];
    const close = async () => {
      for (const step of closers.reverse()) await step();
    };
    try {
      const listen: Listen = (listener) => on('message', listener);
      await surround({ run, asked, closers, listen, warn: (text) => logger.warn(text) });
    } catch (error) {
      await close();
      throw error;
    }
    return close;
  },
};

export default plugin;
