/** Signed addresses for the answers in letters, where there is a console to open them. */
import { sealAnswer } from '../links/answer-link';
import { loadLinkKeys } from '../links/keys';
import type { AddressOf } from '../mail/compose';
import type { Places } from './places';

/** Null without an address of the console. Throws LinkKeysError. */
export async function answerAddresses({ home, mail }: Pick<Places, 'home' | 'mail'>): Promise<AddressOf | null> {
  const { baseUrl, linkKeys = null } = mail;
  if (baseUrl === null) return null;
  const keys = await loadLinkKeys(linkKeys, home);
  return (link) => `${baseUrl}/a/${sealAnswer(keys, link)}`;
}
