import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { inProject, nameInProject, projectFolder, sourceInProject } from '../../src/system/project.ts';

test('a file of the project is named from the folder of the process, and back', () => {
  assert.equal(inProject('features'), './features');
  assert.equal(sourceInProject('src/run/plugin'), './src/run/plugin.ts');
  assert.equal(nameInProject('features/a.feature'), 'features/a.feature');
  assert.equal(nameInProject(path.join(projectFolder, 'features', 'a.feature')), 'features/a.feature');
  assert.equal(nameInProject('../team/own.feature'), '../team/own.feature');
});
