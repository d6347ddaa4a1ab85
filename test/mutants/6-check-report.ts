import { testsOf } from './tests-of.ts';

await testsOf('check/report', 'html.test.ts');
