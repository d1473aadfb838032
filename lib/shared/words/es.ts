import blocks from "./es/blocks.json";
import claim from "./es/claim.json";
import composer from "./es/composer.json";
import crash from "./es/crash.json";
import errors from "./es/errors.json";
import files from "./es/files.json";
import guide from "./es/guide.json";
import inbox from "./es/inbox.json";
import leads from "./es/leads.json";
import lint from "./es/lint.json";
import push from "./es/push.json";
import question from "./es/question.json";
import settings from "./es/settings.json";
import shell from "./es/shell.json";
import signin from "./es/signin.json";
import status from "./es/status.json";
import thread from "./es/thread.json";

export const es = {
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
