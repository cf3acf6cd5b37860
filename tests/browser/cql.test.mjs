// Each rule as CQL, translated and evaluated by implementations that are not ours: equal to this engine on thousands of infants.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { CqlTranslator, LibraryManager, ModelManager } from '@cqframework/cql/cql-to-elm';
import { SystemModelInfoProvider } from '@cqframework/cql/cql';
import cql from 'cql-execution';

const INFANTS = 600;

/** What `cotside protocols` prints. */
const protocols = (...flags) =>
  execFileSync('cargo', ['run', '-q', '-p', 'cotside-cli', '--', 'protocols', ...flags], { maxBuffer: 1e8 }).toString();

/** A library of CQL as ELM; an error of translation is one of the test, a warning is none. */
function translated(text) {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
  const elm = JSON.parse(CqlTranslator.fromText(text, new LibraryManager(models)).toJson());
  const errors = elm.library.annotation.filter(each => each.type === 'CqlToElmError' && each.errorSeverity !== 'warning');
  assert.deepEqual(errors.map(each => `${each.startLine}: ${each.message}`), []);
  return new cql.Library(elm);
}

/** No record of a patient: all comes as parameters. */
class NoRecord {
  currentPatient() {}
  nextPatient() {}
}

function valueOf(text, type) {
  switch (type) {
    case 'Date':
      return cql.Date.parse(text);
    case 'Boolean':
      return text === 'yes';
    case 'String':
      return text;
    default:
      return Number(text);
  }
}

describe('rules as CQL', () => {
  let ids;
  before(() => {
    ids = JSON.parse(protocols('--json')).map(each => each.id);
  });

  test('a second engine gives every infant the same group, none where this one leaves several open', async t => {
    let compared = 0;
    const [groups, open] = [new Set(), new Set()];
    for (const id of ids) {
      const library = translated(protocols('--export', 'cql', '--id', id));
      const { cases, parameters } = JSON.parse(protocols('--export', 'test-cases', '--id', id, '--most', String(INFANTS)));
      for (const { findings, group, not_applicable: notApplicable } of cases) {
        const given = Object.entries(findings).map(([field, text]) => [parameters[field].parameter, valueOf(text, parameters[field].type)]);
        const { unfilteredResults } = await new cql.Executor(library, undefined, Object.fromEntries(given)).exec(new NoRecord());
        const expected = notApplicable ? 'not-applicable' : group;
        assert.equal(unfilteredResults.Group, expected, `${id}: ${JSON.stringify(findings)}`);
        compared += 1;
        (expected === null ? open : groups).add(`${id}/${expected}`);
      }
    }
    // Every group of every protocol is among them, and open answers are.
    const all = JSON.parse(protocols('--json')).flatMap(each => each.groups.map(group => `${each.id}/${group.id ?? group.group}`));
    assert.deepEqual(all.filter(each => !groups.has(each)), []);
    assert.ok(open.size > 10 && compared > 5000, `${compared} infants, ${open.size} protocols with open answers`);
    t.diagnostic(`${compared} infants`);
  });

  test('the resources of FHIR name the library and have an action for each group', () => {
    for (const id of ids) {
      const { entry } = JSON.parse(protocols('--export', 'fhir', '--id', id));
      const [library, plan] = entry.map(each => each.resource);
      assert.deepEqual([library.resourceType, plan.resourceType], ['Library', 'PlanDefinition']);
      assert.equal(plan.library[0], `${library.url}|${library.version}`);
      const text = Buffer.from(library.content[0].data, 'base64').toString('utf8');
      assert.equal(text, protocols('--export', 'cql', '--id', id));
      const groups = [...text.matchAll(/^ {2}when .* then '([^']+)'$/gm)].map(([, name]) => name).filter(name => name !== 'not-applicable');
      assert.deepEqual(plan.action.map(each => each.code[0].text), groups);
      for (const action of plan.action) assert.match(action.condition[0].expression.expression, /^"Group" = '[^']+'$/);
    }
  });
});
