/** The channels' side of `doctor`: whether each server lets us in, and who is to be reached by one that is not set up. */
import { CHANNEL_KINDS, CHANNEL_NAMES, type ChatKind } from '../../../domain/channels';
import type { Unit } from '../../../domain/unit';
import { listUnits } from '../../../ledger/units';
import type { Channel } from '../../../mail/channels/channel';
import { createChannels } from '../../../mail/channels/configured';
import type { Session } from '../session';
import { type Finding, note, well, wrong } from './finding';

const CHATS = CHANNEL_KINDS.filter((kind): kind is ChatKind => kind !== 'mail');

/** Nothing for a channel that is neither set up nor used. Says no secret and delivers nothing. */
export async function channelFindings(session: Pick<Session, 'config' | 'db'>): Promise<Finding[]> {
  const channels = createChannels(session.config.channels);
  const units = await directoryOf(session);
  const found = await Promise.all(
    CHATS.map((kind) => {
      const channel = channels[kind];
      return channel ? reachedBy(channel) : unset(kind, units);
    }),
  );
  return found.flat();
}

async function reachedBy(channel: Channel): Promise<Finding[]> {
  const part = CHANNEL_NAMES[channel.kind];
  const begun = performance.now();
  const troubles = await channel.troubles();
  const took = Math.round(performance.now() - begun);
  return troubles.map(({ server, trouble }) =>
    trouble === null
      ? well(part, server, took)
      : wrong(part, `${server}：${trouble}`, `docs/channels.md, ${channel.kind}`),
  );
}

function unset(kind: ChatKind, units: readonly Unit[]): Finding[] {
  const people = units.flatMap(({ liaison, head, leader }) => [liaison, head, leader]);
  const count = people.filter((person) => person?.channels?.some((use) => use.kind === kind)).length;
  if (count === 0) return [];
  return [
    note(CHANNEL_NAMES[kind], `没有配置；单位目录中${count}人的通道有它，发信时跳过`, `docs/channels.md, ${kind}`),
  ];
}

/** Empty where the ledger cannot be asked: its own findings say so. */
async function directoryOf(session: Pick<Session, 'db'>): Promise<Unit[]> {
  try {
    return await listUnits(await session.db());
  } catch {
    return [];
  }
}
