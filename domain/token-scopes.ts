/** What a program's token may be used for 令牌范围. A scope only narrows: what its user may not do, his token cannot do either. */
export const TOKEN_SCOPES = ['read', 'move', 'plan', 'directory'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Each scope in words, for whoever makes a token. */
export const SCOPE_NAMES: Record<TokenScope, { zh: string; en: string }> = {
  read: { zh: '读取', en: 'read what its user sees' },
  move: { zh: '办理（动作、佐证材料、反馈、收件箱）', en: 'make moves, add evidence, report, settle replies' },
  plan: { zh: '下达方案', en: 'launch plans' },
  directory: { zh: '修改单位目录和工作日历', en: 'change the directory of units and the calendar' },
};
