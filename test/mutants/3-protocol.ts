import { testsOf } from './tests-of.ts';

await testsOf('protocol', 'catalogue.test.ts');
