/** Tasks by light, as a bar and as numbers that say their colour: nothing is told by colour alone. */
import { colourLabel } from '../../domain/labels';
import type { Language } from '../../domain/language';
import type { Colour } from '../../domain/light';
import type { Lights } from '../../ledger/lists/counts';
import type { Head } from '../pages/table';
import { COLOURS } from './list-address';
import { words } from './words';

export const NO_LIGHTS: Lights = { red: 0, yellow: 0, blue: 0, green: 0, grey: 0, none: 0 };

export function totalOf(lights: Lights): number {
  return COLOURS.reduce((sum, colour) => sum + lights[colour], lights.none);
}

export function addLights(rows: readonly { colour: Colour; count: number }[]): Lights {
  const lights = { ...NO_LIGHTS };
  for (const { colour, count } of rows) lights[colour] += count;
  return lights;
}

/** 红 3 · 黄 2, without the colours that nothing has. */
function lightsInWords(lights: Lights, language: Language): string {
  return COLOURS.filter((colour) => lights[colour] > 0)
    .map((colour) => `${colourLabel(colour, language)} ${lights[colour]}`)
    .join(' · ');
}

const WIDTH = 240;
const HEIGHT = 14;

/** A bar in parts; its text says the same in words. @param most the number that is as long as the whole bar */
export function LightBar({ lights, most, language }: { lights: Lights; most: number; language: Language }) {
  const said = lightsInWords(lights, language);
  if (said === '') return null;
  let x = 0;
  return (
    <svg
      class="bar-of-lights"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={said}
      preserveAspectRatio="none"
    >
      <title>{said}</title>
      {COLOURS.filter((colour) => lights[colour] > 0).map((colour) => {
        const width = Math.max((lights[colour] / Math.max(most, 1)) * WIDTH, 1.5);
        const from = x;
        x += width;
        return <rect key={colour} class={colour} x={round(from)} y="0" width={round(width)} height={HEIGHT} />;
      })}
    </svg>
  );
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** The heads of the columns that say how many tasks there are, by light and in all. */
export function countHeads(language: Language): Head[] {
  const w = words[language];
  const colours = COLOURS.map((colour) => ({
    class: 'number',
    text: (
      <>
        <span class={`lamp ${colour}`} aria-hidden="true" />
        {colourLabel(colour, language)}
      </>
    ),
  }));
  return [{ text: w.tasksTotal, class: 'number' }, ...colours, { text: w.lights, class: 'bar-column' }];
}

interface CountCellsProps {
  lights: Lights;
  language: Language;
  /** The number that is as long as the whole bar. */
  most: number;
  /** Where the number of a colour leads. */
  href: (colour: Colour) => string;
  /** In all, where nothing has a light yet. */
  total?: number;
}

/** The cells beneath them; each number leads to its tasks. */
export function CountCells({ lights, language, most, href, total = totalOf(lights) }: CountCellsProps) {
  return (
    <>
      <td class="number">{total}</td>
      {COLOURS.map((colour) => (
        <td key={colour} class="number">
          {lights[colour] > 0 ? <a href={href(colour)}>{lights[colour]}</a> : <span class="soft">0</span>}
        </td>
      ))}
      <td>
        <LightBar lights={lights} most={most} language={language} />
      </td>
    </>
  );
}
