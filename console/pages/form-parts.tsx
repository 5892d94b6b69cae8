/** What every form of the console carries unseen. */
import { randomUUID } from 'node:crypto';
import type { SignedIn } from '../session/signed-in';

type Csrf = { signedIn: Pick<SignedIn, 'csrf'> };

/** Against forms of other sites; in every form behind the sign-in. */
export function CsrfField({ signedIn }: Csrf) {
  return <input type="hidden" name="csrf" value={signedIn.csrf} />;
}

interface ActFormProps extends Csrf {
  action: string;
  label: string;
  /** What it is done to, by field. */
  of?: Record<string, string>;
}

/** One quiet button that does one thing. */
export function ActForm({ signedIn, action, label, of = {} }: ActFormProps) {
  return (
    <form method="post" action={action}>
      <CsrfField signedIn={signedIn} />
      {Object.entries(of).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="quiet">
        {label}
      </button>
    </form>
  );
}

interface MoveFieldsProps extends Csrf {
  /** The number of the last event that the page shows. */
  seen: number;
  /** Of a move whose outcome was unknown; a new one when left out. */
  moveId?: string;
}

/** For a form that makes one move: clicked twice it is one move (D4), and it says what its sender had seen. */
export function MoveFields({ signedIn, seen, moveId }: MoveFieldsProps) {
  return (
    <>
      <CsrfField signedIn={signedIn} />
      <input type="hidden" name="moveId" value={moveId ?? randomUUID()} />
      <input type="hidden" name="seen" value={seen} />
    </>
  );
}
