import { USER_ROLES, type UserRole } from './user-roles';

/** What a program's token may be used for 令牌范围. A scope only narrows: what its user may not do, his token cannot do either. */
export const TOKEN_SCOPES = ['read', 'move', 'plan', 'directory'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Of whom a scope is any use: who has none of these roles may not do what it is for (domain/rights.ts). */
const SCOPE_ROLES: Record<TokenScope, readonly UserRole[]> = {
  read: USER_ROLES,
  move: ['coordinator', 'office-head', 'supervisor', 'unit'],
  plan: ['coordinator', 'office-head', 'supervisor'],
  directory: ['coordinator', 'office-head', 'unit'],
};

/** Whether a token of this scope still fits who has these roles. */
export function fitsRoles(scope: readonly TokenScope[], roles: readonly UserRole[]): boolean {
  return scope.every((one) => SCOPE_ROLES[one].some((role) => roles.includes(role)));
}

/** Each scope in words, for whoever makes a token. */
export const SCOPE_NAMES: Record<TokenScope, { zh: string; en: string }> = {
  read: { zh: '读取', en: 'read what its user sees' },
  move: { zh: '办理（动作、佐证材料、反馈、收件箱）', en: 'make moves, add evidence, report, settle replies' },
  plan: { zh: '下达方案', en: 'launch plans' },
  directory: { zh: '修改单位目录和工作日历', en: 'change the directory of units and the calendar' },
};
