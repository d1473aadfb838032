import crash from "./pt/crash.json";
import errors from "./pt/errors.json";
import settings from "./pt/settings.json";
import shell from "./pt/shell.json";
import signin from "./pt/signin.json";
import status from "./pt/status.json";

export const pt = { crash, errors, settings, shell, signin, status };
