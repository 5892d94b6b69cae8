/** The page of one task: what it is, who is in it, what is to come, what happened, and what its reader can do. */
import type { MoveName } from '../../domain/intents';
import { moveLabel } from '../../domain/move-labels';
import { numberOf } from '../../domain/task-ids';
import { Live } from '../pages/live';
import { Page } from '../pages/page';
import type { SignedIn } from '../session/signed-in';
import { Alarms } from './alarms';
import { Choices } from './choices';
import { Evidence } from './evidence';
import { Facts } from './facts';
import { History } from './history';
import { Lateness } from './lateness';
import { Library } from './library';
import { Mail } from './mail';
import { Parties } from './parties';
import type { TaskGround } from './task-ground';
import { words } from './words';

interface Props {
  signedIn: SignedIn;
  ground: TaskGround;
  /** A move that was recorded a moment ago. */
  done: MoveName | null;
}

export function TaskPage({ signedIn, ground, done }: Props) {
  const { task } = ground;
  const { language } = signedIn;
  const number = numberOf(task.id);
  const props = { ground, language };
  return (
    <Page signedIn={signedIn} title={`${number} ${task.title}`} styles={['task']} wide>
      {done && (
        <p class="notice good" role="status">
          {words[language].recorded}
          {moveLabel(done, language)}
        </p>
      )}
      <Live signedIn={signedIn} of={{ task: task.id }}>
        <div class="task-columns">
          <div class="task-main">
            <Facts {...props} today={signedIn.today} />
            <Parties {...props} />
            <Lateness {...props} />
            <Evidence {...props} />
            <History {...props} />
            <Mail {...props} />
          </div>
          <div class="task-moves">
            <Choices {...props} />
          </div>
          <div class="task-beside">
            <Alarms {...props} />
            <Library {...props} />
          </div>
        </div>
      </Live>
    </Page>
  );
}

/** What every section of the page is made of. */
export interface SectionProps {
  ground: TaskGround;
  language: SignedIn['language'];
}
