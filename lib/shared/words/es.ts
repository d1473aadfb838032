import crash from "./es/crash.json";
import errors from "./es/errors.json";
import settings from "./es/settings.json";
import shell from "./es/shell.json";
import signin from "./es/signin.json";
import status from "./es/status.json";

export const es = { crash, errors, settings, shell, signin, status };
