/** A refusal as people read it: units by their own names, without their city. */
import type { Language } from '../domain/language';
import { type Refusal, sentenceOf } from '../domain/refusals';

export function refusalText(refusal: Refusal, language: Language): string {
  const bare = (value: string) => value.replace(/^[a-z0-9-]{1,32}:(?=\D)/, '');
  const details = Object.fromEntries(Object.entries(refusal.details).map(([key, value]) => [key, bare(value)]));
  return sentenceOf({ ...refusal, details }, language === 'en' ? 'en' : 'zh');
}
