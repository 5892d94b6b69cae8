/** Pieces that the pages behind a link share. */
import type { ComponentChildren } from 'preact';
import type { Facts } from '../answers/facts';
import type { Typed } from '../answers/form-fields';

/** The task as a person needs it to answer. */
export function FactList({ facts }: { facts: Facts }) {
  const { title, plan, unit, due, light, asked } = facts;
  return (
    <>
      <h1>{facts.label}</h1>
      <p class="title">{title}</p>
      <dl>
        {title !== plan && <Row name="方案">{plan}</Row>}
        <Row name="单位">{unit}</Row>
        {due && <Row name="时限">{due}</Row>}
        {light && (
          <Row name="状态">
            <span class={`lamp ${light.colour}`} aria-hidden="true" />
            {light.reason}
          </Row>
        )}
      </dl>
      {asked.map((sentence) => (
        <p class="asked" key={sentence}>
          {sentence}
        </p>
      ))}
    </>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** In whose name it will be recorded, and that this is seen. */
export function InWhoseName({ facts, typed }: { facts: Facts; typed: Typed }) {
  return (
    <>
      <label for="who">答复人姓名</label>
      <input id="who" name="who" maxLength={60} value={typed.who ?? facts.person} autocomplete="name" required />
      <p class="soft">
        此答复将记为 {facts.unit} {facts.person} 的答复。如由他人代为答复，请改写姓名；答复的时间和网络地址会一并记录。
      </p>
    </>
  );
}

export function Refused({ said }: { said: readonly string[] }) {
  return said.length === 0 ? null : (
    <div class="notice bad" role="alert">
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
