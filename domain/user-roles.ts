/** What a person is to Duban. An auditor 审计 reads everything and changes nothing. */
import type { Language } from './language';

export const USER_ROLES = ['coordinator', 'office-head', 'supervisor', 'unit', 'auditor'] as const;
export type UserRole = (typeof USER_ROLES)[number];

const NAMES: Record<UserRole, Record<Language, string>> = {
  coordinator: { 'zh-CN': '协调员', en: 'coordinator' },
  'office-head': { 'zh-CN': '办公室主要负责人', en: 'head of the office' },
  supervisor: { 'zh-CN': '督查领导', en: 'supervisor' },
  unit: { 'zh-CN': '责任单位', en: 'unit' },
  auditor: { 'zh-CN': '审计', en: 'auditor' },
};

export function userRoleLabel(role: UserRole, language: Language): string {
  return NAMES[role][language];
}

/** Who may, in a refusal: 协调员、督查领导. A refusal's details are Chinese, as its texts' names are. */
export function rolesNamed(roles: readonly UserRole[]): string {
  return roles.map((role) => NAMES[role]['zh-CN']).join('、');
}
