/** A letter's words by language. */
import type { Language } from '../language';
import { CHINESE } from './chinese';
import { ENGLISH } from './english';
import type { LetterWords } from './words';

export const WORDS: Record<Language, LetterWords> = { 'zh-CN': CHINESE, en: ENGLISH };
