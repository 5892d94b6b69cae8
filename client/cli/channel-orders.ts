/** In which order letters reach a person, as it is typed. */
import { ADDRESS_EXAMPLES, type ChannelUse, channelUseOf } from '../../domain/channels';
import type { Office } from '../../domain/unit';
import { wrongCall } from './failure';
import { shown } from './inputs';

/** An office of a unit, and the order of channels to whoever holds it; null: by mail alone, as without one. */
export interface ChannelOrder {
  office: Office;
  channels: ChannelUse[] | null;
}

/** `liaison=wecom:wangli,mail`, or `liaison=none`. */
export function asChannelOrder(text: string): ChannelOrder {
  const [, office = '', order = ''] = /^(liaison|head|leader)=(.+)$/s.exec(text) ?? [];
  const wrong = (zh: string, en: string) => wrongCall('bad-channel', zh, en, { next: EXAMPLE_OF_AN_ORDER });
  if (office === '') {
    throw wrong(
      `“${shown(text)}”应写作“liaison=通道,通道”。`,
      `"${shown(text)}" is no order: liaison, head or leader, =, and channels`,
    );
  }
  if (order === 'none') return { office: office as Office, channels: null };
  const channels = order.split(',').map((part) => {
    const use = channelUseOf(part.trim());
    if (use) return use;
    throw wrong(`“${shown(part)}”不是通道地址。`, `"${shown(part)}" is no address of a channel`);
  });
  return { office: office as Office, channels };
}

const EXAMPLE_OF_AN_ORDER = `one or more of mail, ${Object.values(ADDRESS_EXAMPLES).join(', ')}`;
