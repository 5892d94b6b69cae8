/**
 * Lets the SDK download a server with its own downloader, in a process of its own: a download cannot be cancelled from
 * inside, and behind a firewall that drops packets it would hang. Usage: node sdk-download-child.cjs KIND FOLDER
 */
const { TestWorkflowEnvironment } = require('@temporalio/testing');

const [kind, downloadDir] = process.argv.slice(2);
const server = { executable: { type: 'cached-download', downloadDir } };

async function main() {
  const environment =
    kind === 'time-skipping'
      ? await TestWorkflowEnvironment.createTimeSkipping({ server })
      : await TestWorkflowEnvironment.createLocal({ server });
  await environment.teardown();
}

main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  },
);
