// What Next's server sets up before it loads anything of ours: without it `cookies()` and `headers()` know no request.
import "next/dist/server/node-environment-baseline";
