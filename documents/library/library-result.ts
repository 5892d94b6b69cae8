/** What reading a library document gives. */
import type { LibraryContent } from '../../domain/library/entries';
import type { Diagnostic } from '../result';

export interface ReadLibrary {
  /** Null where the file is neither a benchmark guide nor a case book; then a diagnostic says why. */
  content: LibraryContent | null;
  diagnostics: Diagnostic[];
}
