/** Why nothing was started: each line is for the person at the terminal, and is all they see. */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
  readonly lines: readonly string[];

  constructor(...lines: string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}
