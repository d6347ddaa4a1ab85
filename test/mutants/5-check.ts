import { testsOf } from './tests-of.ts';

await testsOf('check', 'command.test.ts', 'bounds.test.ts');
