import crash from "./en/crash.json";
import errors from "./en/errors.json";
import settings from "./en/settings.json";
import shell from "./en/shell.json";
import signin from "./en/signin.json";
import status from "./en/status.json";

export const en = { crash, errors, settings, shell, signin, status };
