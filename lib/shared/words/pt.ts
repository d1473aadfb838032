import blocks from "./pt/blocks.json";
import claim from "./pt/claim.json";
import composer from "./pt/composer.json";
import crash from "./pt/crash.json";
import errors from "./pt/errors.json";
import files from "./pt/files.json";
import guide from "./pt/guide.json";
import inbox from "./pt/inbox.json";
import leads from "./pt/leads.json";
import lint from "./pt/lint.json";
import push from "./pt/push.json";
import question from "./pt/question.json";
import settings from "./pt/settings.json";
import shell from "./pt/shell.json";
import signin from "./pt/signin.json";
import status from "./pt/status.json";
import thread from "./pt/thread.json";

export const pt = {
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
