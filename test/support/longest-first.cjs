/**
 * A fresh clone remembers no durations, and jest then begins with the largest files: the longest test would run last,
 * beside an idle worker. These take minutes; all others follow as jest would have them.
 */
const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = [
  'test/e2e/rehearsal-equals-reality.test.ts',
  'test/browser/pages.test.ts',
  'test/cli/commands.test.ts',
  'test/cli/up.test.ts',
  'test/faults/servers-die.test.ts',
  'test/cli/bad-input.test.ts',
  'test/console/hostile-fields.test.ts',
  'test/faults/letters.test.ts',
];

class LongestFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path, context }) => {
      const place = LONGEST.indexOf(relative(context.config.rootDir, path));
      return place < 0 ? LONGEST.length : place;
    };
    // A stable sort: what has no place of its own keeps jest's order.
    return super.sort(tests).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

module.exports = LongestFirst;
