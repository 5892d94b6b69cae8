/** The languages 语言 a unit may be written to in. What is official (titles, sentences of notices) stays Chinese in both. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
