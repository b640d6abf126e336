/** The line above each SMS of a post in which several go together: its time, and its day where that is another one. */
const timeLine = /(?:^|\n\n)(?:[^\n]*[،,] )?[۰-۹\d]{2}:[۰-۹\d]{2}\n/u;

/** The texts that stand in a post: one, or those of the SMS that went together, and a card above them. */
export function textsInPost(post: string): string[] {
  const texts = post.split(timeLine);
  return texts[0] === "" ? texts.slice(1) : texts;
}
