/**
 * Who a file's stories are told to. `npm run test:stories` tells every story to both readers; among all the other tests each file
 * has one, by its name, so that half of the stories are told in Chinese in the dark and half in English in the light: a browser is
 * most of what two processors do in that time.
 */
export function toldTo<Reader>(file: string, readers: readonly Reader[]): readonly Reader[] {
  if (isEveryStoryTold()) return readers;
  const name = file.replace(/^.*\//, "");
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return readers.filter((_, index) => index === sum % readers.length);
}

export function isEveryStoryTold(): boolean {
  return process.env.ORDERSEAL_EVERY_STORY === "1";
}
