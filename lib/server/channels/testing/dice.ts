/** Choices drawn from one number, so that a property test prints it and plays it again. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  pick<T>(...choices: readonly [T, ...T[]]): T {
    this.state = (Math.imul(this.state, 1_103_515_245) + 12_345) >>> 0;
    return choices[(this.state >>> 16) % choices.length] ?? choices[0];
  }
}
