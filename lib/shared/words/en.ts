import blocks from "./en/blocks.json";
import claim from "./en/claim.json";
import composer from "./en/composer.json";
import crash from "./en/crash.json";
import errors from "./en/errors.json";
import files from "./en/files.json";
import guide from "./en/guide.json";
import inbox from "./en/inbox.json";
import leads from "./en/leads.json";
import lint from "./en/lint.json";
import push from "./en/push.json";
import question from "./en/question.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import signin from "./en/signin.json";
import status from "./en/status.json";
import thread from "./en/thread.json";

export const en = {
  blocks,
  claim,
  composer,
  crash,
  errors,
  files,
  guide,
  inbox,
  leads,
  lint,
  push,
  question,
  settings,
  shell,
  signin,
  status,
  thread,
};
