/** A device as people know it: its browser and its system, of what the browser says of itself. */

/** The first that fits: most browsers also call themselves by the names of others. */
const BROWSERS: readonly [said: RegExp, name: string][] = [
  [/MicroMessenger/, '微信 WeChat'],
  [/DingTalk/, '钉钉 DingTalk'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/QQBrowser/, 'QQBrowser'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS|Chromium/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: readonly [said: RegExp, name: string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** @returns `Chrome · Windows`; what cannot be told, as it was said */
export function deviceText(userAgent: string | null): string {
  if (userAgent === null) return '—';
  const named = [BROWSERS, SYSTEMS].flatMap((names) => names.find(([said]) => said.test(userAgent))?.[1] ?? []);
  return named.length === 2 ? named.join(' · ') : userAgent;
}
