/** A light 灯 as people see it: the lamp, its colour in a word for who cannot tell colours, and the reason. */
import { colourLabel, lightReason } from '../../domain/labels';
import type { Language } from '../../domain/language';
import type { Light } from '../../domain/light';

export function LightOf({ light, language }: { light: Light; language: Language }) {
  return (
    <span class={`light ${light.colour}`}>
      <span class={`lamp ${light.colour}`} aria-hidden="true" />
      {colourLabel(light.colour, language)} {lightReason(light, language)}
    </span>
  );
}
