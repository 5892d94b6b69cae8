/** The environment asks for something that cannot be. `message` has one line for each variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
